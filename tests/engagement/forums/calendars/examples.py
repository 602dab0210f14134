"""Dates of an invented forum: six months of second Tuesdays across the change of clocks, one moved, one skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engagement.forums.calendars.entries import CalendarEntry, Feed, Mailbox, Recurring, Status
from engagement.forums.calendars.zones import LONDON

COUNCIL = Mailbox("talk@northbrook.example", "Northbrook Council")
CHANGED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TUESDAYS = [
    date(2027, 1, 12),
    date(2027, 2, 9),
    date(2027, 3, 9),
    date(2027, 4, 13),
    date(2027, 5, 11),
    date(2027, 6, 8),
]
MOVED_TO = date(2027, 3, 16)  # Eid al-Fitr was expected on or near 9 March
SKIPPED = TUESDAYS[4]


def at(day: date, hour: int = 18, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def an_entry(day: date = TUESDAYS[0], **changes: Any) -> CalendarEntry:
    plain: dict[str, Any] = {
        "uid": f"forum-{day:%Y%m%d}@heard.example",
        "starts": at(day),
        "ends": at(day, 20, 30),
        "title": "Carers' forum, East",
        "changed_at": CHANGED,
        "about": "What would help carers; bring a friend, or come alone.",
        "access": ("BSL interpreter.", "Step-free: yes, ramp at the side door."),
        "contact": "Questions? Phone 0113 496 0100.",
        "place": "Mill Street Centre, 1 Mill Street",
        "at": (53.801277, -1.548567),
        "topics": ("Carers", "Money, benefits"),
        "link": f"https://heard.example/en/forums/{day:%Y%m%d}/",
    }
    return CalendarEntry(**{**plain, **changes})


def a_date(day: date, **changes: Any) -> CalendarEntry:
    """A date of the series."""
    return an_entry(day, **{"original": at(day), **changes})


def a_series(*, unmoved: bool = False) -> Recurring:
    """Six months, one date moved a week for Eid, one never published; all as planned when `unmoved`."""
    entries = [a_date(day) for day in TUESDAYS]
    if not unmoved:
        entries[2] = replace(entries[2], starts=at(MOVED_TO), ends=at(MOVED_TO, 20, 30), sequence=1)
        entries.pop(4)
    return Recurring(
        "series-1@heard.example", tuple(map(at, TUESDAYS)), tuple(entries), "https://heard.example/en/forums/carers/"
    )


def with_one_cancelled(series: Recurring, place: int = 0) -> Recurring:
    entries = list(series.entries)
    entries[place] = replace(
        entries[place], status=Status.CANCELLED, sequence=2, title="Cancelled: Carers' forum, East"
    )
    return replace(series, entries=tuple(entries))


def a_feed(*items: CalendarEntry | Recurring, **changes: Any) -> Feed:
    return Feed(
        **{
            "uid": "all@heard.example",
            "name": "Forums of Northbrook Council",
            "about": "Everybody may come.",
            "items": items,
            "organiser": COUNCIL,
            "address": "https://heard.example/calendars/all.ics",
            **changes,
        }
    )


def starts_of(series: Recurring) -> list[datetime]:
    """When each date begins, in universal time: what every reader must agree with."""
    return sorted(entry.starts.astimezone(UTC) for entry in series.entries)


def many_entries(count: int) -> tuple[CalendarEntry, ...]:
    days = (date(2027, 1, 4) + timedelta(days=number) for number in range(count))
    return tuple(
        an_entry(day, uid=f"{number}@heard.example", about="Tell us. " * 20) for number, day in enumerate(days)
    )
