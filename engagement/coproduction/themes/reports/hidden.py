"""The figures of a theme for colleagues who count or publish and meet nobody.

Whoever meets people knows of every contact that it was held, with whom and about what, so the numbers of points are no
news to them. Others read them as anyone outside would: each point is taken for a person, small numbers are hidden with
what they could be worked out from, and figures are told as of the end of a month, because two days beside each other
would tell who spoke between them. Of a theme with others inside only the whole is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.counting.figures import Figure, tied
from crm.counting.months import last_month_end
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.figures import ASKING, Figures, Row, communities_of, figures_of, rows_of
from engagement.coproduction.themes.reports.nesting import lying_in

Key = tuple[UUID | None, str]


@dataclass(frozen=True)
class Shown:
    """A community, locality or group with what may be shown of its points."""

    pk: UUID | None
    name: str
    points: Figure


@dataclass(frozen=True)
class HiddenFigures:
    """What may be shown. The lists are empty where other themes lie inside."""

    as_known_on: date
    points: Figure
    asking: Figure
    direct: Figure
    communities: Sequence[Shown] = field(default_factory=list)
    localities: Sequence[Shown] = field(default_factory=list)
    through: Sequence[Shown] = field(default_factory=list)


def counts_exactly(reader: Actor) -> bool:
    """Whether this colleague reads points counted as they are."""
    return holds(reader, FIELD_ROLES)


def ends_a_month(day: date) -> bool:
    """Whether it is the last day of a month that is over."""
    return (day + timedelta(days=1)).day == 1 and day <= last_month_end()


def figures_for(theme: Theme, day: date, *, reader: Actor) -> Figures | HiddenFigures:
    """The figures as this reader may have them."""
    return figures_of(theme, day) if counts_exactly(reader) else hidden_figures(theme, day)


def hidden_figures(theme: Theme, day: date) -> HiddenFigures:
    """Count and hide. 3 queries, however many points."""
    by_theme = rows_of(lying_in([theme.pk], day)[theme.pk], day)
    points = {row.point: row for found in by_theme.values() for row in found}
    inside = [{row.point for row in found} for pk, found in by_theme.items() if pk != theme.pk]
    if inside:
        away = [*inside, set().union(*inside)]
        few = any(0 < len(points.keys() - one) < settings.SMALL_NUMBERS_UNDER for one in away)
        whole = tied({"all": len(points)}, [], also_hidden=["all"] if few else [])["all"]
        return HiddenFigures(day, whole, Figure(None), Figure(None))
    return _alone(day, list(points.values()))


def _alone(day: date, rows: list[Row]) -> HiddenFigures:
    """A theme that nothing lies in: every way of dividing it adds up to the whole, and what is left of it is a figure
    too."""
    counts: dict[Any, int] = {"all": len(rows)}
    sums: list[tuple[Any, list[Any]]] = []
    asking = sum(row.kind in ASKING for row in rows)
    _divide(counts, sums, {"asking": asking, "praise": len(rows) - asking})
    places, groups = Counter(row.locality for row in rows), Counter(row.through for row in rows)
    _divide(counts, sums, {("locality", key): number for key, number in places.items()})
    _divide(counts, sums, {("through", key): number for key, number in groups.items()})
    reached = {(one.pk, one.name): one.points for one in communities_of(rows)}
    for key, number in reached.items():
        _divide(counts, sums, {("community", key): number, ("others", key): len(rows) - number})
    shown = tied(counts, sums)

    def part(kind: str, names: Sequence[Key]) -> list[Shown]:
        return [Shown(*key, shown[kind, key]) for key in sorted(names, key=lambda one: (one[0] is None, one[1]))]

    through = [key for key in groups if key[0]]
    nobody = next((shown["through", key] for key in groups if not key[0]), Figure(None))
    return HiddenFigures(
        day, shown["all"], shown.get("asking", Figure(None)), nobody,
        part("community", list(reached)), part("locality", list(places)), part("through", through),
    )  # fmt: skip


def _divide(counts: dict[Any, int], sums: list[tuple[Any, list[Any]]], parts: dict[Hashable, int]) -> None:
    """Parts that add up to the whole; a part that is nobody is no figure."""
    there = {key: number for key, number in parts.items() if number}
    counts |= there
    sums.append(("all", list(there)))
