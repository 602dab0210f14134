"""What messages show elsewhere: on home, on a person's page, and on the timeline of a person or group."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, Said, TimelineEntry, asks
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.sending.models import Message
from crm.sending.reports import LATE, to_look_at

SHOWN = 6
State = Message.State
SENT = {State.HANDED_OVER: "Message sent", State.POSTED: "Letter posted", State.PHONED: "Phoned or told"}


@kept
def _any_to_look_at(reader: Actor, late: datetime) -> QuerySet[Any]:
    return to_look_at(Message.objects.filter(drafted_by=reader.pk), late).order_by().values_list("pk")[:1]


@kept
def _to_look_at(reader: Actor, late: datetime) -> Any:
    own: Any = Message.objects.filter(drafted_by=reader.pk).visible_to(reader)
    rows: Any = to_look_at(own, late)
    return rows.for_list()[: SHOWN + 1]


def _late() -> datetime:
    """To the minute: the page says twice what it asks."""
    return (timezone.now() - LATE).replace(second=0, microsecond=0)


@asks(lambda reader: [(_any_to_look_at, reader, _late())] if holds(reader, FIELD_ROLES) else [])
def look_at_card(reader: Actor) -> Card | None:
    """On the home page: messages this reader wrote that wait for a person. 1 query when some do: who may see a message
    is a long question, and on most days there is none to ask it of."""
    if not holds(reader, FIELD_ROLES):
        return None
    found = _to_look_at(reader, _late()) if _any_to_look_at(reader, _late()) else []
    shows = {"messages": found[:SHOWN], "more": len(found) > SHOWN}
    return Card("workspace/sending/card_home.html", shows, order=22) if found else None


def write_to(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: write to them. No query."""
    if not isinstance(subject, Person) or not holds(reader, FIELD_ROLES):
        return None
    return Card("workspace/sending/card_of_person.html", {"person": subject}, order=48)


@kept
def _messages_to(reader: Actor, kind: str, pk: UUID, most: int) -> QuerySet[Any]:
    found = Message.objects.to_subject(reader, kind, pk).filter(state__in=SENT)
    return found.select_related("version_used__letter", "drafted_by").order_by("-ended_at", "-id")[:most]


def _asks_of_timeline(reader: Actor, subject: Any, most: int) -> list[tuple[Any, ...]]:
    shown = isinstance(subject, Person | Organisation)
    return [(_messages_to, reader, subject._meta.model_name, subject.pk, most)] if shown else []


@asks(_asks_of_timeline)
def messages_of(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """What reached them, newest first, without its words. 1 query."""
    if not isinstance(subject, Person | Organisation):
        return []
    return [_entry(message) for message in _messages_to(reader, str(subject._meta.model_name), subject.pk, most)]


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
