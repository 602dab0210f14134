"""What is missing before a venue, or a line of its access record, can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from crm.areas.lying import in_a_ward
from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import VenueFact
from crm.venues.points import point_of

NO_NAME = Blocker("name_missing", "Write the name of the venue", "name")
BAD_PHONE = Blocker("phone_impossible", "Write a phone number, like 07700 900123", "phone")
BAD_POINT = Blocker("point_wrong", "Write latitude and longitude, like 52.4862, -1.8904", "map_point")
NO_DAY = Blocker("day_missing", "Enter a real date, like 24 11 2026", "checked_on")
FUTURE = Blocker("day_in_future", "The date must be today or in the past", "checked_on")
TWICE = Blocker("fact_twice", "Each thing stands once", "facts")
CHECK_AGAIN_AFTER = timedelta(days=365)  # a loop breaks and a lift stops: what was seen a year ago is asked again


def blockers_to_keeping(details: VenueDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a venue."""
    if not details.name.strip():
        yield NO_NAME
    yield from in_a_ward(details.area)
    if kept_phone(details.phone) is None:
        yield BAD_PHONE
    if details.map_point.strip() and point_of(details.map_point) is None:
        yield BAD_POINT


def blockers_to_checking(facts: Sequence[VenueFactDetails]) -> Iterator[Blocker]:
    """Everything that keeps these lines from being recorded."""
    if len(facts) != len({fact.about for fact in facts}):
        yield TWICE
    found = [fact for fact in facts if fact.answer]
    if any(fact.checked_on is None for fact in found):
        yield NO_DAY
    if any(fact.checked_on and fact.checked_on > timezone.localdate() for fact in found):
        yield FUTURE


def needs_checking(fact: VenueFact, today: date | None = None) -> bool:
    """Whether a line is older than a year."""
    return fact.checked_on < (today or timezone.localdate()) - CHECK_AGAIN_AFTER
