"""How far what people asked for has got: heard, themed, decided, something recorded, told; for the council, each
locality and each project.

Counted are points that ask for something, by the end of yesterday (`telling.reports.reached`). There is no choice of
period: two periods beside each other would give a few away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.areas.models import Area
from crm.counting.figures import Figure, percent
from engagement.coproduction.decisions.models import AnsweredPoint
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.reports.reached import ALL, STEPS, Asked, alone, asked_points, by_place
from engagement.coproduction.themes.models import ThemePoint

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
    known = {point.locality for point in points}
    places = [*names, None] if None in known else [*names]
    lines += [
        Line(LOCALITY, pk, names[pk] if pk else "Locality not known", _steps(shown, pk)) for pk in places if pk in known
    ]
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
    found: dict[UUID, set[UUID]] = {}
    gathered = ThemePoint.objects.standing().filter(theme__projects__isnull=False)
    answered = AnsweredPoint.objects.standing().filter(decision__project__isnull=False)
    for project, point in gathered.values_list("theme__projects", "point"):
        found.setdefault(project, set()).add(point)
    for project, point in answered.values_list("decision__project", "point"):
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
