"""What becomes of a promise in public when somebody opens it again that was settled by mistake."""

from __future__ import annotations

from crm.accounts.models import User
from engagement.coproduction.telling.actions import take_promise_off
from engagement.coproduction.telling.models import PublicPromise
from engagement.log.models import Promise

STANDS_IN_PUBLIC = "It stands in the public list: anyone then reads there that it is not kept yet."
WITHDRAWN_STAYS_OFF = "It does not come back into the public list by itself."


def to_know_about_public(promise: Promise) -> str:
    """What to know first about a promise that was put into the public list."""
    if not PublicPromise.objects.filter(promise=promise, taken_off_on=None).exists():
        return ""
    return WITHDRAWN_STAYS_OFF if promise.state == Promise.State.WITHDRAWN else STANDS_IN_PUBLIC


def follow_in_public(actor: User, promise: Promise, was: str) -> None:
    """One that was withdrawn left the public list: it waits until somebody puts it there anew."""
    public = PublicPromise.objects.filter(promise=promise, taken_off_on=None).first()
    if public is not None and was == Promise.State.WITHDRAWN:
        take_promise_off(actor=actor, public=public)
