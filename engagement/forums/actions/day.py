"""Getting ready for the day of a forum: who meets whom, whom to ring, help in an emergency, and the run sheet."""

from __future__ import annotations

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.models import Forum, Invitation
from engagement.forums.permissions import holding as permissions
from engagement.forums.rules import holding as rules


@action(permissions.prepare_day)
def prepare_day(
    *, actor: User, forum: Forum, on_the_day: str, in_an_emergency: str, expected_version: int | None = None
) -> Forum:
    """Write down whom to ring on the day and what helps in an emergency. Raises `Stale`, `Blocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_preparing(fresh))
    fresh.on_the_day, fresh.in_an_emergency = on_the_day.strip(), in_an_emergency.strip()
    return write(fresh, verb=Verb.FORUM_CHANGED)


@action(permissions.set_meeting)
def set_meeting(
    *, actor: User, invitation: Invitation, met_by: User | None, words: str = "", expected_version: int | None = None
) -> Invitation:
    """Write down who of us meets somebody, and where; None for nobody. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(invitation, expected_version=expected_version)
    refuse_if(rules.blockers_to_preparing(fresh.forum))
    refuse_input_if(rules.blockers_to_meeting(met_by, words))
    fresh.met_by, fresh.meet_words = met_by, words.strip()
    return write(fresh, verb=Verb.MEETING_SET)


@action(permissions.read_run_sheet)
def read_run_sheet(*, actor: User, forum: Forum) -> None:
    """Record that somebody was shown, or printed, who comes and what to do for each."""
    record(Verb.RUN_SHEET_READ, subject=forum)
