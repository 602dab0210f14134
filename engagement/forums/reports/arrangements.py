"""Arrangements in numbers: how many, how soon, at what cost, and what was missing. Every number has gone through
`crm.counting`; what counts fewer people than may be shown is hidden, and so is what would give it away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.conf import settings

from crm.access.models import NeedType
from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.figures import Figure, says_the_rule, tied
from engagement.forums.models import Arrangement, Forum
from engagement.forums.there import standing
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import whole_year

MEASURES = {
    "asked": "Needs of those who said they come", "there": "There anyway", "arranged": "Confirmed",
    "missing": "Not confirmed, not there", "fell": "Fell through at least once", "unmet": "Not met, or only partly",
}  # fmt: skip
DAYS = {"to_book": "Days until booked", "to_confirm": "Days from booked to confirmed"}
Way = tuple[str, Any]
WHOLE: Way = ("all", None)


@dataclass
class _Counts:
    """What is counted on one line before anything is hidden."""

    times: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*MEASURES, "costed", *DAYS), 0))
    people: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    cost: Decimal = Decimal(0)
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, measure: str, person: Any) -> None:
        """One more, of this person."""
        self.times[measure] += 1
        self.people[measure].add(person)


@dataclass(frozen=True)
class Line:
    """One line: everything, a type of need, a locality or a community. Numbers count times; `cost` is in pounds to the
    nearest ten, days are the middle of all; None where the times they rest on are hidden."""

    by: str
    key: str
    name: str
    numbers: Mapping[str, Figure]
    cost: int | None
    days: Mapping[str, float | None]

    @property
    def cells(self) -> list[Figure]:
        """Its numbers, in the order of the columns."""
        return [self.numbers[name] for name in MEASURES]

    @property
    def shows_something(self) -> bool:
        """Whether its first number can be shown."""
        return not self.numbers["asked"].is_hidden


@dataclass(frozen=True)
class ArrangementsReport:
    """The report on forums from `since` until `until`, both days counted in. `overridden` counts forums that were held,
    or are to be, though something was missing."""

    since: date
    until: date
    total: Line
    types: Sequence[Line]
    localities: Sequence[Line]
    communities: Sequence[Line]
    overridden: int
    rule: str

    @property
    def whole(self) -> list[Line]:
        """All, and the localities it falls into."""
        return [self.total, *self.localities]

    @property
    def lines(self) -> list[Line]:
        """All, the whole first."""
        return [self.total, *self.types, *self.localities, *self.communities]


def arrangements_report(until: date | None = None) -> ArrangementsReport:
    """Make the report of the whole council: numbers only, and of a whole year, so that no two reports differ by a few
    days alone. 11 queries, however many people come. People who asked us to stop using their record are counted: they
    are in no list."""
    since, until = whole_year(until)
    rows = Arrangement.objects.filter(forum__on__range=(since, until), not_needed_on=None).exclude(
        forum__state="cancelled"
    )
    counted = _count(rows)
    types = {row.pk: row.name for row in NeedType.objects.order_by("kind", "group", "name")}
    places = {area.pk: area.name for area in Area.objects.localities().order_by("name")}
    communities = {row.pk: row.name for row in Community.objects.order_by("name")}
    ways: dict[Way, str] = {WHOLE: "All"}
    ways |= {("type", pk): name for pk, name in types.items()} | {("type", None): "In their own words"}
    ways |= {("locality", pk): name for pk, name in places.items()} | {("locality", None): "The whole council"}
    ways |= {("community", pk): name for pk, name in communities.items() if ("community", pk) in counted}
    figures = _figures(counted, list(ways))
    made = {way: _line(way, name, counted[way], figures) for way, name in ways.items()}
    over = Forum.objects.filter(on__range=(since, until)).exclude(ready_override_reason="").count()
    return ArrangementsReport(
        since=since,
        until=until,
        total=made[WHOLE],
        types=[line for line in made.values() if line.by == "type" and line.shows_something],
        localities=[line for line in made.values() if line.by == "locality"],
        communities=[line for line in made.values() if line.by == "community" and line.shows_something],
        overridden=over,
        rule=says_the_rule(),
    )


def _count(rows: Any) -> dict[Way, _Counts]:
    counted: dict[Way, _Counts] = defaultdict(_Counts)
    of_forum: dict[Any, list[Any]] = defaultdict(list)
    links = Forum.communities.through.objects.filter(forum__in=rows.order_by().values("forum"))
    for forum, community in links.values_list("forum_id", "community_id"):
        of_forum[forum].append(community)
    for one in standing(rows.for_list().select_related("outcome")):
        row = one.row
        ways = [WHOLE, ("type", row.type.pk if row.type else None), ("locality", row.forum.locality_id)]
        for way in [*ways, *(("community", pk) for pk in of_forum[row.forum_id])]:
            _add(counted[way], one)
    return counted


def _add(line: _Counts, one: Any) -> None:
    row = one.row
    person = row.invitation.person_id or row.invitation_id
    for measure, happened in _happened(one).items():
        if happened:
            line.add(measure, person)
    line.cost += row.cost or 0
    for name, first, last in (
        ("to_book", row.asked_on, row.booked_on),
        ("to_confirm", row.booked_on, row.confirmed_on),
    ):
        if first and last:
            line.add(name, person)
            line.days[name].append((last - first).days)


def _happened(one: Any) -> dict[str, bool]:
    row = one.row
    return {
        "asked": True,
        "there": one.is_there,
        "arranged": row.is_sure,
        "missing": not one.is_met,
        "fell": row.times_fallen > 0,
        "unmet": row.outcome is not None and row.outcome.met != NeedOutcome.Met.MET,
        "costed": row.cost is not None,
    }


def _figures(counted: Mapping[Way, _Counts], ways: Sequence[Way]) -> dict[Any, Figure]:
    """Every number at once, with all that ties them to each other. A number of times that counts too few people is
    hidden like a small one."""
    names = (*MEASURES, "costed", *DAYS)
    numbers = {(way, name): counted[way].times[name] if way in counted else 0 for way in ways for name in names}
    few = [
        (way, name)
        for way, line in counted.items()
        for name in names
        if way in ways and len(line.people[name]) < settings.SMALL_NUMBERS_UNDER
    ]
    sums: list[tuple[Any, Sequence[Any]]] = [
        ((way, "asked"), [(way, part) for part in ("there", "arranged", "missing")]) for way in ways
    ]
    for by in ("type", "locality"):  # communities overlap: they do not add up
        parts = [way for way in ways if way[0] == by]
        sums += [((WHOLE, name), [(way, name) for way in parts]) for name in names]
    return tied(numbers, sums, also_hidden=few)


def _line(way: Way, name: str, line: _Counts, figures: Mapping[Any, Figure]) -> Line:
    costed = not figures[way, "costed"].is_hidden
    return Line(
        by=way[0],
        key=str(way[1] or ""),
        name=name,
        numbers={measure: figures[way, measure] for measure in MEASURES},
        cost=round(int(line.cost) / 10) * 10 if costed else None,
        days={each: _middle(line.days[each], figures[way, each]) for each in DAYS},
    )


def _middle(days: Sequence[int], number: Figure) -> float | None:
    """The median; None where it is hidden, and where there is none though a council hides nothing."""
    return float(median(days)) if days and not number.is_hidden else None


HEADINGS = ["By", "Line", "Measure", "Number", "Counts"]


def as_table(report: ArrangementsReport) -> Iterator[list[str]]:
    """The report as flat rows for a spreadsheet; a hidden number says so."""
    yield HEADINGS
    for line in report.lines:
        for measure, words in MEASURES.items():
            yield [line.by, line.name, words, str(line.numbers[measure]), "times"]
        yield [line.by, line.name, "Cost", "hidden" if line.cost is None else str(line.cost), "pounds"]
        for each, words in DAYS.items():
            number = line.days[each]
            yield [line.by, line.name, words, "hidden" if number is None else f"{number:g}", "days"]
    yield ["all", "All", "Forums called ready though something was missing", str(report.overridden), "forums"]
    yield ["all", "All", "Rule", report.rule, ""]
