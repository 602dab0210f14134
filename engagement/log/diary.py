"""What stands in somebody's diary on a day: rooms above put it in, the page of the log offers it first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from crm.base.actors import Actor
from crm.base.registries import Registry
from engagement.log.details import EventDetails

CLOSE = timedelta(hours=2)  # so near to its time an entry is chosen beforehand


@dataclass(frozen=True)
class DiaryEntry:
    """Something in the diary of a day that people meet at. `written` says that its contact is, or will be, written
    elsewhere: empty for nothing."""

    pk: Any
    name: str
    starts: datetime
    ends: datetime
    place: str = ""
    written: str = ""

    @property
    def is_near(self) -> bool:
        """Whether it is on, or within two hours of it."""
        return self.starts - CLOSE <= timezone.now() <= self.ends + CLOSE


# Rooms above that write contacts of their own say so of a contact that looks like one of theirs, in a sentence each.
written_elsewhere: Registry[Callable[[Actor, EventDetails], Sequence[str]]] = Registry("contacts written elsewhere")
diary: Registry[Callable[[Actor, date], Sequence[DiaryEntry]]] = Registry("entries of the diary of a day")


def diary_on(reader: Actor, day: date) -> list[DiaryEntry]:
    """What the reader is at on that day, by time."""
    found = [entry for source in diary for entry in source(reader, day)]
    return sorted(found, key=lambda entry: entry.starts)


def notes_on_twins(reader: Actor, details: EventDetails) -> list[str]:
    """What to look at before this contact is saved a second time."""
    return [words for source in written_elsewhere for words in source(reader, details)]
