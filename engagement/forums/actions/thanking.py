"""Thanking those who came, with what happens next and by when: letters are prepared, looked at, and sent."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from crm.accounts.models import User
from crm.audit.actions import action, lock, record
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if
from crm.privacy.models import Purpose
from crm.sending.actions import draft_message, queue_messages
from crm.sending.details import About, Queued, Recipient
from crm.sending.models import Message
from engagement.forums import letters_about as about
from engagement.forums.actions.letters import link_to, recipient_of
from engagement.forums.models import Attendance, Forum
from engagement.forums.models.attendance import AttendanceQuerySet
from engagement.forums.permissions import notes as permissions
from engagement.forums.rules import notes as rules

PURPOSE = "answering"
AT_ONCE = 50


def to_thank(forum: Forum, rows: AttendanceQuerySet) -> AttendanceQuerySet:
    """Those who came, were not thanked, and have no letter waiting. Whoever gave no way of writing to them is left
    out."""
    waits = Message.objects.filter(about_kind=about.CAME, about_id=OuterRef("pk"), state=Message.State.DRAFT)
    reachable = rows.filter(forum=forum, came=True, thanked_on=None).exclude(
        person=None, organisation=None, invitation=None
    )
    return reachable.exclude(Exists(waits)).exclude(
        person=None, organisation=None, invitation__reach_by__in=("", "letter", "group")
    )


@action(permissions.prepare_thanks)
def prepare_thanks(*, actor: User, forum: Forum) -> list[Message]:
    """Write the letters, the next fifty, each in the reader's way, language and form. Nothing is sent yet. Raises
    `Blocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_thanking(fresh))
    purpose = Purpose.objects.current().filter(key=PURPOSE).first()
    made = []
    for row in to_thank(fresh, Attendance.objects.visible_to(actor)).for_list()[:AT_ONCE]:
        to = _recipient(row)
        if to is None:
            continue
        asked = row.invitation
        made.append(
            draft_message(
                actor=actor, to=to, purpose=purpose, template_key=about.THANKS, values=values_of(fresh, row),
                about=About(about.CAME, row.pk), language=asked.language if asked else None,
                format=(asked.format or None) if asked else None,
            )
        )  # fmt: skip
    return made


def _recipient(row: Attendance) -> Recipient | None:
    if row.person is not None:
        return Recipient(person=row.person)
    if row.organisation is not None:
        return Recipient(organisation=row.organisation)
    return recipient_of(row.invitation) if row.invitation is not None else None


def values_of(forum: Forum, row: Attendance) -> dict[str, str]:
    """What stands for the placeholders of a letter of thanks."""
    assert forum.next_by is not None  # the rules refused it otherwise
    open_page = settings.SITE_ADDRESS.rstrip("/") + reverse("forum-for-anybody", args=[forum.pk])
    own = row.invitation is not None and row.invitation.digest
    return {
        "title": forum.title,
        "when": date_format(forum.on, "l j F Y"),
        "next": forum.next_words,
        "next_by": date_format(forum.next_by, "l j F Y"),
        "notes_link": link_to(row.invitation) if row.invitation is not None and own else open_page,
    }


@action(permissions.send_thanks)
def send_thanks(*, actor: User, forum: Forum) -> Queued:
    """Send what was prepared, the next fifty. Who cannot be reached safely is held back with the reason. Raises
    `Blocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_thanking(fresh))
    seen = Attendance.objects.visible_to(actor).filter(forum=fresh).order_by().values("pk")
    drafts = Message.objects.visible_to(actor).filter(about_kind=about.CAME, about_id__in=seen)
    chosen = list(drafts.filter(state=Message.State.DRAFT).order_by("created_at", "id")[:AT_ONCE])
    queued = queue_messages(actor=actor, messages=chosen)
    thanked = [message.about_id for message in queued.queued if message.about_id]
    Attendance.objects.filter(pk__in=thanked).update(thanked_on=timezone.localdate())
    if thanked:
        record(Verb.THANKED, kind="attendance", count=len(thanked))
    return queued
