"""A contact that its officer may have saved before: the browser's Back shows the words again, under a new key."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.base.actors import Actor
from crm.base.kept import Words, kept
from engagement.log.details import EventDetails
from engagement.log.models import EngagementEvent

RECENT = timedelta(hours=12)


def same_words(reader: User, details: EventDetails) -> EngagementEvent | None:
    """The contact of the same day that this officer saved with the same words in the last hours. 1 query, through the
    index of the officer's own contacts."""
    words = tuple(Words(point.words.strip()) for point in details.points)
    if not words or details.occurred_on is None:
        return None
    return next(iter(_with_words(reader, details.occurred_on, timezone.now() - RECENT, words)), None)


@kept
def _with_words(reader: Actor, day: date, since: datetime, words: tuple[Words, ...]) -> Any:
    own = EngagementEvent.objects.visible_to(reader).standing().filter(logged_by=reader.pk)
    recent = own.filter(occurred_on=day, created_at__gte=since)
    return recent.filter(points__words__in=words).order_by("-occurred_on", "-id")[:1]


def says_else(details: EventDetails, event: EngagementEvent) -> bool:
    """Whether this tells of somebody, or of words or a promise, that the saved contact does not."""
    told: dict[str, set[Any]] = {
        "points__words": {point.words.strip() for point in details.points},
        "promises__words": {promise.words.strip() for promise in details.promises},
        "organisations": {group.pk for group in details.organisations},
        "contributions__person": {person.pk for person in details.people},
        "met_in_words": {details.met_in_words} - {""},
    }
    saved = EngagementEvent.objects.filter(pk=event.pk)
    return any(values - set(saved.values_list(name, flat=True)) for name, values in told.items())
