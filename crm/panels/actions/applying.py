"""What an applicant does, without an account, by the secret of a link; and what an officer enters for one.

Whoever applies acts as nobody who signed in, also when a colleague has signed in on the same machine: an application
must not tell who sat there.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, check, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.phones import kept_phone
from crm.base.rules import refuse_if, refuse_input_if
from crm.panels.details.recruitment import ANSWER_FIELDS, Answers
from crm.panels.files import blockers_to_recording, kind_of
from crm.panels.models import Application, PoolEntry, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.rules import recruitment as rules
from crm.panels.vocabulary import ReachBy

State = Application.State
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look or sound like another: the number is said on the phone


def new_number() -> str:
    """A number to quote, like K7M-4PX-R2: about 10^12 of them, so it tells neither the order nor how many came."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:3]}-{drawn[3:6]}-{drawn[6:]}"


@action(permissions.start_application)
def start_application(*, actor: Actor, call: RecruitmentCall, secret: str) -> Application:
    """Begin an application; only the hash of its secret is kept. Raises `Blocked` when the call is not open."""
    refuse_if([] if rules.takes_answers(call) else [rules.CALL_OVER])
    new = Application(call=call, number=new_number(), digest=Application.digest_of(secret))
    return write(new, verb=Verb.APPLICATION_STARTED)


@action(permissions.answer_application)
def answer_application(*, actor: Actor, application: Application, secret: str, answers: Answers) -> Application:
    """Keep answers, whether all are there or not. What was sent already must stay complete. Raises `InputBlocked`."""
    fresh = lock(application)
    refuse_input_if(rules.blockers_to_answering(fresh, answers))
    if fresh.state == State.SENT:
        refuse_input_if(rules.blockers_to_sending(answers))
    return write(_filled(fresh, answers), verb=Verb.APPLICATION_ANSWERED)


@action(permissions.answer_pool_questions)
def answer_pool_questions(
    *, actor: Actor, application: Application, secret: str, agreed: bool, features: dict[str, str]
) -> Application:
    """Agree that these answers are used to choose a balanced group, or take that back: they are then deleted. Raises
    `InputBlocked`."""
    fresh = lock(application)
    refuse_input_if(rules.blockers_to_pool(fresh, features))
    before = PoolEntry.objects.filter(application=fresh)
    if not agreed and not before.exists():
        return fresh
    before.delete()
    if agreed:
        attach([PoolEntry(application=fresh, agreed_on=timezone.localdate(), features=features)])
    return write(fresh, verb=Verb.APPLICATION_ANSWERED, linked={"pool_entry": (None, "agreed" if agreed else "no")})


@action(permissions.send_application)
def send_application(*, actor: Actor, application: Application, secret: str) -> Application:
    """Send it. Raises `Blocked` when it was sent or the call is over, `InputBlocked` for what is missing."""
    fresh = lock(application)
    if fresh.state != State.DRAFT:
        refuse_if([rules.SENT_ALREADY])
    refuse_if([] if rules.takes_answers(fresh.call) else [rules.CALL_OVER])
    refuse_input_if(rules.blockers_to_sending(Answers.of(fresh)))
    fresh.state, fresh.sent_at = State.SENT, timezone.now()
    return write(fresh, verb=Verb.APPLICATION_SENT)


@action(permissions.take_back_application)
def take_back_application(*, actor: Actor, application: Application, secret: str) -> Application:
    """Take it back until the call closes: the words are deleted, the number stays. Raises `Blocked`."""
    fresh = lock(application)
    wrong = not rules.takes_answers(fresh.call) or fresh.state not in (State.DRAFT, State.SENT)
    refuse_if([rules.CALL_OVER] if wrong else [])
    fresh.state = State.WITHDRAWN
    return write(blank(fresh), verb=Verb.APPLICATION_TAKEN_BACK, forgets=True)


@action(permissions.answer_offer)
def answer_offer(*, actor: Actor, application: Application, secret: str, accepts: bool) -> Application:
    """The applicant says yes or no to a place. Raises `Blocked` when none is offered."""
    return _answered(application, accepts)


@action(permissions.record_offer_answer)
def record_offer_answer(
    *, actor: User, application: Application, accepts: bool, expected_version: int | None = None
) -> Application:
    """Write down what the applicant told us. Raises `Stale`, `Blocked` when no place is offered."""
    return _answered(application, accepts, expected_version)


@action(permissions.enter_application)
def enter_application(
    *, actor: User, call: RecruitmentCall, how: str, answers: Answers, recording: File[Any] | None = None
) -> Application:
    """Enter what somebody told us by phone, on paper or in a recording, in their words. Tells them the number. Raises
    `InputBlocked`, `Blocked` when the call is not open."""
    refuse_if([] if rules.takes_answers(call) else [rules.NOT_OPEN])
    refuse_input_if([*rules.blockers_to_sending(answers), *blockers_to_recording(recording)])
    new = Application(call=call, number=new_number(), how=how, entered_by=actor, state=State.SENT)
    new.sent_at = timezone.now()
    check(_filled(new, answers))  # before the file is kept: nothing would ever delete one that belongs to no row
    if recording is not None:
        kind = kind_of(recording)
        new.recording.save(f"{secrets.token_hex(16)}.{kind[0] if kind else 'bin'}", recording, save=False)
    return write(new, verb=Verb.APPLICATION_ENTERED)


def blank(application: Application) -> Application:
    """Without the applicant's words, pool answers and recording. Its number, state and reason stay. The file goes when
    the transaction is through: one that fails must not have lost it."""
    empty = Answers()
    for name in ANSWER_FIELDS:
        value = getattr(empty, name)
        setattr(application, name, list(value) if isinstance(value, tuple) else value)
    if file := application.recording:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
        application.recording = ""
    PoolEntry.objects.filter(application=application).delete()
    application.blanked_on = timezone.localdate()
    return application


def _answered(application: Application, accepts: bool, expected_version: int | None = None) -> Application:
    fresh = lock(application, expected_version=expected_version)
    refuse_if([rules.NOT_OFFERED] if fresh.state != State.OFFERED else [])
    fresh.state = State.ACCEPTED if accepts else State.DECLINED
    return write(fresh, verb=Verb.OFFER_ANSWERED)


def _filled(application: Application, answers: Answers) -> Application:
    for name in ANSWER_FIELDS:
        value = getattr(answers, name)
        setattr(application, name, value.strip() if isinstance(value, str) else value)
    application.knows_about = list(answers.knows_about)
    application.postcode_start = answers.postcode_start.replace(" ", "").upper()
    if answers.reach_by in (ReachBy.PHONE, ReachBy.TEXT):
        application.reach_at = kept_phone(answers.reach_at) or ""
    return application
