"""Who is at the table: each panel and all of them, against what their terms of reference ask for.

Every number has gone through `crm.counting`. Nothing is a rate without the number it is a part of. That nobody at all
said something is told only to leads and managers: for others it would say, when somebody new sits down, what they
declared. Others read the same words for nobody as for too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import Actor, holds
from crm.communities.models import Community
from crm.counting.figures import Figure, percent, says_the_rule, tied
from crm.panels.models import Panel, Seat
from crm.panels.permissions.panels import KEEPERS
from crm.panels.tallies import ALL, Key, Tallies, count

NO_MEETINGS = "No meeting of a panel in the last 12 months is written down. So nobody can say who came, and who spoke."
MEETINGS = "Meetings are forums of the last 12 months to which people were invited as members of the panel."


@dataclass(frozen=True)
class Point:
    """One thing the table is looked at for: a community, lived experience or a locality. `less`: it is less represented
    than it should be, in the words that say so. `whole` is the number the people are a part of."""

    about: str
    id: Any
    name: str
    people: Figure
    whole: Figure
    words: str
    less: bool = False


@dataclass(frozen=True)
class AtTheTable:
    """One panel, or all of them (`panel` is None)."""

    panel: Panel | None
    name: str
    seats: int
    seated: Figure
    people: Figure
    empty: Sequence[Seat] | None
    points: Sequence[Point]

    @property
    def less(self) -> list[Point]:
        """Who is less represented than they should be."""
        return [point for point in self.points if point.less]

    @property
    def others(self) -> list[Point]:
        """Everything else that can be told: what the terms ask for, where people live, who came."""
        return [point for point in self.points if not point.less and not point.people.is_hidden]

    @property
    def few(self) -> list[tuple[str, list[str]]]:
        """What there is too little of to say, by name: everything but localities, then localities. The same words for
        every name, so that pages say them once."""
        small = [point for point in self.points if not point.less and point.people.is_hidden]
        words = "Nobody, or too few to say" if self.empty is None else "Too few to say"
        told = [
            (words, [point.name for point in small if point.about != "locality"]),
            (f"{words}, by locality", [point.name for point in small if point.about == "locality"]),
        ]
        return [(said, names) for said, names in told if names]


@dataclass(frozen=True)
class Table:
    """The whole report. Who sits there is as of the end of the last month, and seats are as they are today."""

    as_of: date
    all: AtTheTable
    panels: Sequence[AtTheTable]
    rule: str
    meetings: str

    def of(self, panel: Panel) -> AtTheTable | None:
        """The part about one panel; None when it meets no more."""
        return next((part for part in self.panels if part.panel and part.panel.pk == panel.pk), None)


def who_is_at_the_table(reader: Actor, today: date | None = None) -> Table:
    """Make the report as this reader may have it. 6 queries, however many people sit there. All panels are always
    counted together: what one of them may show depends on the others. People are counted as they sat at the end of the
    last month: before and after one of them came, the words are the same, and tell nothing of what they declared."""
    today = today or timezone.localdate()
    as_of = today.replace(day=1) - timedelta(days=1)
    panels = list(Panel.objects.current().for_list())
    asked = {community.pk: community for panel in panels for community in panel.communities.all()}
    places = {area.pk: area.name for area in Area.objects.localities().order_by("name")}
    tallies = count(as_of, today, list(asked))
    figures = _figures(tallies, [panel.pk for panel in panels], list(asked), [*places, None])
    teller = _Teller(tallies, figures, places, closely=holds(reader, KEEPERS))
    everybody = teller.tell(None, sorted(asked.values(), key=lambda one: one.name))
    parts = [teller.tell(panel, list(panel.communities.all())) for panel in panels]
    met = MEETINGS if any(tallies.meetings.values()) else NO_MEETINGS
    return Table(as_of, everybody, parts, says_the_rule(), met)


def _figures(tallies: Tallies, panels: Sequence[Any], asked: Sequence[Any], places: Sequence[Any]) -> dict[Any, Figure]:
    """Every number at once with all that ties them, so that no hidden one can be worked out from the others."""
    numbers: dict[Key, int] = {}
    sums: list[tuple[Key, Sequence[Key]]] = []
    for panel in (ALL, *panels):
        whole = tallies.number(panel, "people")
        numbers[panel, "people"] = whole
        halves: list[Key] = [("lived",), ("seated",), ("came",), ("spoke",), *(("community", pk) for pk in asked)]
        for half in halves:
            numbers[(panel, *half)] = part = tallies.number(panel, *half)
            numbers[(panel, "not", *half)] = whole - part
            sums.append(((panel, "people"), [(panel, *half), (panel, "not", *half)]))
        numbers[panel, "silent"] = tallies.number(panel, "came") - tallies.number(panel, "spoke")
        sums.append(((panel, "came"), [(panel, "spoke"), (panel, "silent")]))
        where: list[Key] = [(panel, "locality", place) for place in places]
        numbers |= {key: tallies.number(*key) for key in where}
        sums.append(((panel, "people"), where))
    # Somebody may sit on two panels, so these need not add up; what is hidden in one place is hidden in the sum too.
    ways: list[Key] = [
        ("people",),
        ("lived",),
        ("seated",),
        ("came",),
        ("spoke",),
        *(("community", pk) for pk in asked),
    ]
    ways += [("locality", place) for place in places]
    sums += [((ALL, *way), [(panel, *way) for panel in panels]) for way in ways]
    return tied(numbers, sums)


@dataclass(frozen=True)
class _Teller:
    """Says the figures in words. `closely`: the reader may be told that it is nobody."""

    tallies: Tallies
    figures: dict[Any, Figure]
    places: dict[Any, str]
    closely: bool

    def tell(self, panel: Panel | None, communities: Sequence[Community]) -> AtTheTable:
        """One panel, or with None all of them."""
        key = panel.pk if panel else ALL
        rows = self.tallies.seats.values() if panel is None else [self.tallies.seats.get(panel.pk, [])]
        seats = [seat for many in rows for seat in many]
        points = [self._community(key, community) for community in communities]
        if panel is not None and panel.lived_experience_wanted is not None:
            points.append(self._lived(key, panel.lived_experience_wanted))
        if panel is None or panel.locality_id is None:
            points += [self._place(key, pk, name) for pk, name in self.places.items()]
        points += self._meetings(key)
        empty = [seat for seat in seats if not seat.taken] if self.closely else None  # type: ignore[attr-defined]
        return AtTheTable(
            panel=panel,
            name=panel.name if panel else "All panels together",
            seats=len(seats),
            seated=self.figures[key, "seated"],
            people=self.figures[key, "people"],
            empty=empty,
            points=points,
        )

    def _point(self, key: Any, way: Key, name: str, nobody: str, few: str, some: str) -> Point:
        """A point in the words that fit: nobody, too few to say, or how many of how many."""
        people, whole = self.figures[(key, *way)], self.figures[key, "people"]
        none = self.tallies.number(key, *way) == 0
        of = f" of {whole}" if whole.value else ""
        words = f"About {people}{of} members {some}"
        less = False
        if people.is_hidden:
            words, less = (nobody, True) if none and self.closely else (few, False)
        return Point(str(way[0]), way[-1] if len(way) > 1 else None, name, people, whole, words, less)

    def _community(self, key: Any, community: Community) -> Point:
        name = spoken(community.name)
        few = "Too few to say" if self.closely else "Nobody, or too few to say"
        return self._point(
            key, ("community", community.pk), community.name,
            f"Nobody has said that they belong to {name}; the terms ask for them.",
            f"{few}: members who said that they belong to {name}. The terms ask for them.",
            f"have said that they belong to {name}. The terms ask for them.",
        )  # fmt: skip

    def _meetings(self, key: Any) -> list[Point]:
        """Who came, and who spoke as well as who came."""
        number = self.tallies.meetings.get(key, 0)
        if not number:
            return []
        few = "Too few to say" if self.closely else "Nobody, or too few to say"
        one = "the meeting" if number == 1 else f"one of {number} meetings at least"
        told = (("came", f"came to {one} of the last 12 months"), ("spoke", f"spoke at {one} of the last 12 months"))
        return [
            _not_less(
                self._point(key, (way,), way.title(), f"Nobody {words}.", f"{few}: members who {words}.", f"{words}.")
            )
            for way, words in told
        ]

    def _place(self, key: Any, pk: Any, name: str) -> Point:
        few = "Too few to say" if self.closely else "Nobody, or too few to say"
        return self._point(key, ("locality", pk), name, f"Nobody at the table lives in {name}.",
                           f"{few}: members who live in {name}.", f"live in {name}.")  # fmt: skip

    def _lived(self, key: Any, wanted: int) -> Point:
        asks = f"The terms ask for {wanted} of every 10."
        few = "Too few to say" if self.closely else "Nobody, or too few to say"
        point = self._point(
            key, ("lived",), "Lived experience", f"Nobody has said that they bring lived experience. {asks}",
            f"{few}: members who bring lived experience. {asks}", f"bring lived experience. {asks}",
        )  # fmt: skip
        share = percent(point.people, point.whole)
        if share is None:
            return point if wanted or not point.less else _not_less(point)
        less = share < wanted * 10
        words = f"{point.words} That is {'less than it should be' if less else 'as many as they ask for'}."
        return Point(point.about, None, point.name, point.people, point.whole, words, less)


def _not_less(point: Point) -> Point:
    return Point(point.about, point.id, point.name, point.people, point.whole, point.words)


def spoken(name: str) -> str:
    """The name of a community as it stands in a sentence: the Roma community, but Kashmiri women."""
    return f"the {name}" if name.endswith(("community", "communities")) else name
