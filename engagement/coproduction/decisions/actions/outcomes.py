"""Outcomes: recorded, corrected, checked by those who asked, called done, withdrawn."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from engagement.coproduction.decisions import permissions
from engagement.coproduction.decisions.details import CheckDetails, OutcomeDetails
from engagement.coproduction.decisions.following import follow
from engagement.coproduction.decisions.history import said_before, words_of
from engagement.coproduction.decisions.models import Decision, Outcome, OutcomeCheck, ThreadCorrection
from engagement.coproduction.decisions.rules import outcomes as rules

WORDS = ("words", "for_whom", "measure", "measure_before", "measure_after", "measure_source", "account")
REFUSED = (rules.IS_WITHDRAWN, rules.IS_DONE, rules.OF_WITHDRAWN)


@action(permissions.record_outcome)
def record_outcome(*, actor: User, decision: Decision, details: OutcomeDetails) -> Outcome:
    """Record what is different since a decision, or as plainly what is not. Whoever the decision answered is due word
    of it. Raises `Blocked`, `InputBlocked` with every reason at once."""
    found = list(rules.blockers_to_recording(lock(decision), details, timezone.localdate()))
    refuse_if([blocker for blocker in found if blocker in REFUSED])
    refuse_input_if(found)
    outcome = Outcome(decision=decision, recorded_by=actor, owner=details.owner or actor)
    write(_filled(outcome, details), verb=Verb.OUTCOME_RECORDED)
    outcome.communities.set(details.communities)
    outcome.parts.set(details.parts)
    follow(actor, outcome)
    return outcome


@action(permissions.correct_outcome)
def correct_outcome(
    *, actor: User, outcome: Outcome, details: OutcomeDetails, reason: str, expected_version: int | None = None
) -> Outcome:
    """Put an outcome right; what it said before is kept and can be read. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(outcome, expected_version=expected_version)
    details = replace(details, owner=details.owner or fresh.owner)
    found = list(rules.blockers_to_correcting(fresh, details, reason, timezone.localdate()))
    refuse_if([blocker for blocker in found if blocker in REFUSED])
    refuse_input_if(found)
    before = words_of(fresh)
    _filled(fresh, details).owner = details.owner or fresh.owner
    linked = {
        **set_links(fresh, "communities", details.communities),
        **set_links(fresh, "parts", details.parts),
    }
    changed = said_before(before, words_of(fresh))
    changed += [[f"how many {name} it was linked to", str(len(were))] for name, (were, _) in linked.items()]
    if changed:
        note = ThreadCorrection(outcome=fresh, corrected_by=actor, reason=reason.strip(), before=changed)
        attach([note])
        linked["corrections"] = (None, reason.strip())
    return write(fresh, verb=Verb.OUTCOME_CORRECTED, linked=linked)


@action(permissions.check_outcome)
def check_outcome(
    *, actor: User, outcome: Outcome, details: CheckDetails, expected_version: int | None = None
) -> Outcome:
    """Note what some of those who asked say about it. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh, today = lock(outcome, expected_version=expected_version), timezone.localdate()
    found = list(rules.blockers_to_checking(fresh, details, today))
    refuse_if([blocker for blocker in found if blocker in REFUSED])
    refuse_input_if(found)
    row = OutcomeCheck(
        outcome=fresh,
        checked_on=details.checked_on or today,
        by_whom=details.by_whom.strip(),
        verdict=details.verdict,
        words=details.words.strip(),
        recorded_by=actor,
    )
    attach([row])
    return write(fresh, verb=Verb.OUTCOME_CHECKED, linked={"checks": (None, row.verdict)})


@action(permissions.finish_outcome)
def finish_outcome(*, actor: User, outcome: Outcome, reason: str = "", expected_version: int | None = None) -> Outcome:
    """Call it done: everybody who was due word of it had it, or the reason says why not. Raises `Stale`, `Blocked`."""
    fresh = lock(outcome, expected_version=expected_version)
    refuse_if(rules.blockers_to_finishing(fresh, reason))
    fresh.done_on, fresh.untold_reason = timezone.localdate(), reason.strip()
    return write(fresh, verb=Verb.OUTCOME_DONE)


@action(permissions.withdraw_outcome)
def withdraw_outcome(*, actor: User, outcome: Outcome, reason: str, expected_version: int | None = None) -> Outcome:
    """Take an outcome back, with the reason; it stays readable. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(outcome, expected_version=expected_version)
    found = list(rules.blockers_to_withdrawing(fresh, reason))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = timezone.now(), actor, reason.strip()
    write(fresh, verb=Verb.OUTCOME_WITHDRAWN)
    follow(actor, fresh)
    return fresh


def _filled(outcome: Outcome, details: OutcomeDetails) -> Outcome:
    outcome.effect, outcome.since = details.effect, details.since
    for name in WORDS:
        setattr(outcome, name, getattr(details, name).strip())
    return outcome
