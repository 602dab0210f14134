"""What panels show on a person's page: where they sit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.panels.models import Membership
from crm.people.models import Person


@kept
def _panels_of(reader: Actor, person: UUID) -> Any:
    rows = Membership.objects.visible_to(reader).filter(person=person).not_over(timezone.localdate())
    return rows.select_related("panel").order_by("panel__name", "id")


def _asks(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    shown = isinstance(subject, Person) and holds(reader, FIELD_ROLES)
    return [(_panels_of, reader, subject.pk)] if shown else []


@asks(_asks)
def panels_of(reader: Actor, subject: Any) -> Card | None:
    """The panels they sit on, without the seat, which could tell what they declared. 1 query."""
    if not isinstance(subject, Person) or not holds(reader, FIELD_ROLES):
        return None
    shown = _panels_of(reader, subject.pk)
    shows = {"person": subject, "memberships": shown, "may_add": holds(reader, OFFICE_ROLES)}
    return Card("workspace/panels/card_of_person.html", shows, order=45)
