"""Who takes part in a project, and who left and why."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.people.models import Person
from engagement.coproduction.projects.details import LeavingDetails, PartDetails
from engagement.coproduction.projects.models import Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.rules import people as rules
from engagement.coproduction.projects.rules.projects import blockers_to_standing


@action(permissions.take_part)
def take_part(*, actor: User, project: Project, person: Person, details: PartDetails) -> ProjectPerson:
    """Somebody takes part from a day. Raises `Blocked` when the project is closed, `InputBlocked`."""
    held = lock(project)
    refuse_if(blockers_to_standing(held))
    refuse_input_if(rules.blockers_to_taking_part(held, person, details))
    first = details.first_day or timezone.localdate()
    place = ProjectPerson(project=held, person=person, part=details.part, first_day=first)
    return write(place, verb=Verb.TOOK_PART)


@action(permissions.leave_project)
def leave_project(
    *, actor: User, place: ProjectPerson, details: LeavingDetails, expected_version: int | None = None
) -> ProjectPerson:
    """They leave, with the reason they gave, in their words. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(place, expected_version=expected_version)
    last_day = details.last_day or timezone.localdate()
    refuse_if(rules.blockers_to_changing(fresh))
    refuse_input_if(rules.blockers_to_leaving(fresh, details, last_day))
    fresh.last_day, fresh.left_because, fresh.left_words = last_day, details.because, details.words.strip()
    return write(fresh, verb=Verb.LEFT_PROJECT)
