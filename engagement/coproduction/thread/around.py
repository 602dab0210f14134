"""The way to the thread, on the pages of themes, projects, decisions and outcomes."""

from __future__ import annotations

from crm.base.actors import Actor
from crm.base.timeline import Card
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.thread.permissions import read_thread

LAST = 900


def _way(reader: Actor, kind: str, record: Theme | Project | Decision | Outcome) -> Card | None:
    if not read_thread(actor=reader):
        return None
    return Card("workspace/thread/card.html", {"kind": kind, "pk": record.pk}, LAST)


def way_from_theme(reader: Actor, theme: Theme) -> Card | None:
    """On the page of a theme."""
    return _way(reader, "theme", theme)


def way_from_project(reader: Actor, project: Project) -> Card | None:
    """On the page of a project."""
    return _way(reader, "project", project)


def way_from_decision(reader: Actor, decision: Decision) -> Card | None:
    """On the page of a decision."""
    return _way(reader, "decision", decision)


def way_from_outcome(reader: Actor, outcome: Outcome) -> Card | None:
    """On the page of an outcome."""
    return _way(reader, "outcome", outcome)
