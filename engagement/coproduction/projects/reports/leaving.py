"""Why people left projects is counted here, once for each month that is over; pages read what was released
(`people`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from crm.counting.batches import Shape
from crm.counting.months import last_month_end
from crm.counting.releases import Told
from engagement.coproduction.projects.models import ProjectPerson

WHY_LEFT = "why people left projects"
PEOPLE = "people"
ALONE = Shape((PEOPLE,))


def count_leavers(last: Told | None) -> Told:
    """Project → reason → how many left for it, those of rare reasons together. Somebody who left twice is counted with
    the last reason; whoever was erased still counts. 1 query."""
    before = last or {}
    rows = ProjectPerson.objects.filter(last_day__lte=last_month_end()).order_by("last_day", "id")
    reasons: dict[str, dict[Any, str]] = defaultdict(dict)
    for pk, project, person, because in rows.values_list("pk", "project", "person", "left_because"):
        reasons[str(project)][person or pk] = because
    now = {
        project: {reason: {PEOPLE: number} for reason, number in Counter(of.values()).items()}
        for project, of in reasons.items()
    }
    return {project: ALONE.next_rows(before.get(project, {}), now.get(project, {})) for project in {**before, **now}}
