"""How far what people asked for has got: heard, themed, decided, something recorded, told; for the council, each
locality and each project.

Counted are points that ask for something, of contacts that stand and are not restricted; each is taken for a person, so
they leave only through the suppressor. A step counts every point that got at least so far: what lies between two steps
beside each other is a sum the suppressor knows of, and so are localities and their total. There is no choice of period:
two periods beside each other would give a few away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef

from crm.areas.models import Area
from crm.counting.figures import Figure, percent, tied
from engagement.coproduction.decisions.models import AnsweredPoint, Outcome
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import ThemePoint
from engagement.coproduction.themes.reports.figures import ASKING
from engagement.log.models import Point

STEPS = ("heard", "themed", "decided", "changed", "told")
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


@dataclass(frozen=True)
class _Asked:
    """A point that asks for something: where it was said, and how far it got (its place in STEPS)."""

    pk: UUID
    locality: UUID | None
    reached: int


def how_far() -> list[Line]:
    """The council, then each locality by name, then each project, newest first. 4 queries."""
    points = _points()
    names = dict(Area.objects.localities().order_by("name").values_list("pk", "name"))
    shown = _by_locality(points)
    lines = [Line(COUNCIL, None, "The whole council", _steps(shown, "all"))]
    places = [*names, None] if any(point.locality is None for point in points) else [*names]
    known = {point.locality for point in points}
    lines += [
        Line(LOCALITY, pk, names[pk] if pk else "Locality not known", _steps(shown, pk)) for pk in places if pk in known
    ]
    return [*lines, *_projects(points, shown)]


def _points() -> list[_Asked]:
    point = OuterRef("pk")
    answered = AnsweredPoint.objects.standing().filter(point=point)
    outcomes = Outcome.objects.standing().filter(decision__answered__point=point, decision__answered__until=None)
    told = Telling.points.through.objects.filter(point_id=point, telling__state=Telling.State.TOLD)
    rows = Point.objects.standing().filter(kind__in=ASKING, event__restricted=False).order_by()
    rows = rows.annotate(
        themed=Exists(ThemePoint.objects.filter(point=point, until=None)),
        decided=Exists(answered), changed=Exists(outcomes), told=Exists(told),
    )  # fmt: skip
    names = ("pk", "event__locality", *STEPS[1:])
    return [_Asked(pk, place, _reached(flags)) for pk, place, *flags in rows.values_list(*names)]


def _reached(flags: Sequence[bool]) -> int:
    """The furthest step: whoever was told got as far as that, also where a step between was left out."""
    return max((place for place, flag in enumerate(flags, start=1) if flag), default=0)


def _by_locality(points: Iterable[_Asked]) -> dict[Any, Figure]:
    """(place, step) → how many got at least there; `all` for the whole council."""
    here = Counter((point.locality, point.reached) for point in points)
    places = list(dict.fromkeys(place for place, _ in here))
    counts: dict[Any, int] = {}
    sums: list[tuple[Any, list[Any]]] = []
    for place in [*places, "all"]:
        exact = [
            sum(number for (where, step), number in here.items() if step == place_ and place in (where, "all"))
            for place_ in range(len(STEPS))
        ]
        for number in range(len(STEPS)):
            counts[place, "only", number] = exact[number]
            counts[place, "least", number] = sum(exact[number:])
            sums.append(((place, "least", number), _parts_of(counts, (place,), number)))
    for number in range(len(STEPS)):
        sums += [(("all", how, number), [(place, how, number) for place in places if (place, how, number) in counts])
                 for how in ("only", "least") if ("all", how, number) in counts]  # fmt: skip
    return tied(counts, sums) if places else {}


def _parts_of(counts: dict[Any, int], place: tuple[Any, ...], number: int) -> list[Any]:
    """What got exactly so far, and what got further. Where nobody stopped there, that is no figure: two equal
    columns say nothing, because both are rounded."""
    only, beyond = (*place, "only", number), (*place, "least", number + 1)
    if not counts[only]:
        del counts[only]
    return [*([only] if only in counts else []), *([beyond] if number + 1 < len(STEPS) else [])]


def _steps(shown: Mapping[Any, Figure], place: Any) -> dict[str, Figure]:
    return {step: shown.get((place, "least", number), Figure(None)) for number, step in enumerate(STEPS)}


def _projects(points: Sequence[_Asked], shown: Mapping[Any, Figure]) -> list[Line]:
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


def _one_project(mine: Sequence[_Asked], points: Sequence[_Asked], shown: Mapping[Any, Figure]) -> dict[str, Figure]:
    here = Counter(point.reached for point in mine)
    counts: dict[Any, int] = {}
    sums: list[tuple[Any, list[Any]]] = []
    for number in range(len(STEPS)):
        counts["only", number] = here[number]
        counts["least", number] = sum(here[step] for step in range(number, len(STEPS)))
        sums.append((("least", number), _parts_of(counts, (), number)))
    away = [("least", number) for number in range(len(STEPS)) if _leaves_few(number, mine, points, shown)]
    figures = tied(counts, sums, also_hidden=away)
    return {step: figures["least", number] for number, step in enumerate(STEPS)}


def _leaves_few(number: int, mine: Sequence[_Asked], points: Sequence[_Asked], shown: Mapping[Any, Figure]) -> bool:
    """Whether the council, or a locality, less this project would leave a few."""
    ours = {point.pk for point in mine if point.reached >= number}
    wholes: dict[Any, set[UUID]] = {"all": set()}
    for point in points:
        if point.reached >= number:
            wholes["all"].add(point.pk)
            wholes.setdefault(point.locality, set()).add(point.pk)
    return any(
        0 < len(whole ^ ours) < settings.SMALL_NUMBERS_UNDER
        for place, whole in wholes.items()
        if not shown[place, "least", number].is_hidden
    )
