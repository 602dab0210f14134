"""The log of barriers in numbers: who was invited and came, what kept people away, what they asked for.

Every number has gone through `crm.counting`; what counts fewer people than may be shown is hidden, and so is what would
give it away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from crm.access.models import NeedType
from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.figures import Figure, says_the_rule, tied
from engagement.forums.models import Arrangement, Forum, Invitation
from engagement.forums.vocabulary import PAST, Answer
from engagement.log.models import Barrier
from engagement.needs.reports import whole_year

MEASURES = {
    "invited": "Invited, or answered by themselves", "came": "Came", "away": "Did not come though they were expected",
    "said_no": "Said that they cannot come", "not_known": "Nothing is known",
}  # fmt: skip
PARTS = ("came", "away", "said_no", "not_known")
Way = tuple[str, Any]
WHOLE: Way = ("all", None)
NOT_KNOWN = ("barrier", None)  # no reason, or one in words alone


@dataclass
class _Counts:
    """What is counted on one line before anything is hidden: times, and whose."""

    times: dict[Any, int] = field(default_factory=lambda: defaultdict(int))
    people: dict[Any, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def add(self, what: Any, person: Any) -> None:
        """One more, of this person."""
        self.times[what] += 1
        self.people[what].add(person)


@dataclass(frozen=True)
class Line:
    """One line: everything, a locality or a community. Numbers count times. `barriers` and `help` hold what can be
    shown, the most often named first."""

    by: str
    key: str
    name: str
    numbers: Mapping[str, Figure]
    barriers: Sequence[tuple[str, Figure]]
    help: Sequence[tuple[str, Figure]]

    @property
    def cells(self) -> list[Figure]:
        """Its numbers, in the order of the columns."""
        return [self.numbers[name] for name in MEASURES]

    @property
    def shows_something(self) -> bool:
        """Whether its first number can be shown."""
        return not self.numbers["invited"].is_hidden


@dataclass(frozen=True)
class BarriersReport:
    """The report on forums that took place from `since` until `until`, both days counted in."""

    since: date
    until: date
    total: Line
    localities: Sequence[Line]
    communities: Sequence[Line]
    rule: str

    @property
    def whole(self) -> list[Line]:
        """All, and the localities it falls into."""
        return [self.total, *self.localities]

    @property
    def lines(self) -> list[Line]:
        """All, the whole first."""
        return [*self.whole, *self.communities]


def barriers_report(until: date | None = None) -> BarriersReport:
    """Make the report of the whole council, of a whole year. 8 queries, however many were invited. People who asked us
    to stop using their record are counted: they are in no list."""
    since, until = whole_year(until)
    forums = Forum.objects.filter(on__range=(since, until), state__in=PAST).order_by()
    counted = _count(forums)
    places = {area.pk: area.name for area in Area.objects.localities().order_by("name")}
    communities = {row.pk: row.name for row in Community.objects.order_by("name")}
    ways: dict[Way, str] = {WHOLE: "All"}
    ways |= {("locality", pk): name for pk, name in places.items()} | {("locality", None): "The whole council"}
    ways |= {("community", pk): name for pk, name in communities.items() if ("community", pk) in counted}
    names: dict[Any, str] = {("barrier", row.pk): str(row) for row in Barrier.objects.order_by("order", "name")}
    names |= {NOT_KNOWN: "Not known, or something else"}
    names |= {("help", row.pk): row.name for row in NeedType.objects.order_by("kind", "group", "name")}
    figures = _figures(counted, list(ways), list(names))
    made = {way: _line(way, name, figures, names) for way, name in ways.items()}
    return BarriersReport(
        since=since,
        until=until,
        total=made[WHOLE],
        localities=[line for line in made.values() if line.by == "locality"],
        communities=[line for line in made.values() if line.by == "community" and line.shows_something],
        rule=says_the_rule(),
    )


def _count(forums: Any) -> dict[Way, _Counts]:
    counted: dict[Way, _Counts] = defaultdict(_Counts)
    of_forum: dict[Any, list[Any]] = defaultdict(list)
    for forum, community in Forum.communities.through.objects.filter(forum__in=forums.values("pk")).values_list(
        "forum_id", "community_id"
    ):
        of_forum[forum].append(community)

    def ways(forum: Any, locality: Any) -> list[Way]:
        return [WHOLE, ("locality", locality), *(("community", pk) for pk in of_forum[forum])]

    rows = Invitation.objects.filter(forum__in=forums.values("pk")).started().order_by()
    told = rows.values_list(
        "pk", "person_id", "forum_id", "forum__locality_id", "answer", "attendance__came", "attendance__barrier_id"
    )
    for pk, person, forum, locality, answer, came, barrier in told:
        what = _what(answer, came)
        for way in ways(forum, locality):
            counted[way].add("invited", person or pk)
            counted[way].add(what, person or pk)
            if what == "away":
                counted[way].add(("barrier", barrier), person or pk)
    for pk, person, forum, locality, type_ in _asked(forums):
        for way in ways(forum, locality):
            counted[way].add(("help", type_), person or pk)
    return counted


def _what(answer: str, came: bool | None) -> str:
    if came is not None:
        return "came" if came else "away"
    return "said_no" if answer in (Answer.NO, Answer.CANNOT_BUT_SAY) else "not_known"


def _asked(forums: Any) -> Iterator[tuple[Any, ...]]:
    """What whoever came or meant to come asked for, by type: needs in their record, and what they ticked for this forum
    while that is kept."""
    rows = Arrangement.objects.filter(forum__in=forums.values("pk")).filter(Q(need__isnull=False) | ~Q(asked_type=None))
    told = rows.order_by().values_list(
        "invitation_id", "invitation__person_id", "forum_id", "forum__locality_id", "need__type_id", "asked_type_id"
    )
    for pk, person, forum, locality, of_need, asked in told:
        yield pk, person, forum, locality, of_need or asked


def _figures(counted: Mapping[Way, _Counts], ways: Sequence[Way], kinds: Sequence[Any]) -> dict[Any, Figure]:
    """Every number at once, with all that ties them to each other. A number of times that counts too few people is
    hidden like a small one."""
    names = [*MEASURES, *kinds]
    numbers = {(way, name): counted[way].times.get(name, 0) if way in counted else 0 for way in ways for name in names}
    few = [
        (way, name)
        for way, line in counted.items()
        for name in names
        if way in ways and len(line.people.get(name, ())) < settings.SMALL_NUMBERS_UNDER
    ]
    barriers = [kind for kind in kinds if kind[0] == "barrier"]
    sums: list[tuple[Any, Sequence[Any]]] = []
    for way in ways:
        sums.append(((way, "invited"), [(way, part) for part in PARTS]))
        sums.append(((way, "away"), [(way, barrier) for barrier in barriers]))
    places = [way for way in ways if way[0] == "locality"]  # communities overlap: they do not add up
    sums += [((WHOLE, name), [(way, name) for way in places]) for name in names]
    return tied(numbers, sums, also_hidden=few)


def _line(way: Way, name: str, figures: Mapping[Any, Figure], names: Mapping[Any, str]) -> Line:
    def shown(kind: str) -> list[tuple[str, Figure]]:
        found = [(words, figures[way, key]) for key, words in names.items() if key[0] == kind]
        return sorted((one for one in found if not one[1].is_hidden), key=lambda one: (-(one[1].value or 0), one[0]))

    numbers = {measure: figures[way, measure] for measure in MEASURES}
    return Line(way[0], str(way[1] or ""), name, numbers, shown("barrier"), shown("help"))


HEADINGS = ["By", "Line", "What", "Name", "Number", "Counts"]


def as_table(report: BarriersReport) -> Iterator[list[str]]:
    """The report as flat rows for a spreadsheet; a hidden number says so, and a hidden barrier is left out."""
    yield HEADINGS
    for line in report.lines:
        for measure, words in MEASURES.items():
            yield [line.by, line.name, "people", words, str(line.numbers[measure]), "times"]
        for what, rows in (("barrier", line.barriers), ("asked for", line.help)):
            for words, figure in rows:
                yield [line.by, line.name, what, words, str(figure), "times"]
    yield ["all", "All", "rule", report.rule, "", ""]
