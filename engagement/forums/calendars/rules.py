"""Rules of repetition from outside (RFC 5545, 3.3.10), by whole days and within limits.

A rule by hour, minute or second is refused: no meeting repeats so, and such rules are how a calendar stops a program.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engagement.forums.calendars.scanning import NotReadable, Property, TooMuch
from engagement.forums.calendars.values import LAST_YEAR, Moment, moment_of

MOST_INSTANCES = 5_000
MOST_LOOKED_AT = 250_000  # days, of all rules of a file together; another week, month or year counts as eight
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
STEPS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RANGES = {"BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYSETPOS": (-366, 366)}
NAMES = frozenset(["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *RANGES])
_NUMBER = re.compile(r"[+-]?\d{1,40}\Z", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z", re.ASCII)


@dataclass
class Budget:
    """What one file may still cost."""

    days: int = MOST_LOOKED_AT
    instances: int = MOST_INSTANCES

    def look_at(self, days: int, line: int) -> None:
        """Raises `NotReadable` when there is no more."""
        self.days -= days
        if self.days < 0:
            raise TooMuch(line, "The rules in it take too long to work out.")

    def give(self, line: int) -> None:
        """One more instance. Raises `NotReadable` when there is no more."""
        self.instances -= 1
        if self.instances < 0:
            raise TooMuch(line, f"It has too many dates: more than {MOST_INSTANCES:,}.")


@dataclass(frozen=True)
class Rule:
    """A rule as read."""

    line: int
    step: str
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    week_begins: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()  # the how-manieth (0: every) and the day
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def by(self, name: str) -> tuple[int, ...]:
        """The numbers of a part; none where it is not there."""
        return self.numbers.get(name, ())


def rule_in(found: Property) -> Rule:
    """The rule of an RRULE. Raises `NotReadable` for one that is refused or makes no sense."""
    parts: dict[str, str] = {}
    for part in found.value.strip().upper().split(";", 20):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if not equals or name in parts:
            raise NotReadable(found.line, "RRULE is not written as a rule.")
        parts[name] = value
    step = parts.get("FREQ", "")
    if step in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise TooMuch(found.line, "RRULE repeats by hours, minutes or seconds: no meeting does.")
    if step not in STEPS:
        raise NotReadable(found.line, "RRULE must repeat by days, weeks, months or years.")
    unknown = [name for name in parts if name not in NAMES and not name.startswith("X-")]
    if unknown:
        raise NotReadable(found.line, "RRULE has a part that is not read here (hours, minutes, seconds, week numbers).")
    until = moment_of(Property("UNTIL", parts["UNTIL"], found.line, {})) if "UNTIL" in parts else None
    count = _whole(parts["COUNT"], found, 1, 10**9, "COUNT") if "COUNT" in parts else None
    if count and count > MOST_INSTANCES:
        raise TooMuch(found.line, f"COUNT of RRULE is more than {MOST_INSTANCES:,}.")
    return Rule(
        line=found.line,
        step=step,
        interval=_whole(parts.get("INTERVAL", "1"), found, 1, 10_000, "INTERVAL"),
        count=count,
        until=until,
        week_begins=DAYS.get(parts.get("WKST", "MO"), 0),
        weekdays=_weekdays(parts.get("BYDAY", ""), found),
        numbers={name: _numbers(parts[name], found, name) for name in RANGES if name in parts},
    )


def days_of(rule: Rule, first: date, since: date, until: date, budget: Budget) -> Iterator[date]:
    """The days a rule gives, from `first` on, that fall between two days. Without a count it begins near `since`."""
    end = min(until, _last(rule, until))
    place = 0 if rule.count else max(0, _place_near(rule, first, since))
    given = 0
    while True:
        begins = _begin_of(rule, first, place)
        if begins is None or begins > end:
            return
        place += 1
        for day in _in_period(rule, first, begins, budget):
            if day < first:
                continue
            given += 1
            if day > end or (rule.count and given > rule.count):
                return
            if day >= since:
                yield day


def _last(rule: Rule, otherwise: date) -> date:
    """The last day the rule's end may mean: a moment's own day may be another in its zone, so one more is looked at."""
    if rule.until is None:
        return otherwise
    day = rule.until.date() if isinstance(rule.until, datetime) else rule.until
    return day + timedelta(days=1)


def _place_near(rule: Rule, first: date, since: date) -> int:
    days = (since - first).days - 1
    step = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.step] * rule.interval
    return days // step - 1


def _begin_of(rule: Rule, first: date, place: int) -> date | None:
    """The day on which the rule's period number `place` begins; None after the last year that is looked at."""
    many = place * rule.interval
    if rule.step in ("DAILY", "WEEKLY"):
        back = (first.weekday() - rule.week_begins) % 7 if rule.step == "WEEKLY" else 0
        days = many * (7 if rule.step == "WEEKLY" else 1) - back
        return first + timedelta(days=days) if days < 366 * (LAST_YEAR - first.year) else None
    months = first.year * 12 + first.month - 1 + many if rule.step == "MONTHLY" else (first.year + many) * 12
    year, month = divmod(months, 12)
    return date(year, month + 1, 1) if year <= LAST_YEAR else None


def _in_period(rule: Rule, first: date, begins: date, budget: Budget) -> list[date]:
    """The days that one day, week, month or year gives, in order."""
    months = rule.by("BYMONTH")
    plain = not (rule.weekdays or rule.by("BYMONTHDAY") or rule.by("BYYEARDAY"))
    if rule.step == "YEARLY" and plain:
        days = [_day(begins.year, month, first.day) for month in sorted(set(months)) or [first.month]]
    elif rule.step == "MONTHLY" and plain:
        days = [_day(begins.year, begins.month, first.day)]
    elif rule.step == "WEEKLY" and plain:
        days = [begins + timedelta(days=(first.weekday() - begins.weekday()) % 7)]
    else:
        days = list(_days_from(rule, begins))
    budget.look_at(len(days) + 8, rule.line)
    fit = [day for day in days if day is not None and _fits(rule, day, months)]
    places = rule.by("BYSETPOS")
    if not places:
        return fit
    chosen = {at - 1 if at > 0 else len(fit) + at for at in places}
    return [day for place, day in enumerate(fit) if place in chosen]


def _days_from(rule: Rule, begins: date) -> Iterator[date]:
    if rule.step == "YEARLY":
        for month in sorted(set(rule.by("BYMONTH"))) or range(1, 13):
            for day in range(1, monthrange(begins.year, month)[1] + 1):
                yield date(begins.year, month, day)
        return
    many = {"DAILY": 1, "WEEKLY": 7}.get(rule.step) or monthrange(begins.year, begins.month)[1]
    for number in range(many):
        yield begins + timedelta(days=number)


def _fits(rule: Rule, day: date, months: tuple[int, ...]) -> bool:
    if months and day.month not in months:
        return False
    numbers = rule.by("BYMONTHDAY")
    if numbers and not {day.day, day.day - monthrange(day.year, day.month)[1] - 1} & set(numbers):
        return False
    numbers = rule.by("BYYEARDAY")
    whole = 366 if monthrange(day.year, 2)[1] == 29 else 365
    of_year = day.timetuple().tm_yday
    if numbers and not {of_year, of_year - whole - 1} & set(numbers):
        return False
    return not rule.weekdays or any(_is_weekday(rule, day, *one) for one in rule.weekdays)


def _is_weekday(rule: Rule, day: date, which: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not which or rule.step in ("DAILY", "WEEKLY"):
        return True
    if rule.step == "MONTHLY" or rule.by("BYMONTH"):
        before, after = day.day - 1, monthrange(day.year, day.month)[1] - day.day
    else:
        before, after = (day - date(day.year, 1, 1)).days, (date(day.year, 12, 31) - day).days
    return which == before // 7 + 1 if which > 0 else -which == after // 7 + 1


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def _weekdays(words: str, found: Property) -> tuple[tuple[int, int], ...]:
    matches = [_WEEKDAY.match(part) for part in words.split(",", 100)] if words else []
    if None in matches or len(matches) > 50:
        raise NotReadable(found.line, "BYDAY of RRULE names a day that cannot be read.")
    return tuple((int(match[1] or 0), DAYS[match[2]]) for match in matches if match)


def _numbers(words: str, found: Property, name: str) -> tuple[int, ...]:
    least, most = RANGES[name]
    parts = words.split(",", 400)
    if len(parts) > 366:
        raise NotReadable(found.line, f"{name} of RRULE has too many numbers.")
    numbers = tuple(_whole(part, found, least, most, name) for part in parts)
    if 0 in numbers:
        raise NotReadable(found.line, f"{name} of RRULE cannot be 0.")
    return numbers


def _whole(words: str, found: Property, least: int, most: int, name: str) -> int:
    number = int(words) if _NUMBER.match(words) else None
    if number is None or not least <= number <= most:
        raise NotReadable(found.line, f"{name} of RRULE must be a whole number from {least:,} to {most:,}.")
    return number
