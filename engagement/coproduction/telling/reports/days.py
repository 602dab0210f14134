"""How long answers take: days from what somebody said to the answer, by community and locality.

Read from what was counted when the last month was over (`waited`): whoever looks before and after one answer sees the
same, and two months beside each other tell of no few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.batches import ELSEWHERE, roughly
from crm.counting.figures import Figure, figure
from crm.counting.releases import released
from engagement.coproduction.telling.reports.waited import EACH, HOW_LONG, NOTHING, TOLD, WAITING
from engagement.coproduction.telling.reports.you_said import ELSEWHERE_NAME


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
    """All of the council, each of its localities, and the communities of the meetings where it was said as far as they
    may be shown, roughly: somebody may be in several. `hidden` are the other communities of the council's list, whether
    anybody spoke there or not. `until` is the day whose end it tells; None until a first month was counted."""

    until: date | None
    whole: DaysRow
    localities: Sequence[DaysRow]
    communities: Sequence[DaysRow]
    hidden: int

    @property
    def most(self) -> int:
        """The longest of the bars."""
        rows = [self.whole, *self.localities, *self.communities]
        return max((row.days or 0 for row in rows), default=0)


def days_to_answer() -> DaysReport:
    """The report. 3 queries."""
    release = released(HOW_LONG)
    told = release.told if release else NOTHING
    places, of_communities = (
        {key: EACH.shown(row) for key, row in told[kind].items()} for kind in ("places", "communities")
    )
    days = told["days"]
    names = [*Area.objects.localities().order_by("name").values_list("pk", "name"), (None, ELSEWHERE_NAME)]
    localities = [
        _row(pk, name, places.get(str(pk or ELSEWHERE), EACH.nobody), days["places"].get(str(pk or ELSEWHERE)))
        for pk, name in names
    ]
    listed = list(Community.objects.filter(merged_into=None).order_by("name").values_list("pk", "name"))
    communities = [
        _row(pk, name, of_communities[str(pk)], days["communities"].get(str(pk)), show=_roughly)
        for pk, name in listed
        if of_communities.get(str(pk), EACH.nobody) != EACH.nobody
    ]
    whole = _row(None, "The whole council", EACH.total(places.values()), days["council"])
    hidden = len(listed) - len(communities)
    return DaysReport(release.until if release else None, whole, localities, communities, hidden)


def _roughly(count: int) -> Figure:
    return Figure(roughly(count))


def _row(
    pk: UUID | None, name: str, counts: dict[str, Any], days: int | None, show: Callable[[int], Figure] = figure
) -> DaysRow:
    return DaysRow(pk, name, show(counts[TOLD]), show(counts[WAITING]), days if counts[TOLD] else None)
