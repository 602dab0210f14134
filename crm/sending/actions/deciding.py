"""What people do with messages: decide what nobody knows, post letters, phone. And what is deleted after a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.sending import permissions, rules
from crm.sending.actions.moving import let_go, move, send_or_hold
from crm.sending.models import ENDED, Message, MessageStep

State, Result = Message.State, Message.Result
IT_WENT_OUT = "A colleague decided that it went out"
WRONG = "Wrong number or address"
AT_A_TIME = 500
LEFT_LYING = (State.DRAFT, State.HELD, State.FAILED, State.NOT_KNOWN)


@action(permissions.decide_message)
def decide_message(*, actor: User, message: Message, decision: str, expected_version: int | None = None) -> Message:
    """Settle a message that needs a person: `went_out`, or `send_again`, which asks for the safe way afresh. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(message, expected_version=expected_version)
    refuse_if(rules.blockers_to_deciding(fresh, decision))
    now = timezone.now()
    if decision == "went_out":
        more = let_go(ended_at=now)
        return move(fresh, State.HANDED_OVER, Verb.MESSAGE_DECIDED, actor=actor, why=IT_WENT_OUT, **more)
    return send_or_hold(fresh, actor=actor, verb=Verb.MESSAGE_DECIDED, when=now)


@action(permissions.note_posted)
def note_posted(*, actor: User, message: Message, expected_version: int | None = None) -> Message:
    """The letter is in the post. Raises `Stale`, `Blocked`."""
    fresh = lock(message, expected_version=expected_version)
    refuse_if([] if fresh.state == State.TO_PRINT else [rules.NOT_TO_PRINT])
    return move(fresh, State.POSTED, Verb.MESSAGE_POSTED, actor=actor, ended_at=timezone.now())


@action(permissions.note_told)
def note_told(
    *, actor: User, message: Message, result: str, words: str = "", expected_version: int | None = None
) -> Message:
    """How a call or a word in person ended. Without an answer it waits to be tried again. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(message, expected_version=expected_version)
    refuse_input_if([] if result in Result.values else [rules.NO_RESULT])
    refuse_if([] if fresh.state == State.TO_PHONE else [rules.NOT_TO_PHONE])
    said = words.strip()
    if result == Result.NO_ANSWER:
        return move(
            fresh, State.TO_PHONE, Verb.MESSAGE_TOLD, actor=actor, why=said, result=result, tries=fresh.tries + 1
        )
    if result == Result.WRONG:
        return move(fresh, State.FAILED, Verb.MESSAGE_TOLD, actor=actor, why=said or WRONG, result=result)
    return move(fresh, State.PHONED, Verb.MESSAGE_TOLD, actor=actor, why=said, result=result, ended_at=timezone.now())


@action(permissions.forget_messages)
def forget_messages(*, actor: Actor) -> int:
    """Delete words, numbers, addresses and reasons of messages that ended MESSAGES_KEPT_DAYS ago, and of those nobody
    sent or settled for as long (UK GDPR article 5(1)(e)). To whom, what for and what became of it stay. Gives how many,
    at most a few hundred at a time."""
    before = timezone.now() - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    old = Q(state__in=ENDED, ended_at__lt=before) | Q(state__in=LEFT_LYING, modified_at__lt=before)
    rows = Message.objects.filter(old, blanked_on=None).order_by("id")
    found = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True)[:AT_A_TIME])
    if found:
        blank(found)
        record(Verb.MESSAGES_FORGOTTEN, kind="message", count=len(found))
    return len(found)


def blank(pks: Sequence[UUID]) -> None:
    """Empty what these messages said; whoever erases a person calls it for theirs."""
    empty = dict.fromkeys(("address", "subject", "text", "html", "calendar_text", "why"), "")
    Message.objects.filter(pk__in=pks).update(**empty, blanked_on=timezone.localdate(), modified_at=timezone.now())
    MessageStep.objects.filter(message__in=pks).update(words="")
