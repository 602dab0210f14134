"""Who may record decisions and outcomes, and put them right."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds
from crm.base.permissions import permission
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.themes.models import READERS

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})


def _keeps(actor: Actor, record: Decision | Outcome) -> bool:
    return holds(actor, KEEPERS) or actor.pk in (record.owner_id, record.recorded_by_id)


@permission("Read decisions", roles=READERS, scope="read")
def read_decisions(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes. Whose words they answer is asked of each point."""
    return True


@permission("Record a decision", roles=OFFICE_ROLES)
def record_decision(*, actor: Actor) -> bool:
    """Officers, leads and managers."""
    return True


@permission("Correct a decision", roles=OFFICE_ROLES)
def correct_decision(*, actor: Actor, decision: Decision) -> bool:
    """Who recorded it, who answers for it, leads and managers."""
    return _keeps(actor, decision)


@permission("Withdraw a decision", roles=OFFICE_ROLES)
def withdraw_decision(*, actor: Actor, decision: Decision) -> bool:
    """Who recorded it, who answers for it, leads and managers."""
    return _keeps(actor, decision)


@permission("Read what is different since", roles=READERS, scope="read")
def read_what_changed(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes."""
    return True


@permission("Record what is different since a decision", roles=OFFICE_ROLES)
def record_outcome(*, actor: Actor) -> bool:
    """Officers, leads and managers."""
    return True


@permission("Correct what is different", roles=OFFICE_ROLES)
def correct_outcome(*, actor: Actor, outcome: Outcome) -> bool:
    """Who recorded it, who answers for it, leads and managers."""
    return _keeps(actor, outcome)


@permission("Note what those who asked say about it", roles=FIELD_ROLES)
def check_outcome(*, actor: Actor) -> bool:
    """Whoever meets people."""
    return True


@permission("Call an outcome done", roles=OFFICE_ROLES)
def finish_outcome(*, actor: Actor, outcome: Outcome) -> bool:
    """Who recorded it, who answers for it, leads and managers."""
    return _keeps(actor, outcome)


@permission("Withdraw an outcome", roles=OFFICE_ROLES)
def withdraw_outcome(*, actor: Actor, outcome: Outcome) -> bool:
    """Who recorded it, who answers for it, leads and managers."""
    return _keeps(actor, outcome)
