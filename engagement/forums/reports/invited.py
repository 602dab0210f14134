"""What an invited person is shown of a forum: its calendar entry, what is there already, and by when we come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from crm.access.models import AccessNeed, NeedType
from crm.languages.models import Language
from engagement.forums.calendars.entries import CalendarEntry, Status
from engagement.forums.calendars.zones import LONDON
from engagement.forums.models import Forum, ForumOffer, Invitation, Job
from engagement.forums.vocabulary import ForumState
from engagement.forums.words import HELP_KEYS

BOOKED_BEFORE = timedelta(days=7)
CHECKS_NEEDS = "check-needs"


def entry_of(invitation: Invitation, link: str = "") -> CalendarEntry:
    """The forum as it stands in the calendar of somebody who is invited; how to join only for who said they come.
    1 query."""
    forum = invitation.forum
    cancelled = forum.state == ForumState.CANCELLED
    return CalendarEntry(
        uid=forum.uid,
        starts=forum.starts_at.astimezone(LONDON),
        ends=forum.ends_at.astimezone(LONDON),
        title=forum.title,
        changed_at=forum.modified_at,
        sequence=forum.sequence,
        status=Status.CANCELLED if cancelled else Status.CONFIRMED,
        about=forum.cancelled_reason if cancelled else forum.about,
        access=tuple(f"{name}." for name in already_there(forum)),
        place=forum.where,
        link=link,
        online=forum.online_link if invitation.comes and not cancelled else "",
        busy=True,
    )


def already_there(forum: Forum) -> list[str]:
    """What is offered without anybody asking. 1 query."""
    return [offer.name for offer in ForumOffer.objects.filter(forum=forum).select_related("kind", "language")]


def booked_by(forum: Forum) -> date:
    """The day by which everybody hears that all they need is booked: that of the job for it. 1 query."""
    due = Job.objects.filter(forum=forum, kind__key=CHECKS_NEEDS).values_list("due_on", flat=True).first()
    return due or forum.on - BOOKED_BEFORE


def known_help(invitation: Invitation) -> tuple[Sequence[NeedType], Language | None]:
    """What they let us keep and share: their own standing needs, of types that are asked for on the page. 1 query."""
    needs = needs_shown(invitation)
    return [need.type for need in needs], next((need.language for need in needs if need.language), None)


def needs_shown(invitation: Invitation) -> list[AccessNeed]:
    """The needs that stand ticked on their page before they answer. 1 query; none for somebody without a record."""
    if invitation.person_id is None:
        return []
    rows = AccessNeed.objects.current().filter(
        person=invitation.person_id, supporter=None, may_share=AccessNeed.Sharing.YES, type__key__in=HELP_KEYS
    )
    return list(rows.select_related("type", "language"))
