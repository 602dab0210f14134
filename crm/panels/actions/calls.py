"""Recruitment calls: added as a draft, opened, closed, and finished when everybody has an answer."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.panels.details.recruitment import CallDetails
from crm.panels.models import Application, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.rules import recruitment as rules

State = RecruitmentCall.State
OWN = ("panel", "slug", "places", "method", "opens_on", "closes_on", "answer_by")


@action(permissions.add_call)
def add_call(*, actor: User, details: CallDetails) -> RecruitmentCall:
    """Add a call as a draft: nobody outside sees it yet. Raises `InputBlocked`."""
    refuse_input_if([*rules.blockers_to_call(details), *rules.blockers_to_address(details)])
    return write(_filled(RecruitmentCall(), details), verb=Verb.CALL_ADDED)


@action(permissions.change_call)
def change_call(
    *, actor: User, call: RecruitmentCall, details: CallDetails, expected_version: int | None = None
) -> RecruitmentCall:
    """Change a call. What people were already asked stays. Raises `Stale`, `InputBlocked`."""
    fresh = lock(call, expected_version=expected_version)
    found = [*rules.blockers_to_call(details), *rules.blockers_to_address(details, besides=fresh)]
    if fresh.state != State.DRAFT and questions_of(details) != fresh.pool_questions:
        found.append(rules.ASKED_ALREADY)
    refuse_input_if(found)
    return write(_filled(fresh, details), verb=Verb.CALL_CHANGED)


@action(permissions.open_call)
def open_call(*, actor: User, call: RecruitmentCall, expected_version: int | None = None) -> RecruitmentCall:
    """Let people apply, from its first day on. Raises `Stale`, `Blocked`."""
    fresh = lock(call, expected_version=expected_version)
    refuse_if([rules.NOT_DRAFT] if fresh.state != State.DRAFT else [])
    fresh.state = State.OPEN
    return write(fresh, verb=Verb.CALL_OPENED)


@action(permissions.close_call)
def close_call(*, actor: User, call: RecruitmentCall, expected_version: int | None = None) -> RecruitmentCall:
    """Take no more applications, and begin to choose. Applications nobody sent are not read. Raises `Stale`,
    `Blocked`."""
    fresh = lock(call, expected_version=expected_version)
    refuse_if([rules.NOT_OPEN] if fresh.state != State.OPEN else [])
    fresh.state = State.CHOOSING
    fresh.closes_on = max(fresh.opens_on, min(fresh.closes_on, timezone.localdate()))
    return write(fresh, verb=Verb.CALL_CLOSED)


@action(permissions.finish_call)
def finish_call(*, actor: User, call: RecruitmentCall, expected_version: int | None = None) -> RecruitmentCall:
    """Everybody who applied has an answer. Raises `Stale`, `Blocked` while somebody waits."""
    fresh = lock(call, expected_version=expected_version)
    refuse_if([rules.NOT_CHOOSING] if fresh.state != State.CHOOSING else [])
    waiting = Application.objects.filter(call=fresh, state__in=[*rules.WAITING, Application.State.OFFERED])
    refuse_if([rules.STILL_WAITING] if waiting.exists() else [])
    fresh.state = State.DECIDED
    return write(fresh, verb=Verb.CALL_FINISHED)


def questions_of(details: CallDetails) -> list[dict[str, object]]:
    """The questions for a balanced group as they are kept: each with a key of its own."""
    return [
        {"key": f"q{place}", "words": str(one["words"]).strip(), "answers": [str(a).strip() for a in one["answers"]]}
        for place, one in enumerate(details.pool_questions, start=1)
    ]


def _filled(call: RecruitmentCall, details: CallDetails) -> RecruitmentCall:
    for name in OWN:
        setattr(call, name, getattr(details, name))
    call.title, call.words = details.title.strip(), details.words.strip()
    call.pool_questions = questions_of(details)
    return call
