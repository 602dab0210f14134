"""How long ago something was, in words people use: "7 months" says more than "217 days"."""

from __future__ import annotations

DAYS_OF_WEEK, DAYS_OF_MONTH, DAYS_OF_YEAR = 7, 30.44, 365.25


def how_long(days: int) -> str:
    """A number of days as somebody would say it: days up to two weeks, weeks up to two months, months up to two
    years, then years. Always rounded down, so that nothing sounds longer than it is."""
    if days < 2 * DAYS_OF_WEEK:
        return _counted(days, "day")
    if days < 2 * DAYS_OF_MONTH:
        return _counted(days // DAYS_OF_WEEK, "week")
    if days < 2 * DAYS_OF_YEAR:
        return _counted(int(days / DAYS_OF_MONTH), "month")
    return _counted(int(days / DAYS_OF_YEAR), "year")


def _counted(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
