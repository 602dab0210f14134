"""Reading what was said in restricted contacts leaves a mark, wherever it is read: lists, cards, timelines, search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm.people.models import Person
from engagement.log.actions import read_restricted_events
from engagement.log.models import EngagementEvent


def mark_restricted(reader: Any, shown: Iterable[Any]) -> None:
    """Write down whose words this reader is shown: of contacts, and of the contacts that points and promises came from.

    Each restricted contact once; nothing is asked or written when there is none. `shown` must be what the reader may
    read, with its contacts loaded.
    """
    events = {event.pk: event for event in map(_event_of, shown) if event.restricted}
    if events:
        read_restricted_events(actor=reader, events=list(events.values()))


def people_seen(promises: Iterable[Any]) -> list[Person]:
    """The people these promises were made to whom their reader may see, from `for_reader`. No query."""
    return [promise.to_person for promise in promises if promise.to_person is not None and promise.sees_person]


def _event_of(record: Any) -> EngagementEvent:
    return record if isinstance(record, EngagementEvent) else record.event
