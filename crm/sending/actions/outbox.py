"""The leased outbox: what the sender does with messages, each step in a short transaction of its own.

`waiting → claimed → handing over → handed over`. Only what the mail server does lies outside: it may have the message
before we have written that down. A sender that dies there leaves a message that may have gone: only a person sends
it again. One that was only claimed never began, and waits again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.sending import permissions, reaching
from crm.sending.actions.moving import let_go, move, ours, stop
from crm.sending.actions.wording import make_anew, now_of
from crm.sending.models import Message

State = Message.State
LEASE = timedelta(minutes=5)  # longer than a mail server may take to answer (EMAIL_TIMEOUT)
# After a refusal that may pass: so many minutes until the next try; then it is for a person.
PAUSES = (1, 5, 15, 60, 240, 720)
SENDER_DIED = "The sender stopped while it handed this over. It may have gone out"


@dataclass(frozen=True)
class Answer:
    """What the mail server said: `taken`, refused for good (`refused`), for now (`later`), or nothing (`not_known`)."""

    kind: str
    words: str = ""


@action(permissions.claim_messages)
def claim_messages(*, actor: Actor, attempt: UUID, most: int = 20) -> list[Message]:
    """Take the messages that wait longest for one attempt. No other sender gets them while the lease runs."""
    now = timezone.now()
    due = Message.objects.filter(Q(try_at=None) | Q(try_at__lte=now), state=State.WAITING).order_by("queued_at", "id")
    found = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
    if found:
        rows = Message.objects.filter(pk__in=[message.pk for message in found])
        rows.update(state=State.CLAIMED, attempt=attempt, lease_until=now + LEASE)
        record(Verb.MESSAGES_CLAIMED, kind="message", count=len(found))
    return found


@action(permissions.begin_handing_over)
def begin_handing_over(*, actor: Actor, message: Message, attempt: UUID) -> Message | None:
    """The last look before it goes: is it still ours, may it still go, and is what it says still true? None when not: a
    message whose way closed in between is held back with the reason, one that has become pointless is withdrawn. Where
    what it tells has changed, its words are made anew."""
    fresh = ours(message, attempt, State.CLAIMED)
    if fresh is None:
        return None
    reasons = reaching.reasons_against(fresh)
    if reasons:
        move(fresh, State.HELD, Verb.MESSAGE_HELD, actor=actor, why=". ".join(reasons), **let_go())
        return None
    now = now_of(fresh)
    if now is not None and now.why_not:
        stop(fresh, now.why_not, actor=actor)
        return None
    if now is not None:
        make_anew(fresh, now, actor=actor)
    lease = timezone.now() + LEASE
    Message.objects.filter(pk=fresh.pk).update(state=State.HANDING_OVER, lease_until=lease)
    record(Verb.MESSAGE_BEGUN, subject=fresh)
    fresh.state, fresh.lease_until = State.HANDING_OVER, lease
    return fresh


@action(permissions.note_handed_over)
def note_handed_over(*, actor: Actor, message: Message, attempt: UUID, answer: Answer) -> Message | None:
    """Write down what the mail server said. A late answer still settles what nobody knew; None when somebody else has
    the message by now."""
    fresh = ours(message, attempt, State.HANDING_OVER, State.NOT_KNOWN)
    if fresh is None:
        return None
    now = timezone.now()
    if answer.kind == "taken":
        return move(fresh, State.HANDED_OVER, Verb.MESSAGE_HANDED_OVER, actor=actor, **let_go(ended_at=now))
    if answer.kind == "not_known":
        return move(fresh, State.NOT_KNOWN, Verb.MESSAGE_NOT_KNOWN, actor=actor, why=answer.words, lease_until=None)
    if answer.kind == "later" and fresh.tries < len(PAUSES):
        more = let_go(tries=fresh.tries + 1, try_at=now + timedelta(minutes=PAUSES[fresh.tries]))
        return move(fresh, State.WAITING, Verb.MESSAGE_REFUSED, actor=actor, why=answer.words, **more)
    return move(fresh, State.FAILED, Verb.MESSAGE_REFUSED, actor=actor, why=answer.words, **let_go())


@action(permissions.give_back)
def give_back(*, actor: Actor, messages: Sequence[Message], attempt: UUID, not_before: datetime | None = None) -> int:
    """Let messages that never began wait again: the mail server cannot be reached, or the sender was asked to stop."""
    keys = [message.pk for message in messages]
    rows = Message.objects.filter(pk__in=keys, attempt=attempt, state=State.CLAIMED)
    number: int = rows.update(state=State.WAITING, attempt=None, lease_until=None, try_at=not_before)
    record(Verb.MESSAGES_GIVEN_BACK, kind="message", count=number)
    return number


@action(permissions.settle_lost)
def settle_lost(*, actor: Actor) -> int:
    """Whose sender died: what it had only claimed waits again; what it was handing over is for a person. Gives how
    many."""
    now = timezone.now()
    rows = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(lease_until__lt=now)
    lost = list(rows.filter(state=State.HANDING_OVER).order_by("id"))
    for message in lost:
        move(message, State.NOT_KNOWN, Verb.MESSAGE_NOT_KNOWN, actor=actor, why=SENDER_DIED, lease_until=None)
    claimed = list(rows.filter(state=State.CLAIMED).order_by("id").values_list("pk", flat=True))
    back = Message.objects.filter(pk__in=claimed)
    number: int = back.update(state=State.WAITING, attempt=None, lease_until=None) if claimed else 0
    if lost or number:
        record(Verb.MESSAGES_GIVEN_BACK, kind="message", count=len(lost) + number)
    return len(lost) + number
