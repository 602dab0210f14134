"""Letters that were written before a forum changed: what they would say now, or why they should not go any more.

A machine asks in the moment before it hands one over; those that somebody prints or reads out are brought up to date
when the forum changes. So nobody gets old words, and nobody is told twice.
"""

from __future__ import annotations

import re

from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.sending.actions.moving import stop
from crm.sending.actions.wording import make_anew, now_of
from crm.sending.models import Message
from crm.sending.registry import Now
from engagement.forums import letters_about as about
from engagement.forums.actions.letters import WITH_CALENDAR, calendar_of, values_of
from engagement.forums.actions.thanking import values_of as thanks_of
from engagement.forums.models import Attendance, Forum, Invitation
from engagement.forums.reports.due import TELLING
from engagement.forums.vocabulary import PAST, ForumState, Place

State = Message.State
BY_HAND = (State.TO_PRINT, State.TO_PHONE)
ON_ITS_WAY = (State.WAITING, State.CLAIMED, *BY_HAND)
STAMPS = re.compile(r"^(DTSTAMP|LAST-MODIFIED):.*$", re.MULTILINE)

GONE = "What it is about is not kept any more"
CANCELLED = "The forum does not take place any more"
OVER = "The day of this forum has passed"
NO_PLACE = "This place is not offered to them any more"
NOT_COMING = "They do not come any more"


def invitation_now(message: Message) -> Now | None:
    """What a letter about a forum would say now. At most 7 queries."""
    assert message.about_id is not None  # what is about nothing has no kind
    mine = Invitation.objects.filter(pk=message.about_id).for_list().first()
    if mine is None:
        return Now(why_not=GONE)
    kind = message.version_used.letter.key if message.version_used else ""
    if kind not in about.KINDS:
        return None
    why = _why_not(mine, kind)
    if why:
        return Now(why_not=why)
    calendar = None
    if kind in WITH_CALENDAR:
        made = calendar_of(mine)
        same = STAMPS.sub("", made.text) == STAMPS.sub("", message.calendar_text)
        calendar = None if same else (made.method, made.text)
    return Now(values_of(mine, kind), calendar, heard=lambda: _heard(mine, kind))


def _why_not(mine: Invitation, kind: str) -> str:
    forum = mine.forum
    if kind == about.CANCELLED:
        return ""
    if forum.state == ForumState.CANCELLED:
        return CANCELLED
    if forum.state in PAST or forum.on < timezone.localdate():
        return OVER
    if kind == about.PLACE and mine.place != Place.OFFERED:
        return NO_PLACE
    return NOT_COMING if kind == about.REMINDER and not mine.comes else ""


def _heard(mine: Invitation, kind: str) -> None:
    if kind in TELLING:
        _told(mine, mine.forum.sequence)


def _told(mine: Invitation, sequence: int | None) -> None:
    """Without `write`: the sender holds the message, and must not wait for whoever holds the forum."""
    Invitation.objects.filter(pk=mine.pk).update(told_sequence=sequence, modified_at=timezone.now())


def thanks_now(message: Message) -> Now | None:
    """What a letter of thanks would say now. 2 queries."""
    assert message.about_id is not None  # what is about nothing has no kind
    row = Attendance.objects.filter(pk=message.about_id).for_list().first()
    if row is None or not row.came:
        return Now(why_not=GONE)
    return Now(thanks_of(row.forum, row)) if row.forum.next_by is not None else None


def due_again(message: Message, before: str) -> None:
    """Whoever's letter was taken back before it went has not heard of it: the forum's page says so again."""
    if message.about_kind != about.ABOUT or message.about_id is None:
        return
    if message.state != State.WITHDRAWN or before not in ON_ITS_WAY:
        return
    mine = Invitation.objects.filter(pk=message.about_id).select_related("forum").first()
    kind = message.version_used.letter.key if message.version_used else ""
    if mine is None or kind not in TELLING:
        return
    _told(mine, None if kind == about.INVITATION or not mine.forum.sequence else mine.forum.sequence - 1)


def renew_by_hand(forum: Forum) -> None:
    """Letters to print and calls to make say how the forum is now, or are taken back. No query beyond one when there
    are none."""
    invited = forum.invitations.order_by().values("pk")
    rows = Message.objects.filter(about_kind=about.ABOUT, about_id__in=invited, state__in=BY_HAND)
    found = rows.select_related("purpose", "person", "organisation", "version_used__language", "version_used__letter")
    for message in found.select_for_update(of=("self",)).order_by("id"):
        now = now_of(message)
        if now is not None and now.why_not:
            stop(message, now.why_not, actor=SYSTEM)
        elif now is not None:
            make_anew(message, now, actor=SYSTEM)
