"""A series as one rule with exceptions, where a rule says exactly its dates; else as separate dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from engagement.forums.calendars.entries import CalendarEntry, Recurring, Status

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Ruled:
    """A series ready to be written: the date that stands for all like it, the rule, what is left out, and the rest."""

    master: CalendarEntry
    rule: str
    left_out: tuple[datetime, ...]
    overrides: tuple[CalendarEntry, ...]


def rule_of(days: Sequence[date]) -> str:
    """The rule that gives exactly these days, in order; "" where there is none, or fewer than two."""
    if len(days) < 2:
        return ""
    steps = {_months(day) - _months(before) for before, day in pairwise(days)}
    if len(steps) == 1 and min(steps) > 0:
        monthly = _monthly(days)
        if monthly:
            return f"FREQ=MONTHLY;{_interval(steps.pop())}{monthly};COUNT={len(days)}"
    gaps = {(day - before).days for before, day in pairwise(days)}
    if len(gaps) == 1 and min(gaps) > 0 and min(gaps) % 7 == 0:
        return f"FREQ=WEEKLY;{_interval(gaps.pop() // 7)}BYDAY={DAYS[days[0].weekday()]};COUNT={len(days)}"
    return ""


def ruled(series: Recurring) -> Ruled | None:
    """The series as a rule. None where no rule gives its dates or they began at different times of the day."""
    originals = _span(series)
    rule = rule_of([moment.date() for moment in originals])
    if not rule or len({moment.time() for moment in originals}) > 1:
        return None
    entries = {entry.original: entry for entry in series.entries if entry.original is not None}
    typical = _typical(series.entries)
    if typical is None or len(entries) != len(series.entries) or not set(entries) <= set(originals):
        return None
    like = [entry for entry in entries.values() if _same(entry, typical, series)]
    lasts = typical.ends - typical.starts
    master = replace(
        typical,
        uid=series.uid,
        starts=originals[0],
        ends=originals[0] + lasts,
        original=None,
        sequence=max(entry.sequence for entry in like),
        changed_at=max(entry.changed_at for entry in like),
        link=series.link or typical.link,
    )
    unlike = sorted((one for one in entries.values() if one not in like), key=_when)
    left_out = tuple(moment for moment in originals if moment not in entries)
    return Ruled(master, rule, left_out, tuple(replace(one, uid=series.uid) for one in unlike))


def _span(series: Recurring) -> list[datetime]:
    """From the first to the last date the reader may know of: what lies outside need not be left out by name."""
    known = [entry.original for entry in series.entries if entry.original is not None]
    return sorted(moment for moment in series.originals if known and min(known) <= moment <= max(known))


def _when(entry: CalendarEntry) -> datetime:
    return entry.original or entry.starts


def _typical(entries: Sequence[CalendarEntry]) -> CalendarEntry | None:
    """The first date that was neither moved nor cancelled."""
    standing = (one for one in entries if one.starts == one.original and one.status != Status.CANCELLED)
    return min(standing, key=_when, default=None)


def _same(entry: CalendarEntry, typical: CalendarEntry, series: Recurring) -> bool:
    """Whether a date differs from the typical one by its day alone."""
    if entry.starts != entry.original or _wall(entry) != _wall(typical):
        return False
    return typical == replace(
        entry,
        starts=typical.starts,
        ends=typical.ends,
        original=typical.original,
        uid=typical.uid,
        sequence=typical.sequence,
        changed_at=typical.changed_at,
        link=typical.link if series.link else entry.link,
    )


def _wall(entry: CalendarEntry) -> tuple[object, object, timedelta]:
    """Its times as the clock on the wall says them: in spring and autumn too."""
    starts, ends = entry.starts.replace(tzinfo=None), entry.ends.replace(tzinfo=None)
    return starts.time(), ends.time(), ends.date() - starts.date()


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _interval(step: int) -> str:
    return f"INTERVAL={step};" if step > 1 else ""


def _monthly(days: Sequence[date]) -> str:
    """The second Tuesday of the month, its last, or its fifteenth day."""
    weekdays = {day.weekday() for day in days}
    if len(weekdays) == 1:
        name = DAYS[weekdays.pop()]
        places = {(day.day - 1) // 7 + 1 for day in days}
        if len(places) == 1 and max(places) < 5:
            return f"BYDAY={places.pop()}{name}"
        if all((day + timedelta(days=7)).month != day.month for day in days):
            return f"BYDAY=-1{name}"
    numbers = {day.day for day in days}
    return f"BYMONTHDAY={numbers.pop()}" if len(numbers) == 1 else ""
