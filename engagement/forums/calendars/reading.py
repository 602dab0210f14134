"""Calendars from outside, as dates. Limited to 5 MB, 10,000 components and 5,000 dates; refused with line and reason.

What breaks a limit, or is no calendar, is refused whole. An event that cannot be read is left out and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engagement.forums.calendars.rules import MOST_INSTANCES, Budget, Rule, days_of, rule_in
from engagement.forums.calendars.scanning import Component, NotReadable, Property, TooMuch, calendars_in
from engagement.forums.calendars.values import Moment, length_of, moment_of, moments_of, unescaped, universal_of
from engagement.forums.calendars.zones import LONDON

MOST_SAID = 50
MOST_WORDS = 500
LISTED_COUNTS_AS = 5  # a date in a list takes as long to read as five days of a rule to look at
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Occurrence:
    """One date of an event, in universal time. `on` and `ends_on` are its days in London: of whole days the last."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    on: date
    ends_on: date
    whole_days: bool
    place: str
    cancelled: bool
    line: int


@dataclass(frozen=True)
class ReadCalendar:
    """What was read, and what was left out of it, each with its line."""

    occurrences: tuple[Occurrence, ...]
    left_out: tuple[NotReadable, ...]


@dataclass
class _Reading:
    since: date
    until: date
    budget: Budget = field(default_factory=Budget)
    found: list[Occurrence] = field(default_factory=list)
    left_out: list[NotReadable] = field(default_factory=list)


def read_calendar(data: bytes, *, since: date, until: date) -> ReadCalendar:
    """Every date between two days, both included, in order. Raises `NotReadable`."""
    reading = _Reading(since, until)
    for calendar in calendars_in(data):
        version = calendar.first("VERSION")
        if version and version.value.strip().startswith("1"):
            raise NotReadable(version.line, "It is a vCalendar 1.0, the format before iCalendar. Ask for an .ics file.")
        _read_events([part for part in calendar.parts if part.name == "VEVENT"], reading)
    found = sorted(reading.found, key=lambda one: (one.starts, one.line))
    return ReadCalendar(tuple(found), tuple(reading.left_out[:MOST_SAID]))


@contextmanager
def _left_out(reading: _Reading) -> Iterator[None]:
    """Whatever cannot be read inside is left out and said; a broken limit refuses the file."""
    try:
        yield
    except TooMuch:
        raise
    except NotReadable as problem:
        reading.left_out.append(problem)


def _read_events(events: list[Component], reading: _Reading) -> None:
    moved: set[tuple[str, datetime]] = set()
    for event in events:
        with _left_out(reading):
            replaced = event.first("RECURRENCE-ID")
            if replaced:
                moved.add((event.value("UID"), universal_of(moment_of(replaced))))
    for event in events:
        with _left_out(reading):
            _read_event(event, moved, reading)


def _read_event(event: Component, moved: set[tuple[str, datetime]], reading: _Reading) -> None:
    begins = event.first("DTSTART")
    if begins is None:
        raise NotReadable(event.line, "An event has no DTSTART: nobody can tell when it is.")
    replaced = event.first("RECURRENCE-ID")
    if replaced and replaced.parameters.get("RANGE"):
        raise NotReadable(replaced.line, "A change of all later dates at once (RANGE) is not read.")
    first = moment_of(begins)
    lasts = _lasts(event, first)
    left = {universal_of(day) for day in _listed(event, "EXDATE", reading)}
    for moment in _moments(event, first, replaced, reading):
        start = universal_of(moment)
        if start in left or (not replaced and (event.value("UID"), start) in moved):
            continue
        occurrence = _occurrence(event, moment, lasts)
        if occurrence.ends_on >= reading.since and occurrence.on <= reading.until:
            reading.budget.give(begins.line)
            reading.found.append(occurrence)


def _moments(event: Component, first: Moment, replaced: Property | None, reading: _Reading) -> Iterator[Moment]:
    """When it begins: once, or as its rule and its own list of dates say."""
    rule = event.first("RRULE")
    seen: set[Moment] = set()
    if rule is None or replaced:
        seen.add(first)
        yield first
    else:
        for moment in _ruled(rule_in(rule), first, reading):
            seen.add(moment)
            yield moment
    for moment in _listed(event, "RDATE", reading):
        if moment not in seen:
            seen.add(moment)
            yield moment


def _listed(event: Component, name: str, reading: _Reading) -> Iterator[Moment]:
    """The dates of all lists of that name."""
    for found in event.properties.get(name, []):
        reading.budget.look_at(LISTED_COUNTS_AS * (found.value.count(",") + 1), found.line)
        yield from moments_of(found, MOST_INSTANCES)


def _ruled(rule: Rule, first: Moment, reading: _Reading) -> Iterator[Moment]:
    if not isinstance(first, datetime):
        yield from days_of(rule, first, reading.since - LONGEST, reading.until, reading.budget)
        return
    end = universal_of(rule.until) if isinstance(rule.until, datetime) else None
    # A day more on both sides: a moment's day in its own zone may be another than in London.
    for day in days_of(rule, first.date(), reading.since - LONGEST, reading.until + ONE_DAY, reading.budget):
        moment = datetime.combine(day, first.timetz())
        if end is not None and universal_of(moment) > end:
            return
        yield moment


def _lasts(event: Component, first: Moment) -> timedelta:
    """How long it takes. Raises `NotReadable`."""
    ends, length = event.first("DTEND"), event.first("DURATION")
    if ends:
        last = moment_of(ends)
        if isinstance(last, datetime) != isinstance(first, datetime):
            raise NotReadable(ends.line, "DTSTART and DTEND are not of one kind: one is a day, one a moment.")
        lasts = last - first if not isinstance(last, datetime) else universal_of(last) - universal_of(first)
        if lasts < timedelta(0) or lasts > LONGEST:
            raise NotReadable(ends.line, "DTEND is before DTSTART, or more than a year after it.")
        return lasts
    if length:
        return length_of(length)
    return timedelta(0) if isinstance(first, datetime) else ONE_DAY


def _occurrence(event: Component, moment: Moment, lasts: timedelta) -> Occurrence:
    whole_days = not isinstance(moment, datetime)
    starts = universal_of(moment)
    ends = universal_of(moment + lasts) if whole_days else starts + lasts
    on = starts.astimezone(LONDON).date()
    last = ends - timedelta(seconds=1) if whole_days and lasts else ends
    return Occurrence(
        uid=event.value("UID").strip()[:MOST_WORDS],
        title=unescaped(event.value("SUMMARY")).strip()[:MOST_WORDS],
        starts=starts,
        ends=ends,
        on=on,
        ends_on=max(on, last.astimezone(LONDON).date()),
        whole_days=whole_days,
        place=unescaped(event.value("LOCATION")).strip()[:MOST_WORDS],
        cancelled=event.value("STATUS").strip().upper() == "CANCELLED",
        line=event.line,
    )
