"""How long answers take: days from what somebody said to the answer, by community and locality.

Counted are people and groups, never answers, as it stood at the end of the last month: whoever looks before and after
one answer sees the same. Never those of restricted contacts. What is under the threshold is hidden, and so is what it
could be worked out from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.figures import Figure, Table, figure, table
from crm.counting.months import last_month_end, month_began
from engagement.coproduction.telling.models import Telling, ToWhom
from engagement.coproduction.telling.reports.reached import still
from engagement.log.models import Reach

TOLD, WAITING = "told", "waiting"
State = Telling.State


@dataclass(frozen=True)
class DaysRow:
    """One community or locality: how many were told and wait, and the days in the middle; None where it is hidden."""

    pk: UUID | None
    name: str
    told: Figure
    waiting: Figure
    days: int | None

    @property
    def in_words(self) -> str:
        """The days, for the page."""
        return "hidden" if self.days is None else str(self.days)


@dataclass(frozen=True)
class DaysReport:
    """All of the council, its localities, and the communities of the meetings where it was said; `until` is the day
    whose end it tells."""

    until: date
    whole: DaysRow
    localities: list[DaysRow]
    communities: list[DaysRow]

    @property
    def shown(self) -> list[DaysRow]:
        """The communities of which something may be shown."""
        return [row for row in self.communities if not (row.told.is_hidden and row.waiting.is_hidden)]

    @property
    def hidden(self) -> int:
        """Of how many communities nothing may be shown."""
        return len(self.communities) - len(self.shown)

    @property
    def most(self) -> int:
        """The longest of the bars."""
        rows = [self.whole, *self.localities, *self.communities]
        return max((row.days or 0 for row in rows), default=0)


@dataclass(frozen=True)
class _One:
    """An answer: to whom, where, how long it took; days of None while they wait."""

    pk: UUID
    who: Any
    locality: UUID | None
    days: int | None


def days_to_answer() -> DaysReport:
    """The report. 3 queries."""
    rows = _answers()
    names: dict[Any, str] = dict(
        Area.objects.filter(pk__in={row.locality for row in rows if row.locality}).values_list("pk", "name")
    )
    places = _by_locality(rows)
    # Two tables, because nobody is shown the sum of those told and those who wait.
    told, waiting = (_table(places, kind) for kind in (TOLD, WAITING))
    localities = [
        DaysRow(
            place, names.get(place, "Not known where"), told.cells[place], waiting.cells[place],
            _middle(of, told.cells[place]),
        )
        for place, of in places.items()
    ]  # fmt: skip
    whole = DaysRow(None, "The whole council", told.total, waiting.total, _middle(rows, told.total))
    return DaysReport(last_month_end(), whole, sorted(localities, key=lambda row: row.name), _by_community(rows))


def _table(places: Mapping[Any, list[_One]], kind: str) -> Table[Any]:
    return table({place: len(_who(of, kind)) for place, of in places.items()})


def _answers() -> list[_One]:
    """Every answer that was told or waited at the end of the last month, but those about restricted contacts. What was
    excused since waited then; whoever was erased waits no more."""
    until, began = last_month_end(), month_began()
    rows = Telling.objects.filter(
        still("decision__withdrawn_at"), still("outcome__withdrawn_at"), still("outcome__decision__withdrawn_at"),
        points__event__restricted=False, due_since__lte=until,
    )  # fmt: skip
    rows = rows.exclude(state=State.EXCUSED, modified_at__lt=began).order_by().distinct()
    found = []
    told = rows.values_list("pk", "to_kind", "person", "organisation", "locality", "said_on", "told_on", "state")
    for pk, kind, person, group, place, said_on, told_on, state in told:
        days = None
        if state == State.TOLD and told_on is not None and told_on <= until:
            days = (told_on - said_on).days
        if days is not None or person or kind != ToWhom.PERSON:
            found.append(_One(pk, person or group or pk, place, days))
    return found


def _by_locality(rows: Iterable[_One]) -> dict[UUID | None, list[_One]]:
    places: dict[UUID | None, list[_One]] = defaultdict(list)
    for row in rows:
        places[row.locality].append(row)
    return dict(places)


def _who(rows: Iterable[_One], kind: str) -> set[Any]:
    return {row.who for row in rows if (row.days is None) == (kind == WAITING)}


def _middle(rows: Iterable[_One], told: Figure) -> int | None:
    """The median of the days; None where so few were told that it would be somebody's own."""
    days = [row.days for row in rows if row.days is not None]
    return None if told.is_hidden or not days else round(median(days))


def _by_community(rows: list[_One]) -> list[DaysRow]:
    """By the communities of the contacts where it was said. They overlap: no total stands beside them."""
    by_key = {row.pk: row for row in rows}
    pairs = (
        Reach.objects.filter(event__points__tellings__in=list(by_key), community__isnull=False)
        .order_by().values_list("community", "event__points__tellings").distinct()
    )  # fmt: skip
    found: Mapping[UUID, list[_One]] = defaultdict(list)
    for community, telling in pairs:
        if telling in by_key:
            found[community].append(by_key[telling])
    names = dict(Community.objects.filter(pk__in=list(found)).values_list("pk", "name"))
    made = []
    for pk, of in found.items():
        told, waiting = figure(len(_who(of, TOLD))), figure(len(_who(of, WAITING)))
        made.append(DaysRow(pk, names[pk], told, waiting, _middle(of, told)))
    return sorted(made, key=lambda row: row.name)
