"""A council's files of areas: `council.csv`, `areas.csv`, and where there are any `groupings.csv` and `figures.csv`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crm.base.tables import Line, read_table

COUNCIL = (
    "code", "name", "brand_colour", "contact_phone", "contact_text", "contact_email",
    "safeguarding_phone", "safeguarding_url",
)  # fmt: skip
AREAS = ("kind", "code", "name", "first_day", "last_day", "source")
GROUPINGS = ("inner_code", "outer_code", "first_day", "last_day")
FIGURES = ("code", "name", "value", "as_at", "source")


@dataclass(frozen=True)
class AreaFiles:
    """The lines of a council's files, as written: nothing is checked yet but their columns."""

    council: list[Line]
    areas: list[Line]
    groupings: list[Line] = field(default_factory=list)
    figures: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Period:
    """From a day until a day, both counted in; no last day means until further notice."""

    first: date
    last: date | None = None

    def holds(self, other: Period) -> bool:
        """Whether the other period lies wholly in this one."""
        ends_within = self.last is None or (other.last is not None and other.last <= self.last)
        return self.first <= other.first and ends_within

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


def read_area_files(folder: Path) -> AreaFiles:
    """Read a folder. Raises `InputBlocked` when a file is missing or has other columns."""
    return AreaFiles(
        council=read_table(folder / "council.csv", COUNCIL),
        areas=read_table(folder / "areas.csv", AREAS),
        groupings=read_table(folder / "groupings.csv", GROUPINGS, needed=False),
        figures=read_table(folder / "figures.csv", FIGURES, needed=False),
    )


def period_of(line: Line) -> Period | None:
    """The period a line gives; None when a date is wrong, missing, or the end lies before the start."""
    try:
        first, last = line.day("first_day"), line.day("last_day")
    except ValueError:
        return None
    if first is None or (last is not None and last < first):
        return None
    return Period(first, last)
