"""Who takes part, as far as the reader may see them; and why people left, through the suppressor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from crm.base.actors import Actor
from crm.counting.figures import Figure, table
from engagement.coproduction.projects.models import Project, ProjectPerson


@dataclass(frozen=True)
class Leavers:
    """Why people left: words and figure of each reason, and all of them."""

    lines: list[tuple[str, Figure]]
    total: Figure


def people_in(project: Project, *, reader: Actor, today: date) -> list[ProjectPerson]:
    """Those who take part or took part and whom the reader may see, those who left last."""
    rows = ProjectPerson.objects.visible_to(reader).filter(project=project).for_list()
    return sorted(rows, key=lambda row: (row.last_day is not None and row.last_day <= today, row.first_day))


def leavers_of(project: Project) -> Leavers | None:
    """Everybody who left, whoever may see them; None where nobody has. 1 query."""
    rows = ProjectPerson.objects.filter(project=project, last_day__isnull=False)
    counts = Counter(rows.values_list("left_because", flat=True))
    if not counts:
        return None
    shown = table({reason.label: counts[reason.value] for reason in ProjectPerson.Left if counts[reason.value]})
    return Leavers(list(shown.cells.items()), shown.total)
