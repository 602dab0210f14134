"""How far each point that asks for something has got, as it stood at the end of the last month.

One report stands behind the table "From said to told" and behind what is told in public (`monthly`): two that count the
same would one day disagree. Points of restricted contacts are never counted; each point is taken for a person. No page
reads this: pages read what was released.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

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


def points_of_projects() -> dict[UUID, set[UUID]]:
    """Project → the points in its themes or answered by its decisions, at the end of the last month. 2 queries."""
    found: dict[UUID, set[UUID]] = {}
    gathered = ThemePoint.objects.filter(standing_on(last_month_end()), theme__projects__isnull=False)
    decided = answered().filter(decision__project__isnull=False)
    for project, point in gathered.values_list("theme__projects", "point"):
        found.setdefault(project, set()).add(point)
    for project, point in decided.values_list("decision__project", "point"):
        found.setdefault(project, set()).add(point)
    return found
