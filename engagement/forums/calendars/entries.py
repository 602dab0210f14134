"""What stands in a calendar, as plain values: one date, a series of them, and the calendar itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How sure a date is (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Mailbox:
    """Who writes or is written to: an address, and the name shown for it."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class CalendarEntry:
    """One date. Its times are local to the United Kingdom; `changed_at` moves only when something in it changed."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    changed_at: datetime
    sequence: int = 0
    status: Status = Status.CONFIRMED
    language: str = "en"
    about: str = ""
    access: tuple[str, ...] = ()  # what is offered and what is known of the place, a sentence each
    contact: str = ""  # of the council, never of a person
    place: str = ""
    at: tuple[float, float] | None = None  # latitude and longitude
    topics: tuple[str, ...] = ()
    link: str = ""
    online: str = ""  # how to join; only in what one person reads
    original: datetime | None = None  # when this date of a series was first to begin
    busy: bool = False  # whether it takes up the reader's time


@dataclass(frozen=True)
class Recurring:
    """A series of one calendar: when each date was first to begin, and the dates the reader may know of.

    An original without an entry was never published. `link` leads to the series, for all dates that are alike;
    those that differ keep their own.
    """

    uid: str
    originals: tuple[datetime, ...]
    entries: tuple[CalendarEntry, ...]
    link: str = ""


@dataclass(frozen=True)
class Written:
    """A date or a series whose text was made before, and when it last changed."""

    text: str
    changed_at: datetime


@dataclass(frozen=True)
class Feed:
    """A calendar that people subscribe to."""

    uid: str
    name: str
    about: str = ""
    items: tuple[CalendarEntry | Recurring | Written, ...] = ()
    organiser: Mailbox | None = None  # the council's own mailbox
    address: str = ""  # where it is read again; left out where that is a secret
    language: str = "en"
