"""Who raised a theme, as it was known on a day: points, kinds, communities, localities, directly or through whom.

Points are counted as they are, for colleagues who meet people (others: `hidden`); people leave only through the
suppressor. Restricted contacts are never counted, because
only their named readers may know of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from crm.counting.figures import Figure, figure
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.coproduction.themes.reports.nesting import lying_in
from engagement.log.models import Point, Reach


@dataclass(frozen=True)
class Named:
    """Something points are counted by: its id (None: not known), its name, and how many points."""

    pk: UUID | None
    name: str
    points: int


@dataclass(frozen=True)
class Figures:
    """The figures of a theme with all that lay in it at the end of a day.

    `asking` are the points that ask for something: a concern, an idea, a question or a plain request, not praise.
    Communities overlap, so their points are not to be added up. `people` are the different people who raised a point;
    it is told for today alone (None otherwise): two days beside each other could give one person away.
    """

    as_known_on: date
    points: int
    asking: int
    kinds: Sequence[tuple[str, str, int]]
    communities: Sequence[Named]
    localities: Sequence[Named]
    direct: int
    through: Sequence[Named]
    since: date | None
    latest: date | None
    people: Figure | None


@dataclass(frozen=True)
class Row:
    """What is counted of one point."""

    point: UUID
    kind: str
    event: UUID
    on: date
    locality: tuple[UUID | None, str]
    through: tuple[UUID | None, str]
    raiser: Any


ASKING = frozenset({Point.Kind.ASK, Point.Kind.CONCERN, Point.Kind.IDEA, Point.Kind.QUESTION})


def figures_of(theme: Theme, day: date) -> Figures:
    """Count it. 3 queries, however many points."""
    inside = lying_in([theme.pk], day)[theme.pk]
    by_theme = rows_of(inside, day)
    rows = {row.point: row for found in by_theme.values() for row in found}
    points = list(rows.values())
    kinds = Counter(row.kind for row in points)
    through = Counter(row.through for row in points if row.through[0])
    return Figures(
        as_known_on=day,
        points=len(points),
        asking=sum(number for kind, number in kinds.items() if kind in ASKING),
        kinds=[(kind.value, kind.label, kinds[kind.value]) for kind in Point.Kind if kinds[kind.value]],
        communities=communities_of(points),
        localities=_most_first(Counter(row.locality for row in points)),
        direct=sum(1 for row in points if not row.through[0]),
        through=_most_first(through),
        since=min((row.on for row in points), default=None),
        latest=max((row.on for row in points), default=None),
        people=_people(theme.pk, by_theme) if day == timezone.localdate() else None,
    )


def rows_of(themes: Collection[UUID], day: date) -> dict[UUID, list[Row]]:
    """Theme → its points on the day. 1 query."""
    found: dict[UUID, list[Row]] = {}
    rows = ThemePoint.objects.on(day).countable().filter(theme__in=themes)
    names = (
        "theme_id", "point_id", "point__kind", "point__event_id", "point__event__occurred_on",
        "point__event__locality_id", "point__event__locality__name", "point__through_id", "point__through__name",
        "point__raised_by_id", "point__raised_by__person_id",
    )  # fmt: skip
    for theme, point, kind, event, on, place, place_name, group, group_name, raised, person in rows.values_list(*names):
        where = (place, place_name or "Locality not known")
        found.setdefault(theme, []).append(
            Row(point, kind, event, on, where, (group, group_name or ""), person or raised)
        )
    return found


def communities_of(points: Sequence[Row]) -> list[Named]:
    """How many points come from contacts that reached each community, also through a group; and how many from none
    that was named."""
    events = {row.event for row in points}
    reached: dict[UUID, set[tuple[UUID | None, str]]] = {}
    rows = Reach.objects.filter(event__in=events, community__isnull=False)
    for event, pk, name in rows.values_list("event_id", "community_id", "community__name"):
        reached.setdefault(event, set()).add((pk, name))
    counted: Counter[tuple[UUID | None, str]] = Counter()
    for row in points:
        counted.update(reached.get(row.event) or {(None, "No community named")})
    return _most_first(counted)


def _most_first(counted: Counter[tuple[UUID | None, str]]) -> list[Named]:
    named = [Named(pk, name, number) for (pk, name), number in counted.items()]
    return sorted(named, key=lambda one: (one.pk is None, -one.points, one.name))


def _people(theme: UUID, by_theme: dict[UUID, list[Row]]) -> Figure:
    """The different people, hidden too where the themes inside would leave few when they are taken away."""
    of = {pk: {row.raiser for row in rows if row.raiser} for pk, rows in by_theme.items()}
    everybody: set[Any] = set().union(*of.values()) if of else set()
    shown = [people for pk, people in of.items() if pk != theme and len(people) >= settings.SMALL_NUMBERS_UNDER]
    taken_away = [*shown, set().union(*shown)] if shown else []
    few = any(0 < len(everybody - people) < settings.SMALL_NUMBERS_UNDER for people in taken_away)
    return Figure(None) if few else figure(len(everybody))
