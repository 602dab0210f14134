"""How far each point that asks for something has got, and numbers of it that nobody can look behind.

One report stands behind the table "From said to told" and behind what is told in public (`public_figures`): two that
count the same would one day disagree. Points are counted as it stood at the end of the last month, so that nobody sees
one of them come, go or get further; never those of restricted contacts; each is taken for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.counting.figures import Figure, tied
from crm.counting.months import last_month_end, month_began
from engagement.coproduction.decisions.models import AnsweredPoint, Outcome
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import ThemePoint, standing_on
from engagement.coproduction.themes.reports.figures import ASKING
from engagement.log.models import Point

HEARD, THEMED, DECIDED, CHANGED, TOLD = STEPS = ("heard", "themed", "decided", "changed", "told")
# Each step with those that are parts of it. Whether something changed and whether they were told do not contain each
# other: somebody is told of a refusal, and somebody waits to hear of what changed.
WITHIN = [pair for pair in combinations(STEPS, 2) if pair != (CHANGED, TOLD)]
ALL = "all"


@dataclass(frozen=True)
class Asked:
    """A point that asks for something: where it was said, and the steps it got to."""

    pk: UUID
    locality: UUID | None
    steps: frozenset[str]


def still(field: str) -> Q:
    """What was not yet withdrawn at the end of the last month, by the moment in this field."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": month_began()})


def countable_points() -> QuerySet[Point]:
    """The points every such figure counts."""
    rows = Point.objects.filter(still("event__withdrawn_at"), event__restricted=False, created_at__lt=month_began())
    return rows.order_by()


def answered() -> QuerySet[AnsweredPoint]:
    """Which decision answered which of them at the end of the last month."""
    rows = AnsweredPoint.objects.filter(
        still("decision__withdrawn_at"), still("point__event__withdrawn_at"),
        Q(until=None) | Q(until__gt=last_month_end()), created_at__lt=month_began(),
        point__event__restricted=False, point__created_at__lt=month_began(), decision__created_at__lt=month_began(),
    )  # fmt: skip
    return rows.order_by()


def asked_points() -> list[Asked]:
    """Every point that asks for something, with how far it got. What was decided counts as in a theme, also where no
    theme was named. 1 query."""
    point, until = OuterRef("pk"), last_month_end()
    mine = answered().filter(point=point)
    outcomes = Outcome.objects.filter(
        still("withdrawn_at"), created_at__lt=month_began(),
        decision__in=answered().filter(point=OuterRef(OuterRef("pk"))).values("decision"),
    )  # fmt: skip
    told = Telling.points.through.objects.filter(
        Q(telling__outcome=None) | still("telling__outcome__withdrawn_at"),
        point_id=point, telling__state=Telling.State.TOLD, telling__told_on__lte=until,
    )  # fmt: skip
    gathered = ThemePoint.objects.filter(standing_on(until), point=point)
    rows = countable_points().filter(kind__in=ASKING).annotate(
        themed=Exists(gathered), decided=Exists(mine), changed=Exists(outcomes), told=Exists(told)
    )  # fmt: skip
    return [
        Asked(pk, place, _steps(*flags)) for pk, place, *flags in rows.values_list("pk", "event__locality", *STEPS[1:])
    ]


def _steps(themed: bool, decided: bool, changed: bool, told: bool) -> frozenset[str]:
    """Nothing is told or different of what no standing decision answers."""
    found = {HEARD: True, THEMED: themed or decided, DECIDED: decided, CHANGED: decided and changed,
             TOLD: decided and told}  # fmt: skip
    return frozenset(step for step, there in found.items() if there)


def by_place(points: Iterable[Asked]) -> dict[tuple[Any, str], Figure]:
    """(locality, step) → how many got there; `ALL` for the whole council. Localities add up to the council, and the
    difference of a step and a part of it is a figure too."""
    points = list(points)
    counts: dict[Any, int] = {}
    sums: list[tuple[Any, list[Any]]] = []
    places = list(dict.fromkeys(point.locality for point in points))
    for place in [*places, ALL]:
        steps = _counted(point for point in points if place in (point.locality, ALL))
        _put(place, steps, counts, sums)
    for key in [key for key in counts if key[0] == ALL]:
        sums.append((key, [(place, *key[1:]) for place in places if (place, *key[1:]) in counts]))
    return tied(counts, sums) if points else {}


def alone(points: Iterable[Asked], *, also_hidden: Collection[str] = ()) -> dict[str, Figure]:
    """Step → how many got there, of points that stand beside nothing they add up to."""
    counts: dict[Any, int] = {}
    sums: list[tuple[Any, list[Any]]] = []
    _put(None, _counted(points), counts, sums)
    figures = tied(counts, sums, also_hidden=[(None, step) for step in also_hidden])
    return {step: figures[None, step] for step in STEPS}


def _counted(points: Iterable[Asked]) -> Counter[str]:
    return Counter(step for point in points for step in point.steps)


def _put(place: Any, steps: Mapping[str, int], counts: dict[Any, int], sums: list[tuple[Any, list[Any]]]) -> None:
    """The steps of a place, and what got to one and not to a part of it. Where nothing stopped there that is no
    figure: two equal numbers say nothing, because both are rounded."""
    counts.update({(place, step): steps.get(step, 0) for step in STEPS})
    for whole, part in WITHIN:
        rest = steps.get(whole, 0) - steps.get(part, 0)
        parts = [(place, part)]
        if rest:
            counts[place, whole, part] = rest
            parts.append((place, whole, part))  # type: ignore[arg-type]  # the key of a difference has three
        sums.append(((place, whole), parts))
