"""A project cannot close while people's words lie unanswered: something must be decided first, also where it is no."""

from __future__ import annotations

from collections.abc import Iterator

from crm.base.rules import Blocker
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import ThemePoint

NOTHING_DECIDED = Blocker(
    "nothing_decided", "People told us things and nothing is decided. Record what was decided, also where it is no"
)


def undecided_in(project: Project) -> Iterator[Blocker]:
    """Why there is nothing to tell people yet. 2 queries."""
    decided = Decision.objects.standing().filter(project=project).exists()
    if not decided and ThemePoint.objects.standing().filter(theme__projects=project).exists():
        yield NOTHING_DECIDED
