"""How far what people asked for has got: heard, themed, decided, something recorded, told; for the council, each
locality and each project.

Read from what was counted when the last month was over (`telling.reports.monthly`): "You said, we did" tells two of the
same numbers. There is no choice of period: two periods beside each other would give a few away. Every locality and
project stands there, also where nobody said anything: a row that appears would tell that somebody did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm.areas.models import Area
from crm.counting.batches import ELSEWHERE, Counts, roughly
from crm.counting.figures import Figure, figure, percent
from crm.counting.releases import released
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.reports.monthly import FAR, FROM_SAID_TO_TOLD
from engagement.coproduction.telling.reports.reached import STEPS
from engagement.coproduction.telling.reports.you_said import ELSEWHERE_NAME

WORDS = {
    "heard": "Heard", "themed": "In a theme", "decided": "Decided", "changed": "Outcome recorded", "told": "Told",
}  # fmt: skip
COUNCIL, LOCALITY, PROJECT = "council", "locality", "project"


@dataclass(frozen=True)
class Line:
    """One row: whom it is about, and how many points got at least to each step; of a project roughly, because a point
    may be in several."""

    about: str
    pk: UUID | None
    name: str
    steps: Mapping[str, Figure]

    @property
    def is_rough(self) -> bool:
        """Whether its numbers stand for many: "about"."""
        return self.about == PROJECT

    def share(self, step: str) -> int | None:
        """Of those heard, how many got there, in whole percent; None where either is hidden, or both are rough."""
        return None if self.is_rough else percent(self.steps[step], self.steps["heard"])

    @property
    def cells(self) -> list[tuple[str, Figure, int | None]]:
        """Words, figure and share of each step, in order."""
        return [(WORDS[step], self.steps[step], self.share(step)) for step in STEPS]


@dataclass(frozen=True)
class HowFar:
    """The table. `until` is the day whose end it tells; None until a first month was counted."""

    until: date | None
    lines: Sequence[Line]


def how_far() -> HowFar:
    """The council, then each locality by name and all other places together, then each project, newest first.
    3 queries."""
    release = released(FROM_SAID_TO_TOLD)
    places, projects = (
        {key: FAR.shown(row) for key, row in (release.told[name] if release else {}).items()}
        for name in ("places", "projects")
    )
    nobody = FAR.nobody
    lines = [Line(COUNCIL, None, "The whole council", _figures(FAR.total(places.values())))]
    for pk, name in Area.objects.localities().order_by("name").values_list("pk", "name"):
        lines.append(Line(LOCALITY, pk, name, _figures(places.get(str(pk), nobody))))
    lines.append(Line(LOCALITY, None, ELSEWHERE_NAME, _figures(places.get(ELSEWHERE, nobody))))
    for pk, name in Project.objects.order_by("-opened_on", "-id").values_list("pk", "name"):
        rough = {step: Figure(roughly(number)) for step, number in projects.get(str(pk), nobody).items()}
        lines.append(Line(PROJECT, pk, name, rough))
    return HowFar(release.until if release else None, lines)


def _figures(counts: Counts) -> dict[str, Figure]:
    return {step: figure(counts[step]) for step in STEPS}
