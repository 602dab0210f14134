"""What ends with a person who is erased."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from crm.people.models import Person
from engagement.log.models import Point


def stop_quoting(person: Person) -> None:
    """Nobody is quoted who can no longer say stop: the permission was theirs, and it cannot be taken back once nothing
    leads to them (UK GDPR article 7(3)). For the action that erases them."""
    said = Point.objects.filter(raised_by__person=person, quoting=Point.Quoting.YES)
    said.update(quoting=Point.Quoting.ASKED_NO, version=F("version") + 1, modified_at=timezone.now())
