"""What panels show on a person's page: where they sit."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.timeline import Card
from crm.panels.models import Membership
from crm.people.models import Person


def panels_of(reader: Actor, subject: Any) -> Card | None:
    """The panels they sit on, without the seat, which could tell what they declared. 1 query."""
    if not isinstance(subject, Person) or not holds(reader, FIELD_ROLES):
        return None
    rows = Membership.objects.visible_to(reader).filter(person=subject).not_over(timezone.localdate())
    shown = list(rows.select_related("panel").order_by("panel__name", "id"))
    shows = {"person": subject, "memberships": shown, "may_add": holds(reader, OFFICE_ROLES)}
    return Card("workspace/panels/card_of_person.html", shows, order=45)
