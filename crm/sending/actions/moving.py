"""How a message reaches its next state: saved, written to its history and the audit, and told to whoever follows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.audit.actions import attach, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.people.models import ContactWay
from crm.sending.models import Message, MessageStep
from crm.sending.reaching import Route, route_of
from crm.sending.registry import message_changed
from crm.sending.rules import no_safe_way

State = Message.State
Kind = ContactWay.Kind


def move(message: Message, state: str, verb: Verb, *, actor: Actor, why: str = "", **changes: Any) -> Message:
    """Bring a message into a state. The audit names fields only: numbers and reasons must not outlive the message."""
    before = message.state
    told = {"state": state, "why": why[:300], **changes}
    for name, value in told.items():
        setattr(message, name, value)
    message.version += 1
    message.save(update_fields=[*told, "version", "modified_at"])
    record(verb, subject=message, fields=sorted(told))
    attach([MessageStep(message=message, state=state, words=why[:300], by_id=actor.pk)])
    tell(message, before)
    return message


def tell(message: Message, before: str) -> None:
    """Let the rooms that follow messages know."""
    for follow in message_changed:
        follow(message, before)


def stop(message: Message, why: str, *, actor: Actor) -> Message:
    """Take a message back that should not go any more. Whoever follows messages hears of it."""
    more = let_go(try_at=None, ended_at=timezone.now())
    return move(message, State.WITHDRAWN, Verb.MESSAGE_WITHDRAWN, actor=actor, why=why, **more)


def ours(message: Message, attempt: UUID, *states: str) -> Message | None:
    """The message, held until the action ends, if it still belongs to this attempt; None when it does not."""
    rows = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk, attempt=attempt, state__in=states)
    return rows.select_related(
        "purpose", "organisation", "person", "version_used__language", "version_used__letter"
    ).first()


def let_go(**more: Any) -> dict[str, Any]:
    """The fields of a message that no sender has any more."""
    return {"attempt": None, "lease_until": None, **more}


def state_for(route: Route) -> str:
    """Where a message waits that goes this way."""
    if route.way == Kind.LETTER:
        return State.TO_PRINT
    return State.TO_PHONE if route.by_hand or route.way != Kind.EMAIL else State.WAITING


def send_or_hold(message: Message, *, actor: Actor, verb: Verb, when: Any) -> Message:
    """Find the safe way once more and let the message wait there; without one, hold it back with the reason."""
    route = route_of(message, way=message.wanted_way)
    if route.reasons:
        why = no_safe_way(route.reasons).words
        return move(message, State.HELD, Verb.MESSAGE_HELD, actor=actor, why=why, **let_go())
    way = {"way": route.way, "address": route.address, "by_hand": route.by_hand}
    more = let_go(queued_at=when, tries=0, try_at=None, ended_at=None, **way)
    return move(message, state_for(route), verb, actor=actor, **more)
