"""What champions show elsewhere: terms that end soon on the home of leads, one's own term on a champion's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.base.actors import Actor, Role, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.champions.models import Appointment, GovernanceRole
from crm.champions.permissions import KEEPERS, read_governance_roles
from crm.champions.reports import ending_soon, left_behind, terms_over
from crm.people.models import Person

SHOWN = 8


@asks(lambda reader: [(ending_soon, reader, SHOWN + 1), (terms_over, reader)] if holds(reader, KEEPERS) else [])
def ending_card(reader: Actor) -> Card | None:
    """On the home of leads and managers: terms that end within 90 days, and what champions who are gone left open.
    At most 5 queries."""
    if not holds(reader, KEEPERS):
        return None
    ending, left = ending_soon(reader, SHOWN + 1), left_behind(reader)
    if not ending and not left:
        return None
    shows = {"ending": ending[:SHOWN], "more": len(ending) > SHOWN, "left": left}
    return Card("workspace/champions/card_ending.html", shows, order=35)


@kept
def _own_terms(reader: Actor) -> Any:
    return Appointment.objects.visible_to(reader).filter(user=reader.pk).standing(timezone.localdate()).for_list()


@asks(lambda reader: [(_own_terms, reader)] if holds(reader, {Role.CHAMPION}) else [])
def own_term_card(reader: Actor) -> Card | None:
    """On a champion's home: until when, for how many hours a month, and what they may decide. 2 queries."""
    if not holds(reader, {Role.CHAMPION}):
        return None
    terms = _own_terms(reader)
    return Card("workspace/champions/card_own.html", {"terms": terms}, order=35) if terms else None


@kept
def _governance_roles_of(reader: Actor, person: UUID) -> Any:
    return GovernanceRole.objects.visible_to(reader).filter(person=person).for_list()


def _asks_of_person(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    shown = isinstance(subject, Person) and read_governance_roles.row.open_to(reader)
    return [(_governance_roles_of, reader, subject.pk)] if shown else []


@asks(_asks_of_person)
def roles_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: what they are in bodies that govern, and what they influenced. 2 queries."""
    if not isinstance(subject, Person) or not read_governance_roles.row.open_to(reader):
        return None
    roles = _governance_roles_of(reader, subject.pk)
    return Card("workspace/champions/card_of_person.html", {"person": subject, "roles": roles}, order=60)
