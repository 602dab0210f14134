"""Days that libraries know: bank holidays of England, and the days that follow the Islamic calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import holidays
from hijridate import Gregorian, Hijri

BANK_HOLIDAYS = "Bank holidays of England (GOV.UK, by the library holidays)"
MOON = "Umm al-Qura calendar (by the library hijridate); the moon is seen locally"
EIDS = {(10, 1): "Eid al-Fitr", (12, 10): "Eid al-Adha", (1, 10): "Ashura"}
RAMADAN, SHAWWAL = 9, 10
NEAR = timedelta(days=1)


@dataclass(frozen=True)
class Noted:
    """A span of days with its name; `near` ones may begin a day earlier or later."""

    name: str
    first: date
    last: date
    source: str
    near: bool = False

    def touches(self, day: date) -> bool:
        """Whether a day lies in it, or beside it where it may move."""
        more = NEAR if self.near else timedelta(0)
        return self.first - more <= day <= self.last + more

    @property
    def words(self) -> str:
        """What to tell: bank holiday; Eid al-Fitr is expected on or near this day."""
        return f"{self.name} is expected on or near this day." if self.near else f"{self.name}."


def bank_holidays(first: date, last: date) -> Iterator[Noted]:
    """Those of England in a span of days."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    for day, name in sorted(known.items()):
        yield Noted(f"Bank holiday: {name}", day, day, BANK_HOLIDAYS)


def islamic_days(first: date, last: date) -> Iterator[Noted]:
    """Ramadan, both Eids and Ashura of the years that touch a span of days; nothing outside the library's years."""
    try:
        years = range(Gregorian.fromdate(first).to_hijri().year, Gregorian.fromdate(last).to_hijri().year + 2)
        for year in years:
            begins, over = _day(year, RAMADAN, 1), _day(year, SHAWWAL, 1) - timedelta(days=1)
            yield Noted("Ramadan", begins, over, MOON, near=True)
            for (month, number), name in EIDS.items():
                day = _day(year, month, number)
                yield Noted(name, day, day, MOON, near=True)
    except OverflowError:
        return


def _day(year: int, month: int, number: int) -> date:
    found = Hijri(year, month, number).to_gregorian()
    return date(found.year, found.month, found.day)
