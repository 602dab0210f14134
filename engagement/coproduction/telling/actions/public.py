"""What stands in public: put there, taken off. And reminders of promises."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.permissions import Refused
from crm.base.rules import Blocked, refuse_if, refuse_input_if
from crm.privacy.models import Purpose
from crm.sending.actions import answer_guest
from crm.sending.details import About
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.telling import letters_about as about
from engagement.coproduction.telling import permissions, rules
from engagement.coproduction.telling.models import PromiseReminder, PublicLine, PublicPromise
from engagement.log.models import Promise

Kind = PromiseReminder.Kind


@action(permissions.publish_line)
def publish_line(*, actor: User, decision: Decision) -> PublicLine:
    """Put a decision into You said, we did: in the words of its answer, with figures worked out afresh. One that was
    taken off comes back. Raises `Blocked`."""
    fresh = lock(decision)
    line = PublicLine.objects.filter(decision=fresh).select_for_update(of=("self",)).first()
    refuse_if(rules.blockers_to_publishing(fresh, line))
    line = line or PublicLine(decision=fresh)
    line.published_on, line.published_by = timezone.localdate(), actor
    line.taken_off_on, line.taken_off_reason = None, ""
    return write(line, verb=Verb.LINE_PUBLISHED)


@action(permissions.take_line_off)
def take_line_off(*, actor: User, line: PublicLine, reason: str, expected_version: int | None = None) -> PublicLine:
    """Take a line off the public page, with the reason. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(line, expected_version=expected_version)
    found = list(rules.blockers_to_taking_line_off(fresh, reason))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh.taken_off_on, fresh.taken_off_reason = timezone.localdate(), reason.strip()
    return write(fresh, verb=Verb.LINE_TAKEN_OFF)


@action(permissions.publish_promise)
def publish_promise(*, actor: User, promise: Promise, words: str) -> PublicPromise:
    """Put a promise into the public list, in words for anyone to read. Whether it was kept follows from the promise.
    Raises `Blocked`, `InputBlocked`."""
    fresh = lock(promise)
    public = PublicPromise.objects.filter(promise=fresh).select_for_update(of=("self",)).first()
    found = list(rules.blockers_to_publishing_promise(fresh, words, public))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    public = public or PublicPromise(promise=fresh)
    public.words, public.published_on, public.published_by = words.strip(), timezone.localdate(), actor
    public.taken_off_on = None
    return write(public, verb=Verb.PROMISE_PUBLISHED)


@action(permissions.take_promise_off)
def take_promise_off(*, actor: User, public: PublicPromise, expected_version: int | None = None) -> PublicPromise:
    """Take a promise off the public list. Raises `Stale`, `Blocked`."""
    fresh = lock(public, expected_version=expected_version)
    refuse_if(rules.blockers_to_taking_promise_off(fresh))
    fresh.taken_off_on = timezone.localdate()
    return write(fresh, verb=Verb.PROMISE_TAKEN_OFF)


@action(permissions.remind_of_promises)
def remind_of_promises(*, actor: Actor, days: int = 7) -> int:
    """Every day: remind whoever keeps a promise by e-mail, once some days before it is due and once when it is late.
    The letter says the day and nothing of what was promised. Gives how many."""
    today = timezone.localdate()
    due = Promise.objects.open().filter(due_on__lte=today + timedelta(days=days), owner__is_active=True)
    made = 0
    for promise in due.select_related("owner").order_by("due_on", "id"):
        kind = Kind.LATE if promise.due_on < today else Kind.SOON
        reminder = PromiseReminder(promise=promise, kind=kind, due_on=promise.due_on, reminded_on=today)
        known = PromiseReminder.objects.filter(promise=promise, kind=kind, due_on=promise.due_on)
        if not known.exists() and _remind(promise):
            attach([reminder])
            made += 1
    if made:
        record(Verb.PROMISES_REMINDED, kind="promise", count=made)
    return made


def _remind(promise: Promise) -> bool:
    """Write to whoever keeps it. Where that cannot be (no letter has words yet), home says what is due anyway."""
    purpose = Purpose.objects.current().filter(key=about.PURPOSE).first()
    if purpose is None:
        return False
    link = settings.SITE_ADDRESS.rstrip("/") + reverse("workspace:promise", args=[promise.pk])
    with suppress(Blocked, Refused):
        answer_guest(
            actor=promise.owner, address=promise.owner.email, purpose=purpose, template_key=about.REMINDER,
            values={"due_on": promise.due_on, "promise_link": link},
            about=About(about.ABOUT_PROMISE, promise.pk),
        )  # fmt: skip
        return True
    return False
