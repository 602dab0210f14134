"""What privacy shows on a person's page and on the home of whoever decides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.people.models import Person
from crm.privacy.models import Objection
from crm.privacy.permissions import DECIDERS
from crm.privacy.reports import standing_permissions, was_told

SHOWN = 10


def privacy_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: what they allow, and whether they were told what we do. 1 query."""
    if not isinstance(subject, Person) or not holds(reader, FIELD_ROLES):
        return None
    shows = {
        "person": subject,
        "permissions": standing_permissions(subject),
        "told": was_told(subject),
    }
    return Card("workspace/privacy/card_of_person.html", shows, order=7)


@kept
def _to_decide(reader: Actor) -> QuerySet[Any]:
    rows = Objection.objects.visible_to(reader).filter(outcome=Objection.Outcome.OPEN).select_related("purpose")
    return rows.order_by("raised_on", "id")[:SHOWN]


@asks(lambda reader: [(_to_decide, reader)] if holds(reader, DECIDERS) else [])
def objections_card(reader: Actor) -> Card | None:
    """On the home page of leads and managers: objections to decide, those due first."""
    if not holds(reader, DECIDERS):
        return None
    found = _to_decide(reader)
    return Card("workspace/privacy/card_objections.html", {"objections": found}, order=15) if found else None
