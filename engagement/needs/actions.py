"""Whether needs were met: noted, put right, and exported as a report."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.access.models import AccessNeed
from crm.accounts.models import User
from crm.areas.models import Area
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_input_if
from engagement.log.models import EngagementEvent
from engagement.needs import permissions, rules
from engagement.needs.details import OutcomeDetails
from engagement.needs.lines import AccessReport
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import access_report


@action(permissions.note_outcome)
def note_outcome(
    *, actor: User, need: AccessNeed, details: OutcomeDetails, event: EngagementEvent | None = None
) -> NeedOutcome:
    """Note whether a need was met at a contact (`event`) or in a message. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_noting(details, need, event, timezone.localdate()))
    outcome = NeedOutcome(need=need, event=event, recorded_by=actor)
    if event is not None:
        outcome.happened_on = event.occurred_on
    elif details.happened_on is not None:
        outcome.happened_on, outcome.message = details.happened_on, details.message.strip()
    return write(_filled(outcome, details), verb=Verb.NEED_OUTCOME_NOTED)


@action(permissions.change_outcome)
def change_outcome(
    *, actor: User, outcome: NeedOutcome, details: OutcomeDetails, expected_version: int | None = None
) -> NeedOutcome:
    """Put right whether, and why not. At which contact or in which message stays. Raises `Stale`, `InputBlocked`."""
    fresh = lock(outcome, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_changing(details))
    return write(_filled(fresh, details), verb=Verb.NEED_OUTCOME_CHANGED)


def _filled(outcome: NeedOutcome, details: OutcomeDetails) -> NeedOutcome:
    outcome.met, outcome.words = details.met, details.words.strip()
    outcome.why = "" if details.met == NeedOutcome.Met.MET else details.why
    return outcome


@action(permissions.export_access_report)
def export_access_report(*, actor: User, until: date | None = None, locality: Area | None = None) -> AccessReport:
    """The report, to be taken away as a file: that it was, and by whom, is written to the trail."""
    report = access_report(until, locality)
    record(Verb.ACCESS_REPORT_EXPORTED, kind="needoutcome", fields=["until", "locality"])
    return report
