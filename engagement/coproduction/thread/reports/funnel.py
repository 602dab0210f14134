"""How far what people asked for has got: heard, themed, decided, something recorded, told; for the council, each
locality and each project.

Counted are points that ask for something, as it stood at the end of the last month (`telling.reports.reached`). There
is no choice of period: two periods beside each other would give a few away. Every locality stands there, also where
nobody said anything: a row that appears would tell that somebody did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.areas.models import Area
from crm.counting.figures import Figure, percent
from crm.counting.months import last_month_end
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.reports.reached import (
    ALL,
    STEPS,
    Asked,
    alone,
    answered,
    asked_points,
    by_place,
)
from engagement.coproduction.themes.models import ThemePoint, standing_on

WORDS = {
    "heard": "Heard", "themed": "In a theme", "decided": "Decided", "changed": "Outcome recorded", "told": "Told",
}  # fmt: skip
COUNCIL, LOCALITY, PROJECT = "council", "locality", "project"


@dataclass(frozen=True)
class Line:
    """One row: whom it is about, and how many points got at least to each step."""

    about: str
    pk: UUID | None
    name: str
    steps: Mapping[str, Figure]

    def share(self, step: str) -> int | None:
        """Of those heard, how many got there, in whole percent; None where either is hidden."""
        return percent(self.steps[step], self.steps["heard"])

    @property
    def cells(self) -> list[tuple[str, Figure, int | None]]:
        """Words, figure and share of each step, in order."""
        return [(WORDS[step], self.steps[step], self.share(step)) for step in STEPS]


def how_far() -> list[Line]:
    """The council, then each locality by name, then each project, newest first. 4 queries."""
    points = asked_points()
    names = dict(Area.objects.localities().order_by("name").values_list("pk", "name"))
    shown = by_place(points)
    lines = [Line(COUNCIL, None, "The whole council", _steps(shown, ALL))]
    lines += [Line(LOCALITY, pk, name, _steps(shown, pk)) for pk, name in names.items()]
    lines.append(Line(LOCALITY, None, "Locality not known", _steps(shown, None)))
    return [*lines, *_projects(points, shown)]


def _steps(shown: Mapping[tuple[Any, str], Figure], place: Any) -> dict[str, Figure]:
    return {step: shown.get((place, step), Figure(None)) for step in STEPS}


def _projects(points: Sequence[Asked], shown: Mapping[Any, Figure]) -> list[Line]:
    """Each project alone: what it adds up hides what it must, and what would leave few of the council or of a locality
    when it is taken away is hidden too."""
    by_pk = {point.pk: point for point in points}
    lines = []
    within = _points_of_projects()
    for project in Project.objects.order_by("-opened_on", "-id").only("pk", "name"):
        mine = [by_pk[pk] for pk in within.get(project.pk, ()) if pk in by_pk]
        lines.append(Line(PROJECT, project.pk, project.name, _one_project(mine, points, shown)))
    return lines


def _points_of_projects() -> dict[UUID, set[UUID]]:
    """Project → the points in its themes or answered by its decisions, at the end of the last month."""
    found: dict[UUID, set[UUID]] = {}
    gathered = ThemePoint.objects.filter(standing_on(last_month_end()), theme__projects__isnull=False)
    decided = answered().filter(decision__project__isnull=False)
    for project, point in gathered.values_list("theme__projects", "point"):
        found.setdefault(project, set()).add(point)
    for project, point in decided.values_list("decision__project", "point"):
        found.setdefault(project, set()).add(point)
    return found


def _one_project(mine: Sequence[Asked], points: Sequence[Asked], shown: Mapping[Any, Figure]) -> dict[str, Figure]:
    return alone(mine, also_hidden=[step for step in STEPS if _leaves_few(step, mine, points, shown)])


def _leaves_few(step: str, mine: Sequence[Asked], points: Sequence[Asked], shown: Mapping[Any, Figure]) -> bool:
    """Whether the council, or a locality, less this project would leave a few."""
    ours = {point.pk for point in mine if step in point.steps}
    wholes: dict[Any, set[UUID]] = {ALL: set()}
    for point in points:
        if step in point.steps:
            wholes[ALL].add(point.pk)
            wholes.setdefault(point.locality, set()).add(point.pk)
    return any(
        0 < len(whole ^ ours) < settings.SMALL_NUMBERS_UNDER
        for place, whole in wholes.items()
        if (place, step) in shown and not shown[place, step].is_hidden
    )
