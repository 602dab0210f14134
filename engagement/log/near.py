"""Where words may speak of a person without a link to them: contacts they took part in, and all that hangs on those.
When they are erased, their name is taken out there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from crm.people.models import Person
from engagement.log.models import (
    EngagementEvent,
    EventBarrier,
    EventCorrection,
    Point,
    Promise,
    PromiseChange,
    SafeguardingReferral,
)


def contacts_near(person: Person) -> Iterable[QuerySet[Any]]:
    """The contacts, and their points, promises, barriers, corrections and referrals."""
    took_part = Q(contributions__person=person) | Q(promises__to_person=person)
    events = EngagementEvent.objects.filter(took_part).order_by().values("pk")
    yield EngagementEvent.objects.filter(pk__in=events)
    for model in (Point, Promise, EventBarrier, EventCorrection, SafeguardingReferral):
        yield model._default_manager.filter(event__in=events)
    yield PromiseChange.objects.filter(promise__event__in=events)
