"""One letter about a forum to one invited person, group or guest, with its calendar entry."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from crm.accounts.models import User
from crm.areas.models import Council
from crm.audit.verbs import Verb
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.words import named_time
from crm.privacy.models import Purpose
from crm.sending.actions import draft_message, queue_messages
from crm.sending.details import About, Calendar, Recipient
from crm.sending.models import Message
from engagement.forums import letters_about as about
from engagement.forums.actions.keeping import keep
from engagement.forums.calendars.entries import Mailbox
from engagement.forums.calendars.scheduling import Asked, cancellation, replies_to, request
from engagement.forums.calendars.writing import one_text
from engagement.forums.models import Invitation
from engagement.forums.reports.invited import booked_by, entry_of
from engagement.forums.vocabulary import ForumState, ReachBy

PURPOSE = "invitations"
WITH_CALENDAR = frozenset({about.INVITATION, about.CHANGE, about.CANCELLED, about.ANSWER})


def link_to(invitation: Invitation) -> str:
    """The full address of somebody's own invitation."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("my-invitation", args=[invitation.secret])


def recipient_of(invitation: Invitation) -> Recipient | None:
    """To whom we write: a guest as they asked for it; None where a guest looks at their link themselves."""
    if invitation.person is not None:
        return Recipient(person=invitation.person)
    if invitation.organisation is not None:
        return Recipient(organisation=invitation.organisation)
    by_machine = invitation.reach_by in (ReachBy.EMAIL, ReachBy.PHONE, ReachBy.TEXT)
    return Recipient(guest=invitation.reach_at) if by_machine and invitation.reach_at else None


def draft(invitation: Invitation, kind: str, *, actor: User) -> Message | None:
    """Write it; nothing is sent yet. None where a guest left no way. Raises `Blocked`, `InputBlocked`, `Refused`."""
    to = recipient_of(invitation)
    if to is None:
        return None
    return draft_message(
        actor=actor,
        to=to,
        purpose=Purpose.objects.current().filter(key=PURPOSE).first(),
        template_key=kind,
        values=values_of(invitation, kind),
        about=About(about.ABOUT, invitation.pk),
        language=invitation.language,
        format=invitation.format or None,
        calendar=calendar_of(invitation) if kind in WITH_CALENDAR else None,
    )


def tell_at_once(invitation: Invitation, kind: str) -> bool:
    """Write and send it in the name of whoever looks after the forum. Where that cannot be (no letter has words yet),
    the invitation's page and list still say what is due. Says whether it was written."""
    owner = invitation.forum.owner
    with suppress(Blocked, Refused):
        message = draft(invitation, kind, actor=owner)
        if message is not None:
            queue_messages(actor=owner, messages=[message])
            return True
    return False


def values_of(invitation: Invitation, kind: str) -> dict[str, str]:
    """What stands for the placeholders of this kind of letter."""
    forum = invitation.forum
    more = {
        "about": forum.about,
        "reason": forum.cancelled_reason,
        "until": _moment(invitation),
        "booked_by": date_format(booked_by(forum), "l j F"),
    }
    known = {
        "title": forum.title,
        "when": f"{date_format(forum.on, 'l j F Y')}, {named_time(forum.starts)} to {named_time(forum.ends)}",
        "where": ", ".join(filter(None, [forum.where, forum.venue.address if forum.venue else ""])),
        "answer_link": link_to(invitation),
        **more,
    }
    return {name: known[name] for name in about.KINDS[kind].placeholders}


def _moment(invitation: Invitation) -> str:
    at = invitation.offered_until
    return f"{date_format(timezone.localtime(at), 'l j F')}, {named_time(timezone.localtime(at).time())}" if at else ""


def calendar_of(invitation: Invitation) -> Calendar:
    """The calendar entry that goes along. Where replies have a mailbox, calendars can answer; else it only adds."""
    entry, stamp = entry_of(invitation, link_to(invitation)), timezone.now()
    council = Council.objects.first()
    name = council.name if council else ""
    if not settings.REPLIES_MAILBOX:
        return Calendar("PUBLISH", one_text(entry).decode())
    organiser = Mailbox(replies_to(settings.REPLIES_MAILBOX, invitation.secret), name)
    asked = Asked(organiser, Mailbox(settings.REPLIES_MAILBOX, invitation.called))
    if invitation.forum.state == ForumState.CANCELLED:
        return Calendar("CANCEL", cancellation(entry, asked=asked, stamp=stamp).decode())
    return Calendar("REQUEST", request(entry, asked=asked, stamp=stamp).decode())


def mark_told(invitation: Invitation) -> Invitation:
    """They heard how the forum stands now."""
    invitation.told_sequence = invitation.forum.sequence
    return keep(invitation, verb=Verb.INVITATION_TOLD)
