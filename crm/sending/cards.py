"""What messages show elsewhere: on home, on a person's page, and on the timeline of a person or group."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.timeline import Card, Said, TimelineEntry
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.sending.models import Message
from crm.sending.reports import to_look_at

SHOWN = 6
State = Message.State
SENT = {State.HANDED_OVER: "Message sent", State.POSTED: "Letter posted", State.PHONED: "Phoned or told"}


def look_at_card(reader: Actor) -> Card | None:
    """On the home page: messages this reader wrote that wait for a person. 1 query when none does; 2 when some do: who
    may see a message is a long question, and on most days there is none to ask it of."""
    if not holds(reader, FIELD_ROLES):
        return None
    own = Message.objects.filter(drafted_by=reader.pk)
    if not to_look_at(own).exists():
        return None
    found = list(to_look_at(own.visible_to(reader).for_list())[: SHOWN + 1])
    shows = {"messages": found[:SHOWN], "more": len(found) > SHOWN}
    return Card("workspace/sending/card_home.html", shows, order=22) if found else None


def write_to(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: write to them. No query."""
    if not isinstance(subject, Person) or not holds(reader, FIELD_ROLES):
        return None
    return Card("workspace/sending/card_of_person.html", {"person": subject}, order=48)


def messages_of(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """What reached them, newest first, without its words. 1 query."""
    if not isinstance(subject, Person | Organisation):
        return []
    found = (
        Message.objects.to_subject(reader, subject)
        .filter(state__in=SENT)
        .select_related("version_used__letter", "drafted_by")
    )
    return [_entry(message) for message in found.order_by("-ended_at", "-id")[:most]]


def _entry(message: Message) -> TimelineEntry:
    ended = message.ended_at or message.created_at
    by = f" by {message.get_way_display().lower()}" if message.state == State.HANDED_OVER and message.way else ""
    letter = message.version_used.letter.name if message.version_used else ""
    return TimelineEntry(
        on=timezone.localtime(ended).date(),
        what=f"{SENT[State(message.state)]}{by}",
        who=message.drafted_by.name,
        words=[Said(letter, "en", "ltr")] if letter else [],
        url=reverse("workspace:message", args=[message.pk]),
    )
