"""Themes, projects, decisions and outcomes are found by their words, like people and groups by their names."""

from __future__ import annotations

from crm.search.registry import SearchKind, excerpt, page_of, search_kinds
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.decisions.permissions import read_decisions, read_what_changed
from engagement.coproduction.projects.models import Project
from engagement.coproduction.projects.permissions.projects import read_projects
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.permissions import read_themes


def register_kinds() -> None:
    """Put them in."""
    for kind in (THEMES, PROJECTS, DECISIONS, OUTCOMES):
        search_kinds.add(kind.name, kind)


def _decided(decision: Decision) -> str:
    stands = "Withdrawn" if decision.is_withdrawn else decision.get_answer_display()
    return f"{stands}, {decision.decided_on:%-d %B %Y}"


THEMES = SearchKind(
    name="theme",
    heading="Themes",
    model=Theme,
    permission=read_themes,
    words_of=lambda theme: theme.name,
    visible=Theme.objects.visible_to,
    title=str,
    note=lambda theme: "" if theme.state == Theme.State.OPEN else theme.get_state_display(),
    address=page_of("theme"),
    few=True,
)
PROJECTS = SearchKind(
    name="project",
    heading="Projects",
    model=Project,
    permission=read_projects,
    words_of=lambda project: f"{project.name} {project.question}",
    visible=Project.objects.visible_to,
    title=str,
    note=lambda project: "Closed" if project.closed_on else project.get_stage_display(),
    address=page_of("project"),
    prose=True,
    few=True,
)
DECISIONS = SearchKind(
    name="decision",
    heading="Decisions",
    model=Decision,
    permission=read_decisions,
    words_of=lambda decision: f"{decision.question} {decision.reason}",
    visible=Decision.objects.visible_to,
    title=lambda decision: excerpt(decision.question),
    note=_decided,
    address=page_of("decision"),
    prose=True,
    few=True,
)
OUTCOMES = SearchKind(
    name="outcome",
    heading="What is different",
    model=Outcome,
    permission=read_what_changed,
    words_of=lambda outcome: f"{outcome.words} {outcome.for_whom}",
    visible=Outcome.objects.visible_to,
    title=lambda outcome: excerpt(outcome.words),
    note=lambda outcome: "Withdrawn" if outcome.is_withdrawn else outcome.get_effect_display(),
    address=page_of("outcome"),
    prose=True,
    few=True,
)
