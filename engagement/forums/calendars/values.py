"""Single values of a calendar from outside: days, moments, lengths and words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from engagement.forums.calendars.scanning import NotReadable, Property, TooMuch
from engagement.forums.calendars.zones import LONDON

Moment = date | datetime
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?\Z", re.ASCII)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?\Z", re.ASCII
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
FIRST_YEAR, LAST_YEAR = 1900, 2200  # time zones are worked out near these years without overflow


def unescaped(value: str) -> str:
    """The words of a text property."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


@lru_cache(maxsize=500)
def zone_named(name: str) -> tzinfo:
    """The time zone of a TZID: as IANA, Windows or old Mozilla name it. Any other is taken to be that of London."""
    plain = name.strip().strip('"')
    known = available_timezones()
    for tried in (plain, WINDOWS_TO_OLSON.get(plain, ""), "/".join(plain.split("/")[-2:]), plain.rpartition("/")[2]):
        if tried in known:
            return ZoneInfo(tried)
    return LONDON


def moment_of(found: Property, value: str | None = None) -> Moment:
    """A day, or a moment with its zone. Raises `NotReadable`."""
    words = (found.value if value is None else value).strip()
    match = _MOMENT.match(words)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise NotReadable(found.line, f"{found.name} is no date that can be read.")
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        if match[4] is None:
            return date(year, month, day)
        second = min(int(match[6]), 59)  # a leap second
        zone = UTC if match[7] else zone_named(found.parameters.get("TZID", ""))
        return datetime(year, month, day, int(match[4]), int(match[5]), second, tzinfo=zone)
    except ValueError as problem:
        raise NotReadable(found.line, f"{found.name} is a day or time that does not exist.") from problem


def moments_of(found: Property, most: int) -> list[Moment]:
    """Several, with commas between; of a period its beginning. Raises `NotReadable`."""
    values = found.value.split(",", most)
    if len(values) > most:
        raise TooMuch(found.line, f"{found.name} names more than {most:,} dates.")
    return [moment_of(found, value.partition("/")[0]) for value in values if value.strip()]


def length_of(found: Property) -> timedelta:
    """How long something takes. Raises `NotReadable`, also for less than nothing or more than a year."""
    match = _LENGTH.match(found.value.strip())
    if match is None or match[0].endswith(("P", "T")):
        raise NotReadable(found.line, "DURATION is no length of time that can be read.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if match[1] == "-" or length > timedelta(days=366):
        raise NotReadable(found.line, "DURATION is less than nothing or more than a year.")
    return length


def number_of(found: Property | None) -> int:
    """A whole number not under nought; 0 where there is none or it is no number."""
    words = found.value.strip() if found else ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0


def universal_of(moment: Moment) -> datetime:
    """A moment in universal time; a day begins at midnight in London."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=LONDON)
    return moment.astimezone(UTC)
