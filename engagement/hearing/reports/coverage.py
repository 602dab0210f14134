"""Coverage: for each community in each locality, which champions stand for it, beside how long it was not heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.areas.models import Area
from crm.champions.models import Appointment
from crm.communities.models import Community, CommunityLink
from engagement.hearing.reports.quiet import Hearing, hearings


@dataclass(frozen=True)
class Stand:
    """One champion in a cell: for the community by name, for one it lies in (`through`), or for everybody."""

    appointment: Appointment
    through: str = ""

    @property
    def words(self) -> str:
        """Like "Shazia Mahmood, until 3 January 2027"."""
        ends = f", {self.appointment.days_left} days left" if self.appointment.is_ending else ""
        ends = ", last day today" if self.appointment.days_left == 0 else ends
        return f"{self.appointment.name}{f' (for {self.through})' if self.through else ''}{ends}"


@dataclass(frozen=True)
class CoverageCell:
    """A community in a locality: who stands for it, or for one it lies in, by name, and who for everybody there."""

    hearing: Hearing
    named: Sequence[Stand]
    for_everybody: Sequence[Stand]

    @property
    def is_missing(self) -> bool:
        """Whether nobody stands for it by name."""
        return not self.named

    @property
    def is_nobody(self) -> bool:
        """Whether nobody stands at all, not even for everybody."""
        return not self.named and not self.for_everybody

    @property
    def is_ending(self) -> bool:
        """Whether everybody who stands by name goes within 90 days."""
        return bool(self.named) and all(stand.appointment.is_ending for stand in self.named)

    @property
    def is_gap(self) -> bool:
        """Nobody by name, and the community is quiet where somebody expects its voice: who to look for first."""
        return self.is_missing and self.hearing.stands_out

    @property
    def state(self) -> str:
        """One of nobody, everybody, ending, stands."""
        if self.is_nobody:
            return "nobody"
        if self.is_missing:
            return "everybody"
        return "ending" if self.is_ending else "stands"


STATES = {
    "nobody": "Nobody stands for them",
    "everybody": "Only somebody who stands for everybody",
    "ending": "Those who stand all go within 90 days",
    "stands": "Somebody stands for them",
}


@dataclass(frozen=True)
class Place:
    """A locality with a cell for each community."""

    locality: Area
    cells: Sequence[CoverageCell]

    @property
    def quiet(self) -> list[CoverageCell]:
        """Those not heard for longer than planned, where somebody expects their voice."""
        return [cell for cell in self.cells if cell.hearing.stands_out]

    @property
    def others(self) -> list[CoverageCell]:
        """All the rest."""
        return [cell for cell in self.cells if not cell.hearing.stands_out]

    @property
    def without(self) -> int:
        """For how many of the rest nobody stands by name."""
        return sum(cell.is_missing for cell in self.others)


def cover(localities: Sequence[Area] | None = None, *, today: date | None = None) -> list[CoverageCell]:
    """Every community in every locality of today, or in these. 7 queries, whatever the size."""
    today = today or timezone.localdate()
    rows = hearings(localities=localities, today=today)
    standing: dict[Any, list[tuple[Appointment, list[Community]]]] = {}
    for appointment in Appointment.objects.standing(today).for_list():  # each asked once, not once for every cell
        standing.setdefault(appointment.locality_id, []).append((appointment, list(appointment.communities.all())))
    ancestors: dict[UUID, set[UUID]] = {}
    for inner, outer in CommunityLink.objects.values_list("descendant_id", "ancestor_id"):
        ancestors.setdefault(inner, set()).add(outer)
    return [
        _cell(row, standing.get(row.locality.pk, []), ancestors.get(row.community.pk, {row.community.pk}))
        for row in rows
        if row.locality is not None
    ]


def _cell(row: Hearing, standing: Sequence[tuple[Appointment, list[Community]]], lies_in: set[UUID]) -> CoverageCell:
    """`standing` are those of the cell's locality, each with their communities."""
    named, everybody = [], []
    for appointment, communities in standing:
        if not communities:
            everybody.append(Stand(appointment, "everybody"))
        elif any(one.pk == row.community.pk for one in communities):
            named.append(Stand(appointment))
        elif wider := next((one.name for one in communities if one.pk in lies_in), ""):
            named.append(Stand(appointment, wider))
    return CoverageCell(row, named, everybody)


def by_locality(cells: Sequence[CoverageCell]) -> list[Place]:
    """The grid, one locality after the other, each community in it by name: the quiet ones first."""
    found: dict[Any, list[CoverageCell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.hearing.community.name):
        found.setdefault(cell.hearing.locality, []).append(cell)
    return [Place(locality, many) for locality, many in sorted(found.items(), key=lambda pair: pair[0].name)]


def gaps(cells: Sequence[CoverageCell]) -> list[CoverageCell]:
    """Where to look for somebody first: nobody at all before somebody for everybody, then the longest unheard."""
    found = [cell for cell in cells if cell.is_gap]
    far = 10**6  # days: never heard
    return sorted(
        found,
        key=lambda cell: (
            not cell.is_nobody,
            -(far if cell.hearing.days is None else cell.hearing.days),
            cell.hearing.community.name,
            str(cell.hearing.locality),
        ),
    )


def going(cells: Sequence[CoverageCell]) -> list[CoverageCell]:
    """Communities that nobody will stand for in 90 days, the soonest first."""
    ending = [cell for cell in cells if cell.is_ending]
    return sorted(ending, key=lambda cell: max(stand.appointment.last_day or date.max for stand in cell.named))
