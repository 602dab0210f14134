"""What champions show elsewhere: terms that end soon on the home of leads, one's own term on a champion's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.base.actors import Actor, Role, holds
from crm.base.timeline import Card
from crm.champions.models import Appointment, GovernanceRole
from crm.champions.permissions import KEEPERS, read_governance_roles
from crm.champions.reports import ending_soon, left_behind
from crm.people.models import Person

SHOWN = 8


def ending_card(reader: Actor) -> Card | None:
    """On the home of leads and managers: terms that end within 90 days, and what champions who are gone left open.
    At most 5 queries."""
    if not holds(reader, KEEPERS):
        return None
    ending, left = ending_soon(reader), left_behind(reader)
    if not ending and not left:
        return None
    shows = {"ending": ending[:SHOWN], "more": len(ending) > SHOWN, "left": left}
    return Card("workspace/champions/card_ending.html", shows, order=35)


def own_term_card(reader: Actor) -> Card | None:
    """On a champion's home: until when, for how many hours a month, and what they may decide. 2 queries."""
    if not holds(reader, {Role.CHAMPION}):
        return None
    own = Appointment.objects.visible_to(reader).filter(user=reader.pk).standing(timezone.localdate()).for_list()
    terms = list(own)
    return Card("workspace/champions/card_own.html", {"terms": terms}, order=35) if terms else None


def roles_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: what they are in bodies that govern, and what they influenced. 2 queries."""
    if not isinstance(subject, Person) or not read_governance_roles.row.open_to(reader):
        return None
    roles = list(GovernanceRole.objects.visible_to(reader).filter(person=subject).for_list())
    return Card("workspace/champions/card_of_person.html", {"person": subject, "roles": roles}, order=60)
