"""What the report on access needs is made of: lines of numbers that have gone through `crm.counting`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm.areas.models import Area
from crm.counting.figures import Figure, percent

# What a line shows: measure → words. The first six count people, the others occasions.
PEOPLE = {
    "people": "People with a need recorded", "in_time": "Asked again in time", "late": "Late to be asked again",
    "asked": "Asked whether we may share", "agreed": "Said yes to sharing", "shared": "Shared in the period",
}  # fmt: skip
OCCASIONS = {"occasions": "Times noted in the period", "met": "Met", "partly": "Partly met", "not_met": "Not met"}


@dataclass(frozen=True)
class Line:
    """One line of the report: a kind, group, type or locality with its numbers. `key` is the short name of a group or
    type, or the id of a locality; empty for the whole, and where the locality is not known."""

    name: str
    key: str
    numbers: Mapping[str, Figure]

    def percent(self, measure: str) -> int | None:
        """A measure's share in whole percent of the people or the occasions of this line; None where hidden."""
        return percent(self.numbers[measure], self.numbers["people" if measure in PEOPLE else "occasions"])

    @property
    def cells(self) -> list[tuple[Figure, int | None]]:
        """Its numbers in the order of the columns, each with its percent; none beside a number it is a part of."""
        return [
            (self.numbers[name], None if name in ("people", "occasions") else self.percent(name))
            for name in (*PEOPLE, *OCCASIONS)
        ]

    @property
    def shows_something(self) -> bool:
        """Whether any number of it can be shown."""
        return not (self.numbers["people"].is_hidden and self.numbers["occasions"].is_hidden)


@dataclass(frozen=True)
class Part:
    """A kind of need: its own line, by group, by type and by locality, and why needs were not met.

    `other_types` is how many types of the list have no number that can be shown; that says nothing about anybody. The
    report of one locality has no `localities`.
    """

    kind: str
    name: str
    total: Line
    groups: Sequence[Line]
    types: Sequence[Line]
    localities: Sequence[Line]
    reasons: Sequence[tuple[str, Figure]]
    other_types: int

    @property
    def ways(self) -> Sequence[tuple[str, Sequence[Line]]]:
        """Its lines: the whole, then by group, by type and by locality."""
        return [("all", [self.total]), ("group", self.groups), ("type", self.types), ("locality", self.localities)]

    @property
    def all_lines(self) -> Sequence[Line]:
        """The whole, then its localities; the whole alone where every number of every locality is hidden, and in the
        report of one locality."""
        return [self.total, *self.localities] if self.localities_show else [self.total]

    @property
    def first_table(self) -> str:
        """What the table of these lines is called."""
        return "All, by locality" if self.localities else "All"

    @property
    def localities_show(self) -> bool:
        """Whether any locality has a number that can be shown."""
        return any(line.shows_something for line in self.localities)

    @property
    def reasons_show(self) -> bool:
        """Whether any reason has a number that can be shown."""
        return not all(number.is_hidden for _, number in self.reasons)


@dataclass(frozen=True)
class Gap:
    """Something the report cannot say, or that is missing: how many people, and what it means."""

    key: str
    words: str
    people: Figure
    meaning: str


@dataclass(frozen=True)
class Asked:
    """How many people were asked what they need, with what came of it. `of_met`: of those met by name."""

    key: str
    words: str
    people: Figure
    of_met: bool


@dataclass(frozen=True)
class AccessReport:
    """The report of a locality, or of the whole council. What stands is as of `as_of`; what happened is from `since`
    until `until`, both days counted in."""

    since: date
    until: date
    as_of: date
    locality: Area | None
    gaps: Sequence[Gap]
    people_met: Figure
    asked: Sequence[Asked]
    standard: Part
    others: Sequence[Part]
    rule: str

    @property
    def parts(self) -> Sequence[Part]:
        """All kinds, the standard's first."""
        return [self.standard, *self.others]
