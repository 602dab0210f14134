"""Role models, experts by experience and lived-experience leaders: added, changed, ended, and what they influenced."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_input_if
from crm.champions import permissions, rules
from crm.champions.details import GovernanceRoleDetails
from crm.champions.models import GovernanceRole, Influence
from crm.people.models import Person


@action(permissions.add_governance_role)
def add_governance_role(*, actor: User, person: Person, details: GovernanceRoleDetails) -> GovernanceRole:
    """Say what somebody is in a body that governs. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_governing(details))
    return write(_filled(GovernanceRole(person=person), details), verb=Verb.GOVERNANCE_ROLE_ADDED)


@action(permissions.change_governance_role)
def change_governance_role(
    *, actor: User, role: GovernanceRole, details: GovernanceRoleDetails, expected_version: int | None = None
) -> GovernanceRole:
    """Change it. Raises `InputBlocked`, `Stale`."""
    fresh = lock(role, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_governing(details))
    return write(_filled(fresh, details), verb=Verb.GOVERNANCE_ROLE_CHANGED)


def _filled(role: GovernanceRole, details: GovernanceRoleDetails) -> GovernanceRole:
    assert details.first_day is not None  # the rules refused it otherwise
    role.kind, role.body = details.kind, details.body.strip()
    role.first_day, role.last_day = details.first_day, details.last_day
    return role


@action(permissions.end_governance_role)
def end_governance_role(
    *, actor: User, role: GovernanceRole, last_day: date | None, expected_version: int | None = None
) -> GovernanceRole:
    """Say until when. Raises `InputBlocked`, `Stale`."""
    fresh = lock(role, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_ending_role(fresh, last_day))
    fresh.last_day = last_day
    return write(fresh, verb=Verb.GOVERNANCE_ROLE_ENDED)


@action(permissions.note_influence)
def note_influence(
    *, actor: User, role: GovernanceRole, words: str, happened_on: date | None, expected_version: int | None = None
) -> GovernanceRole:
    """Write down something that came out differently because they spoke. Raises `InputBlocked`, `Stale`."""
    fresh = lock(role, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_influence(words, happened_on))
    line = Influence(role=fresh, happened_on=happened_on or timezone.localdate(), words=words.strip())
    attach([line])
    return write(fresh, verb=Verb.INFLUENCE_NOTED, linked={"influences": ("", line.words)})
