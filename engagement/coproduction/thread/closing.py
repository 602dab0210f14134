"""A project cannot close without telling people: what is asked of its decisions and of who is due an answer."""

from __future__ import annotations

from collections.abc import Iterator

from crm.base.rules import Blocker
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import ThemePoint

NOTHING_DECIDED = Blocker(
    "nothing_decided", "People told us things and nothing is decided. Record what was decided, also where it is no"
)


def untold_in(project: Project) -> Iterator[Blocker]:
    """Why people do not know yet what came of it. 3 queries."""
    decisions = list(Decision.objects.standing().filter(project=project).values_list("pk", flat=True))
    if not decisions and ThemePoint.objects.standing().filter(theme__projects=project).exists():
        yield NOTHING_DECIDED
    waiting = Telling.objects.untold().of_decisions(decisions).count() if decisions else 0
    if waiting:
        due = "1 answer is" if waiting == 1 else f"{waiting} answers are"
        yield Blocker("people_untold", f"{due} still due. Tell people what came of it, or say why not")
