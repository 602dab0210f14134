"""Who takes part, as far as the reader may see them; and why people left, as it was counted at the end of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.base.actors import Actor
from crm.counting.batches import ELSEWHERE
from crm.counting.figures import Figure, figure
from crm.counting.releases import released
from engagement.coproduction.projects.models import Project, ProjectPerson
from engagement.coproduction.projects.reports.leaving import ALONE, PEOPLE, WHY_LEFT

OTHERS = "For all reasons that few gave"


@dataclass(frozen=True)
class Leavers:
    """Why people left: words and figure of every reason, of those together that few gave, and of all."""

    lines: list[tuple[str, Figure]]
    total: Figure


def people_in(project: Project, *, reader: Actor, today: date) -> list[ProjectPerson]:
    """Those who take part or took part and whom the reader may see, those who left last."""
    rows = ProjectPerson.objects.visible_to(reader).filter(project=project).for_list()
    return sorted(rows, key=lambda row: (row.last_day is not None and row.last_day <= today, row.first_day))


def leavers_of(project: Project) -> Leavers:
    """Everybody who had left at the end of the last month, whoever may see them. All reasons stand there: one that
    appears would tell that somebody gave it. 1 query."""
    release = released(WHY_LEFT)
    rows = release.told.get(str(project.pk), {}) if release else {}
    told = {reason: ALONE.shown(row) for reason, row in rows.items()}
    reasons = [*ProjectPerson.Left.choices, (ELSEWHERE, OTHERS)]
    lines = [(words, figure(told.get(reason, ALONE.nobody)[PEOPLE])) for reason, words in reasons]
    return Leavers(lines, figure(ALONE.total(told.values())[PEOPLE]))
