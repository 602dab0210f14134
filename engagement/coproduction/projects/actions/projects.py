"""Co-production projects: opened with a level declared beforehand, changed, moved on, closed once people were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from crm.base.tables import Line
from crm.communities.models import Community
from engagement.coproduction.projects.details import LevelDetails, ProjectDetails
from engagement.coproduction.projects.models import LevelDeclared, Project, ProjectStage, Rung, Stage
from engagement.coproduction.projects.permissions import projects as permissions
from engagement.coproduction.projects.rules import lists
from engagement.coproduction.projects.rules import projects as rules

WORDS = ("name", "question", "can_change", "cannot_change")
PLAIN = ("budget_open", "locality", "ends_by")
LINKS = ("themes", "communities", "organisations", "panels", "forums")


@action(permissions.load_ladder)
def load_ladder(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the rungs that are not there yet; what the council reworded stays. Returns how many were added: none the
    second time. Raises `InputBlocked` with every mistake and its line."""
    refuse_input_if(lists.blockers_to_ladder(lines))
    known = set(Rung.objects.values_list("key", flat=True))
    plain = ("key", "name", "promise", "felt_words", "source")
    new = [
        Rung(position=int(line["position"]), **{name: line[name] for name in plain})
        for line in lines
        if line["key"] not in known
    ]
    write_new(new, verb=Verb.RUNG_LOADED)
    return len(new)


@action(permissions.open_project)
def open_project(*, actor: User, details: ProjectDetails, level: LevelDetails) -> Project:
    """Open a project with the level of participation declared before anybody takes part. Raises `InputBlocked` with
    every reason at once."""
    refuse_input_if([*rules.blockers_to_keeping(details), *rules.blockers_to_declaring(level.rung)])
    assert level.rung is not None
    today = timezone.localdate()
    project = Project(owner=details.owner or actor, opened_on=today, level=level.rung, level_declared_on=today)
    write(_filled(project, details), verb=Verb.PROJECT_OPENED)
    _link(project, details)
    attach([LevelDeclared(project=project, rung=level.rung, declared_on=today, declared_by=actor)])
    attach([ProjectStage(project=project, stage=project.stage, since=project.opened_on, moved_by=actor)])
    return project


@action(permissions.change_project)
def change_project(
    *, actor: User, project: Project, details: ProjectDetails, expected_version: int | None = None
) -> Project:
    """Put a project right: all but its level and stage. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(project, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_keeping(details, besides=fresh))
    _filled(fresh, details)
    return write(fresh, verb=Verb.PROJECT_CHANGED, linked=_link(fresh, details))


def _filled(project: Project, details: ProjectDetails) -> Project:
    for name in WORDS:
        setattr(project, name, getattr(details, name).strip())
    for name in PLAIN:
        setattr(project, name, getattr(details, name))
    project.owner = details.owner or project.owner
    project.opened_on = details.opened_on or project.opened_on
    return project


def _link(project: Project, details: ProjectDetails) -> dict[str, tuple[Any, Any]]:
    linked: dict[str, tuple[Any, Any]] = {}
    for name in LINKS:
        linked |= set_links(project, name, getattr(details, name))
    return linked


@action(permissions.declare_level)
def declare_level(
    *, actor: User, project: Project, details: LevelDetails, expected_version: int | None = None
) -> Project:
    """Declare another level, with the reason; the one before stays readable. Not once people were asked how it felt.
    Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(project, expected_version=expected_version)
    refuse_if(rules.blockers_to_another_level(fresh))
    refuse_input_if(rules.blockers_to_declaring_again(fresh, details))
    assert details.rung is not None
    today = timezone.localdate()
    told = LevelDeclared(
        project=fresh, rung=details.rung, declared_on=today, reason=details.reason.strip(), declared_by=actor
    )
    attach([told])
    fresh.level, fresh.level_declared_on = details.rung, today
    return write(fresh, verb=Verb.LEVEL_DECLARED)


@action(permissions.move_project)
def move_project(
    *, actor: User, project: Project, stage: str, words: str = "", expected_version: int | None = None
) -> Project:
    """It came to another stage today, forwards or back. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(project, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_moving(fresh, stage))
    moved = ProjectStage(
        project=fresh, stage=Stage(stage), since=timezone.localdate(), words=words.strip(), moved_by=actor
    )
    attach([moved])
    fresh.stage = stage
    return write(fresh, verb=Verb.PROJECT_MOVED)


@action(permissions.close_project)
def close_project(*, actor: User, project: Project, words: str, expected_version: int | None = None) -> Project:
    """Close a project, with how it ended. Refused while people are untold. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(project, expected_version=expected_version)
    refuse_if(rules.blockers_to_closing(fresh))
    refuse_input_if(rules.ending_missing(words))
    fresh.closed_on, fresh.closed_words = timezone.localdate(), words.strip()
    return write(fresh, verb=Verb.PROJECT_CLOSED)


def carry_projects_over(community: Community, into: Community) -> None:
    """Projects that concern a community concern the one that stays; part of `merge_community`."""
    for project in Project.objects.filter(communities=community):
        wanted = {*project.communities.exclude(pk=community.pk), into}
        write(project, verb=Verb.PROJECT_CHANGED, linked=set_links(project, "communities", wanted))
