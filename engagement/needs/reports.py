"""The compliance report on access needs (DAPB1605): its gaps first, then what is recorded, asked, shared and met.

Communication and information needs are the standard's; language, adjustments and practical help stand beside it and
are never added to it. Every number has gone through `crm.counting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.access.models import NeedGroup, NeedKind, NeedType
from crm.areas.models import Area
from crm.counting.figures import Figure, percent, says_the_rule, tied
from engagement.needs.models import NeedOutcome
from engagement.needs.tallies import Slice, Tallies, count

DAYS = 364  # the usual period: a year that ends today
Key = tuple[Any, ...]
WHY = dict(NeedOutcome.Why.choices)
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

    `other_types` is how many types of the list have no number that can be shown; that says nothing about anybody.
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
        """The whole, then its localities; the whole alone where every number of every locality is hidden."""
        return [self.total, *self.localities] if self.localities_show else [self.total]

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
class AccessReport:
    """The report. What stands is as of `as_of`; what happened is from `since` until `until`, both days counted in."""

    since: date
    until: date
    as_of: date
    gaps: Sequence[Gap]
    people_met: Figure
    standard: Part
    others: Sequence[Part]
    rule: str

    @property
    def parts(self) -> Sequence[Part]:
        """All kinds, the standard's first."""
        return [self.standard, *self.others]


def usual_period(today: date | None = None) -> tuple[date, date]:
    """The twelve months until today."""
    today = today or timezone.localdate()
    return today - timedelta(days=DAYS), today


def access_report(since: date, until: date) -> AccessReport:
    """Make the report of the whole council: numbers only. 9 queries, however many people there are."""
    today = timezone.localdate()
    tallies = count(since, until, today)
    types = list(NeedType.objects.order_by("kind", "group", "name"))
    places = {area.pk: area.name for area in Area.objects.localities().order_by("name")}
    slices = _slices(types, places)
    figures = _figures(tallies, slices)
    parts = [_part(NeedKind(kind), types, places, figures) for kind in NeedKind.values]
    return AccessReport(
        since=since,
        until=until,
        as_of=today,
        gaps=_gaps(figures),
        people_met=figures["met"],
        standard=parts[0],
        others=parts[1:],
        rule=says_the_rule(),
    )


def _slices(types: Sequence[NeedType], places: Mapping[Any, str]) -> list[Slice]:
    """Every line there is, whether anybody stands in it or not: that a line is there says nothing."""
    found: list[Slice] = []
    for kind in NeedKind.values:
        found.append((kind,))
        found += [(kind, "locality", place) for place in (*places, None)]
    found += [(NeedKind.COMMUNICATION.value, "group", group) for group in NeedGroup.values]
    return found + [(row.kind, "type", row.pk) for row in types]


def _figures(tallies: Tallies, slices: Sequence[Slice]) -> dict[Any, Figure]:
    """Every number at once, with all that ties them to each other, so that no hidden one can be worked out."""
    numbers: dict[Any, int] = {}
    sums: list[tuple[Any, Sequence[Any]]] = []
    for where in slices:
        numbers |= {(*where, name): number for name, number in _whole(tallies, where).items()}
        within = _WITHIN if len(where) > 1 else (*_WITHIN, *_WITHIN_A_KIND)
        sums += [((*where, total), [(*where, part) for part in parts]) for total, parts in within]
    sums += _across(slices)
    numbers |= {
        "met": tallies.met,
        "met_with_needs": tallies.met_with_needs,
        "met_without": tallies.met - tallies.met_with_needs,
    }
    sums.append(("met", ["met_with_needs", "met_without"]))
    return tied(numbers, sums)


# Within a line: a total, and the parts it falls into. Parts that no page shows must still stand here.
_WITHIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("people", ("in_time", "late")),
    ("people", ("asked", "not_asked")),
    ("people", ("agreed", "not_agreed")),
    ("agreed", ("shared", "not_shared")),
    ("occasions", ("met", "unmet")),
    ("unmet", ("partly", "not_met")),
    ("unmet", tuple(f"why_{why}" for why in WHY)),
)
_WITHIN_A_KIND = (
    ("people", ("never_reviewed", "reviewed_or_new")),
    ("people", ("no_outcome", "outcome_or_not_met")),
)
_OF_OCCASIONS = ("occasions", "met", "unmet", "partly", "not_met", *(f"why_{why}" for why in WHY))


def _whole(tallies: Tallies, where: Slice) -> dict[str, int]:
    """The counts of one line, with what is left of each: an unknown line counts nobody."""
    told = tallies.people.get(where, {})
    n = {name: told.get(name, 0) for name in ("people", "late", "not_asked", "agreed", "shared", "never_reviewed",
                                              "no_outcome")}  # fmt: skip
    rest = {
        "in_time": n["people"] - n["late"],
        "asked": n["people"] - n["not_asked"],
        "not_agreed": n["people"] - n["agreed"],
        "not_shared": n["agreed"] - n["shared"],
        "reviewed_or_new": n["people"] - n["never_reviewed"],
        "outcome_or_not_met": n["people"] - n["no_outcome"],
    }
    happened = tallies.outcomes.get(where, {})
    return {**n, **rest, **{name: happened.get(name, 0) for name in _OF_OCCASIONS}}


def _across(slices: Sequence[Slice]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Across lines: everybody of a kind lives in one locality; every occasion is of one type, group and locality.
    People may have needs of several types and groups, so those do not add up and cannot give each other away."""
    for kind in NeedKind.values:
        for way in ("locality", "group", "type"):
            lines = [where for where in slices if where[:2] == (kind, way)]
            measures = [*(_PEOPLE_MEASURES if way == "locality" else ()), *_OF_OCCASIONS]
            if lines:
                yield from (((kind, name), [(*where, name) for where in lines]) for name in measures)


_PEOPLE_MEASURES = ("people", "in_time", "late", "asked", "not_asked", "agreed", "not_agreed", "shared", "not_shared")


def _part(kind: NeedKind, types: Sequence[NeedType], places: Mapping[Any, str], figures: Mapping[Any, Figure]) -> Part:
    groups = NeedGroup.choices if kind == NeedKind.COMMUNICATION else []
    typed = [_line(row.name, row.key, (kind.value, "type", row.pk), figures) for row in types if row.kind == kind]
    shown = [line for line in typed if line.shows_something]
    return Part(
        kind=kind.value,
        name=str(kind.label),
        total=_line("All", "", (kind.value,), figures),
        groups=[_line(str(words), group, (kind.value, "group", group), figures) for group, words in groups],
        types=shown,
        localities=[
            _line(name, str(pk or ""), (kind.value, "locality", pk), figures)
            for pk, name in [*places.items(), (None, "Locality not known")]
        ],
        reasons=[(words, figures[kind.value, f"why_{why}"]) for why, words in WHY.items()],
        other_types=len(typed) - len(shown),
    )


def _line(name: str, key: str, where: Slice, figures: Mapping[Any, Figure]) -> Line:
    return Line(name, key, {measure: figures[(*where, measure)] for measure in (*PEOPLE, *OCCASIONS)})


def _gaps(figures: Mapping[Any, Figure]) -> list[Gap]:
    of = NeedKind.COMMUNICATION.value
    return [
        Gap("met_without_need", "People we met by name in the period, with no need recorded", figures["met_without"],
            "We cannot know whether they have no need or were never asked: nobody writes down that somebody needs "
            "nothing. People met without a name are in no number here."),
        Gap("late", "People whom we should have asked again by now", figures[of, "late"],
            "What we know of their needs may be wrong."),
        Gap("never_reviewed", "People with a need told more than a year ago and never asked about again",
            figures[of, "never_reviewed"], "The standard asks for regular review."),
        Gap("not_asked", "People who were not asked whether we may share every need", figures[of, "not_asked"],
            "Nobody outside may be told, so the venue or the interpreter may not be ready."),
        Gap("no_outcome", "People with a need whom we met in the period, with nothing noted on whether it was met",
            figures[of, "no_outcome"], "Met and not met below speak only of the times that were noted."),
    ]  # fmt: skip


HEADINGS = ["Part", "By", "Line", "Measure", "Number", "Counts"]


def as_table(report: AccessReport) -> Iterator[list[str]]:
    """The report as flat rows for a spreadsheet, the gaps first; a hidden number says so."""
    for gap in report.gaps:
        yield ["Gaps", "all", gap.words, "people", str(gap.people), "people"]
    for part in report.parts:
        for by, lines in part.ways:
            for line in lines:
                yield from ([part.name, by, line.name, words, str(line.numbers[measure]),
                             "people" if measure in PEOPLE else "times"]
                            for measure, words in {**PEOPLE, **OCCASIONS}.items())  # fmt: skip
        yield from ([part.name, "reason", words, "Not met or partly", str(number), "times"]
                    for words, number in part.reasons)  # fmt: skip
