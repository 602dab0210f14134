"""What forums show on the pages of people."""

from __future__ import annotations

from typing import Any

from crm.base.actors import Actor
from crm.base.timeline import Card
from crm.people.models import Person


def calendar_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: the way to their private calendar. No query."""
    return Card("workspace/calendars/card.html", {"person": subject}, order=90) if isinstance(subject, Person) else None
