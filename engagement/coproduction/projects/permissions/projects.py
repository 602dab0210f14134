"""Who may read, open, change and close co-production projects."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role, holds
from crm.base.permissions import permission
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import READERS


def sees(actor: Actor, project: Project) -> bool:
    """Whether this colleague may see the project."""
    return Project.objects.visible_to(actor).filter(pk=project.pk).exists()


def _answers_for(actor: Actor, project: Project) -> bool:
    return sees(actor, project) and (holds(actor, {Role.LEAD, Role.MANAGER}) or project.owner_id == actor.pk)


@permission("Read the ladder of co-production", roles=EVERYONE_ON_STAFF, scope="read")
def read_ladder(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Load the ladder of co-production from a file", roles=(), scope="admin", system=True)
def load_ladder(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True


@permission("Read co-production projects", roles=READERS, scope="read")
def read_projects(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes. Who takes part: whoever may see each person."""
    return True


@permission("Open a co-production project", roles=OFFICE_ROLES)
def open_project(*, actor: Actor) -> bool:
    """Officers, leads and managers."""
    return True


@permission("Change a co-production project", roles=OFFICE_ROLES)
def change_project(*, actor: Actor, project: Project) -> bool:
    """Who answers for it, leads and managers."""
    return _answers_for(actor, project)


@permission("Declare another level of participation", roles=OFFICE_ROLES)
def declare_level(*, actor: Actor, project: Project) -> bool:
    """Who answers for the project, leads and managers, with a reason; what was declared before stays readable."""
    return _answers_for(actor, project)


@permission("Say that a project came to another stage", roles=OFFICE_ROLES)
def move_project(*, actor: Actor, project: Project) -> bool:
    """Who answers for it, leads and managers."""
    return _answers_for(actor, project)


@permission("Close a co-production project", roles=OFFICE_ROLES)
def close_project(*, actor: Actor, project: Project) -> bool:
    """Who answers for it, leads and managers, when people were told."""
    return _answers_for(actor, project)
