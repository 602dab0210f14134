"""Promises: made, kept, changed, broken, withdrawn, opened again."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import refuse_if, refuse_input_if
from engagement.log import permissions, rules
from engagement.log.details import PromiseDetails
from engagement.log.following import follow_opening
from engagement.log.models import EngagementEvent, Promise, PromiseChange
from engagement.log.to_whom import addressed, met_at


def save_promises(actor: User, event: EngagementEvent, promises: Sequence[PromiseDetails]) -> None:
    """Write the promises of a new contact."""
    write_new([_promise(actor, event, details) for details in promises], verb=Verb.PROMISE_MADE)


def _promise(actor: User, event: EngagementEvent, details: PromiseDetails) -> Promise:
    assert details.due_on is not None  # the rules refused it otherwise
    return Promise(
        event=event,
        words=details.words.strip(),
        due_on=details.due_on,
        owner=details.owner or actor,
        to_person=details.to_person,
        to_organisation=details.to_organisation,
        to_community=details.to_community,
    )


@action(permissions.make_promise)
def make_promise(*, actor: User, event: EngagementEvent, promise: PromiseDetails) -> Promise:
    """Add a promise to a contact. Where it names nobody it was made to whoever was met: the group, else the person,
    else the community, of those the actor may see. Raises `Blocked` when it was withdrawn, `InputBlocked` for what is
    missing."""
    event = lock(event)
    refuse_if(rules.blockers_to_adding_to(event))
    refuse_input_if(rules.blockers_to_promising(promise, event.occurred_on))
    promise = addressed(promise, met_at(event, reader=actor))
    return write(_promise(actor, event, promise), verb=Verb.PROMISE_MADE)


def _settle(promise: Promise, state: str, words: str, verb: Verb, expected_version: int | None) -> Promise:
    fresh = lock(promise, expected_version=expected_version)
    refuse_if(rules.blockers_to_settling(fresh))
    fresh.state = state
    fresh.settled_on = timezone.localdate()
    fresh.settled_words = words.strip()
    return write(fresh, verb=verb)


@action(permissions.keep_promise)
def keep_promise(*, actor: User, promise: Promise, words: str = "", expected_version: int | None = None) -> Promise:
    """Record that a promise was kept, and how if one wishes. Raises `Blocked` when it is settled, `Stale`."""
    return _settle(promise, Promise.State.KEPT, words, Verb.PROMISE_KEPT, expected_version)


@action(permissions.break_promise)
def break_promise(*, actor: User, promise: Promise, reason: str, expected_version: int | None = None) -> Promise:
    """Record that a promise was not kept, and why. Raises `InputBlocked` without a reason, `Blocked`, `Stale`."""
    refuse_input_if(rules.reason_missing(reason))
    return _settle(promise, Promise.State.BROKEN, reason, Verb.PROMISE_BROKEN, expected_version)


@action(permissions.withdraw_promise)
def withdraw_promise(*, actor: User, promise: Promise, reason: str, expected_version: int | None = None) -> Promise:
    """Take a promise back, with the reason people will be told. Raises `InputBlocked`, `Blocked`, `Stale`."""
    refuse_input_if(rules.reason_missing(reason))
    return _settle(promise, Promise.State.WITHDRAWN, reason, Verb.PROMISE_WITHDRAWN, expected_version)


def _as_it_stood(actor: User, promise: Promise, reason: str) -> PromiseChange:
    return PromiseChange(
        promise=promise, changed_by=actor, reason=reason.strip(), words_before=promise.words, due_before=promise.due_on,
        state_before=promise.state, settled_before=promise.settled_on, settled_words_before=promise.settled_words,
    )  # fmt: skip


@action(permissions.reopen_promise)
def reopen_promise(*, actor: User, promise: Promise, reason: str, expected_version: int | None = None) -> Promise:
    """Open a promise again that was settled by mistake, with the reason; what had become of it is kept. Where whoever
    kept it meets nobody here any more, the actor keeps it. Raises `InputBlocked`, `Blocked`, `Stale`."""
    fresh = lock(promise, expected_version=expected_version)
    refuse_if(rules.blockers_to_reopening(fresh))
    refuse_input_if(rules.reason_missing(reason))
    before = _as_it_stood(actor, fresh, reason)
    fresh.state, fresh.settled_on, fresh.settled_words = Promise.State.OPEN, None, ""
    fresh.owner = fresh.owner if holds(fresh.owner, FIELD_ROLES) else actor
    attach([before])
    write(fresh, verb=Verb.PROMISE_REOPENED)
    follow_opening(actor, fresh, before.state_before)
    return fresh


@action(permissions.change_promise)
def change_promise(
    *, actor: User, promise: Promise, changed: PromiseDetails, reason: str, expected_version: int | None = None
) -> Promise:
    """Change what was promised, by when or by whom; what it said before is kept. Raises `InputBlocked`, `Blocked`,
    `Stale`."""
    fresh = lock(promise, expected_version=expected_version)
    refuse_if(rules.blockers_to_settling(fresh))
    refuse_input_if(rules.blockers_to_changing_promise(fresh, changed, reason))
    assert changed.due_on is not None
    before = _as_it_stood(actor, fresh, reason)
    fresh.words, fresh.due_on = changed.words.strip(), changed.due_on
    fresh.owner = changed.owner or fresh.owner
    if fresh.changed_fields():
        attach([before])
    return write(fresh, verb=Verb.PROMISE_CHANGED)
