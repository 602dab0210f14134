"""The way from a person's page to what they declared. Whether there is anything is not shown: that alone would tell."""

from __future__ import annotations

from typing import Any

from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.timeline import Card
from crm.people.models import Person


def way_to_declared(reader: Actor, subject: Any) -> Card | None:
    """For those who may read it. No query."""
    if not isinstance(subject, Person) or not holds(reader, OFFICE_ROLES):
        return None
    return Card("workspace/declared/card_of_person.html", {"person": subject}, order=90)
