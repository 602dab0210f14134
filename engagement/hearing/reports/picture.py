"""The picture a reader gets: communities and topics down, localities across, and what is unknown in the same tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.areas.models import Area
from crm.communities.models import Community, FormerName
from crm.counting.figures import Figure
from engagement.hearing.reports.grid import Cell, Wanted, cells, nested_in
from engagement.hearing.reports.people import people_shown
from engagement.hearing.reports.quiet import Hearing, hearings, hidden_by_averages
from engagement.log.models import Topic

Place = UUID | None


@dataclass
class Shown:
    """One cell: contacts, direct and through a group, the people as they may be shown (None where nobody counted), how
    quiet it is there, and the filters that open its contacts."""

    contacts: int = 0
    direct: int = 0
    through: int = 0
    uncounted: int = 0
    people: Figure | None = None
    quiet: Hearing | None = None
    opens: dict[str, Any] = field(default_factory=dict)


@dataclass
class Line:
    """One row: a community, a topic, or what is not known, with a cell for each column and one for all of them."""

    name: str
    pk: UUID | None
    across: list[Shown]
    whole: Shown
    depth: int = 0


@dataclass
class Picture:
    """Everything the page shows. `columns` are localities, None for "locality not known"; `hidden` are communities that
    averages hide."""

    columns: list[Area | None]
    communities: list[Line]
    topics: list[Line]
    whole: Line
    most: int
    hidden: list[Hearing]


def draw(wanted: Wanted) -> Picture:
    """Count it and lay it out. At most 10 queries, however much there is."""
    localities = list(Area.objects.localities().on(timezone.localdate()))
    if wanted.locality is not None:
        localities = [wanted.locality]
    by_place = cells(wanted, ("locality",))
    columns: list[Area | None] = [*localities]
    if any(cell.key[0] is None for cell in by_place):
        columns.append(None)
    communities = list(_communities(wanted))
    down = _Table(wanted, columns, "community", cells(wanted, ("community", "locality")))
    heard = hearings(communities, localities=[place for place in columns if place is not None])
    topics = _Table(wanted, columns, "topic", cells(wanted, ("topic", "locality")))
    lines = _community_lines(wanted, down, communities, heard)
    return Picture(
        columns=columns,
        communities=lines,
        topics=list(_topic_lines(wanted, topics)),
        whole=_Table(wanted, columns, "", [Cell((None, *c.key), *_figures(c)) for c in by_place]).line(
            "Everyone", None
        ),
        hidden=[] if wanted.as_it_was else hidden_by_averages(heard),
        most=max((line.whole.direct + line.whole.through for line in lines), default=0),
    )


def _communities(wanted: Wanted) -> Iterable[Community]:
    rows = Community.objects.all() if wanted.as_it_was else Community.objects.current()
    if wanted.community is not None:
        rows = rows.within(wanted.community) if not wanted.as_it_was else rows
    return rows.order_by("name")


def _figures(cell: Cell) -> tuple[int, int, int, int, int]:
    return cell.contacts, cell.direct, cell.through, cell.people, cell.uncounted


@dataclass
class _Table:
    """The cells of one table by row and place, and how to make its lines."""

    wanted: Wanted
    columns: Sequence[Area | None]
    what: str
    found: Sequence[Cell]

    def __post_init__(self) -> None:
        self.by_row: dict[Any, dict[Place, Cell]] = {}
        for cell in self.found:
            self.by_row.setdefault(cell.key[0], {})[cell.key[1]] = cell

    def line(self, name: str, key: UUID | None, *, depth: int = 0) -> Line:
        """A row: 0 where there was no contact."""
        row = self.by_row.get(key, {})
        places: list[Place] = [place.pk if place else None for place in self.columns]
        across = [self._shown(row.get(place), key, place) for place in places]
        whole = Shown(
            **{name_: sum(getattr(cell, name_) for cell in row.values()) for name_ in ("contacts", "direct", "through",
                                                                                   "uncounted")},
            opens=self._opens(key),
        )  # fmt: skip
        return Line(name, key, across, whole, depth)

    def _shown(self, cell: Cell | None, key: UUID | None, place: Place) -> Shown:
        where = {"locality": place} if place else {"without": "locality"}
        if cell is None:
            return Shown(opens={})
        return Shown(cell.contacts, cell.direct, cell.through, cell.uncounted, opens={**self._opens(key), **where})

    def _opens(self, key: UUID | None) -> dict[str, Any]:
        """The filters of the list of contacts that give the contacts of a row."""
        wanted = self.wanted
        opens: dict[str, Any] = {
            "occurred_from": wanted.first_day, "occurred_to": wanted.last_day, "withdrawn": "false",
            "restricted": "false",
        }  # fmt: skip
        for name, value in (("topic", wanted.topic), ("community", wanted.community), ("locality", wanted.locality)):
            if value is not None:
                opens[name] = value.pk
        if self.what and key is not None:
            opens[self.what] = key
        elif self.what:
            opens["without"] = self.what
        return opens


def _community_lines(
    wanted: Wanted, table: _Table, communities: Sequence[Community], heard: Sequence[Hearing]
) -> list[Line]:
    nested = nested_in([community.pk for community in communities])
    names = names_then(communities, wanted.last_day) if wanted.as_it_was else {}
    shown = people_shown(_counted(table), nested)
    quiet = {(row.community.pk, row.locality.pk if row.locality else None): row for row in heard}
    lines = []
    for community in communities:
        if wanted.as_it_was and community.pk not in table.by_row:
            continue
        line = table.line(names.get(community.pk, community.name), community.pk)
        _say_people(line, table.columns, shown.get(community.pk))
        if community.kind == Community.Kind.COMMUNITY and not wanted.as_it_was:
            line.whole.quiet = quiet.get((community.pk, None))
            for place, cell in zip(table.columns, line.across, strict=True):
                cell.quiet = quiet.get((community.pk, place.pk)) if place else None
        lines.append(line)
    if wanted.community is None and None in table.by_row:
        lines.append(table.line("No community named", None))
    return lines


def _counted(table: _Table) -> dict[UUID, dict[Place, int]]:
    """The true counts of people of the rows and places where somebody was counted."""
    return {
        key: {place: cell.people for place, cell in row.items() if cell.uncounted < cell.contacts}
        for key, row in table.by_row.items()
        if key is not None
    }


def _say_people(line: Line, columns: Sequence[Area | None], shown: Any) -> None:
    if shown is None or not shown.cells:
        return
    line.whole.people = shown.total
    for place, cell in zip(columns, line.across, strict=True):
        cell.people = shown.cells.get(place.pk if place else None)


def names_then(communities: Sequence[Community], day: date) -> Mapping[UUID, str]:
    """Community → the name it bore on a day, for those renamed since: 1 query."""
    rows = FormerName.objects.filter(community__in=communities, until__gt=day).order_by("-until", "-id")
    return dict(rows.values_list("community_id", "name"))


def _topic_lines(wanted: Wanted, table: _Table) -> Iterable[Line]:
    topics: Any = [wanted.topic] if wanted.topic else Topic.objects.all().for_list()
    for topic in topics:
        if not topic.retired or topic.pk in table.by_row:
            yield table.line(topic.name, topic.pk)
    if None in table.by_row:
        yield table.line("No topic named", None)
