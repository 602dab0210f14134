"""What the log shows on pages of other rooms: home, groups, people and communities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.timeline import Card, Glance, Said, TimelineEntry
from crm.communities.models import Community
from crm.people.flags import show_flags
from engagement.log import reports
from engagement.log.models import EngagementEvent, Point, Promise

SHOWN = 10


def today_card(reader: Actor) -> Card | None:
    """Today: what this officer logged today and what they meant to do next by today."""
    if not holds(reader, FIELD_ROLES):
        return None
    today = timezone.localdate()
    mine = EngagementEvent.objects.visible_to(reader).standing().filter(logged_by=reader.pk)
    logged = list(mine.filter(occurred_on=today).newest_first()[:SHOWN])
    to_do = list(mine.filter(follow_up_on__lte=today).exclude(follow_up="").order_by("follow_up_on", "id")[:SHOWN])
    prefetch_related_objects([*logged, *to_do], "organisations")
    shows = {"logged": logged, "to_do": to_do}
    return Card("workspace/contacts/card_today.html", shows, order=10)


def promises_card(reader: Actor) -> Card | None:
    """Promises this officer keeps, late ones first."""
    if not holds(reader, FIELD_ROLES):
        return None
    mine = Promise.objects.visible_to(reader).open().filter(owner=reader.pk).for_list()
    found = list(mine[: SHOWN + 1])
    show_flags([promise.to_person for promise in found], reader=reader, may_be_hidden=True)
    shows = {"promises": found[:SHOWN], "more": len(found) > SHOWN, "late": mine.late().count()}
    return Card("workspace/promises/card_mine.html", shows, order=20)


def promises_about(reader: Actor, subject: Any) -> Card | None:
    """Open promises to a group, person or community, on its own page."""
    if not holds(reader, FIELD_ROLES):
        return None
    to_subject = Q(**{f"to_{subject._meta.model_name}": subject})
    if isinstance(subject, Community):
        to_subject |= Q(to_community__merged_into=subject)
    found = list(Promise.objects.visible_to(reader).open().filter(to_subject).for_list()[: SHOWN + 1])
    shows = {"promises": found[:SHOWN], "more": len(found) > SHOWN}
    return Card("workspace/promises/card_about.html", shows, order=10, glance=[_owed(found)], on_paper=True)


def _owed(promises: Sequence[Promise]) -> Glance:
    """How many promises are open, and how many of them late. They come late ones first, so that "more than" is true of
    the open ones alone."""
    late = sum(promise.is_late for promise in promises)
    if not promises:
        return Glance("Promises", "No promises waiting.", order=30)
    number = f"More than {SHOWN}" if len(promises) > SHOWN else str(len(promises))
    few = f"more than {SHOWN}" if late > SHOWN else str(late)
    words = f"{number} open, {few} late" if late else f"{number} open, none late"
    return Glance("Promises", words, late=bool(late), order=30)


def contacts_about(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """The contacts of a timeline: words where the reader may read them, otherwise only that, when and what about."""
    if not holds(reader, FIELD_ROLES):
        return []
    events = reports.events_about(subject)
    return [_entry(event, reader) for event in reports.summaries(events, reader=reader, most=most)]


def _said(point: Point) -> Said:
    if point.language is None:
        return Said(point.words)
    return Said(point.words, point.language.code, point.language.direction)


def _entry(event: Any, reader: Actor) -> TimelineEntry:
    may_know = event.may_read or holds(reader, OFFICE_ROLES)
    return TimelineEntry(
        on=event.occurred_on,
        what=event.get_kind_display(),
        who=str(event.logged_by) if may_know else "",
        met=event.met if may_know else [],
        words=[_said(point) for point in event.readable_points],
        topics=event.topic_names,
        url=reverse("workspace:contact", args=[event.pk]) if event.may_read else "",
        struck=event.is_withdrawn,
        restricted=event.restricted,
    )
