"""Telling those who are invited: letters are prepared, looked at, and sent; reminders go by themselves.

What is due follows from what each was told last: an invitation, how it is now, or that it does not take place.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record
from crm.audit.models import kind_of
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if
from crm.sending.actions import queue_messages
from crm.sending.details import Queued
from crm.sending.models import Message
from engagement.forums import letters_about as about
from engagement.forums.actions.letters import draft, mark_told, tell_at_once
from engagement.forums.models import Forum, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.reports.due import due_of, kind_due
from engagement.forums.rules import invitations as rules
from engagement.forums.vocabulary import STANDING

AT_ONCE = 50  # each is asked about afresh; the page goes on where this stopped


@action(permissions.prepare_letters)
def prepare_letters(*, actor: User, forum: Forum) -> list[Message]:
    """Write what is due to those the actor may see, the next fifty. Nothing is sent: each shows its way, language and
    form first. Raises `Blocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_telling(fresh))
    made = []
    for invitation in due_of(fresh, Invitation.objects.visible_to(actor)).for_list()[:AT_ONCE]:
        message = draft(invitation, kind_due(invitation), actor=actor)
        if message is not None:
            made.append(message)
    return made


@action(permissions.send_letters)
def send_letters(*, actor: User, forum: Forum) -> Queued:
    """Send what was prepared, the next fifty. Who cannot be reached safely is held back with the reason, and stops
    nobody else. Raises `Blocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_telling(fresh))
    seen = {one.pk: one for one in Invitation.objects.visible_to(actor).filter(forum=fresh).for_list()}
    drafts = Message.objects.visible_to(actor).about(about.ABOUT, seen).filter(state=Message.State.DRAFT)
    chosen = list(drafts.order_by("created_at", "id")[:AT_ONCE])
    queued = queue_messages(actor=actor, messages=chosen)
    about_these = {message.about_id for message in chosen}
    for pk, invitation in seen.items():
        if pk in about_these:
            mark_told(invitation)
    return queued


@action(permissions.remind_invited)
def remind_invited(*, actor: Actor, days: int = 3) -> int:
    """Every day: remind those who come, once, some days before, each in their own safe way. Who could not be written to
    is tried again the next day. Says how many were."""
    today = timezone.localdate()
    soon = Q(forum__on__gt=today, forum__on__lte=today + timedelta(days=days), forum__state__in=STANDING)
    rows = list(Invitation.objects.coming().filter(soon, reminded_on=None).for_list().select_related("forum__owner"))
    written = [invitation.pk for invitation in rows if tell_at_once(invitation, about.REMINDER)]
    Invitation.objects.filter(pk__in=written).update(reminded_on=today)
    if written:
        record(Verb.INVITATION_TOLD, kind=kind_of(Invitation), count=len(written))
    return len(written)
