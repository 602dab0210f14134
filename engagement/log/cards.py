"""What the log shows on pages of other rooms: home, groups, people and communities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, Glance, Said, TimelineEntry, asks
from crm.base.together import list_together
from crm.people.flags import show_flags
from crm.people.readers import readers
from engagement.log import reports
from engagement.log.marks import mark_restricted, people_seen
from engagement.log.models import EngagementEvent, Point, Promise
from engagement.log.whom import ROWS, name_whom

SHOWN = 10


def _mine(reader: Actor) -> Any:
    return EngagementEvent.objects.visible_to(reader).standing().filter(logged_by=reader.pk)


# Two questions, each the first entries of an index: asked as one, with "or", every contact of the officer's is read.
@kept
def _logged_today(reader: Actor) -> Any:
    return _mine(reader).filter(occurred_on=timezone.localdate()).newest_first()[:SHOWN]


@kept
def _to_do_by_today(reader: Actor) -> Any:
    due = _mine(reader).filter(follow_up_on__lte=timezone.localdate()).exclude(follow_up="")
    return due.order_by("follow_up_on", "id")[: SHOWN + 1]


@asks(lambda reader: [(_logged_today, reader), (_to_do_by_today, reader)] if holds(reader, FIELD_ROLES) else [])
def today_card(reader: Actor) -> Card | None:
    """Today: what this officer logged today and what they meant to do next by today.
    3 queries, and 1 where people were met."""
    if not holds(reader, FIELD_ROLES):
        return None
    logged, due = _logged_today(reader), _to_do_by_today(reader)
    to_do = due[:SHOWN]
    list_together([*logged, *to_do], *ROWS)
    mark_restricted(reader, to_do)
    name_whom([*logged, *to_do], reader=reader)
    shows = {"logged": logged, "to_do": to_do, "more": len(due) > SHOWN, "today": timezone.localdate()}
    return Card("workspace/contacts/card_today.html", shows, order=10)


def waiting_card(reader: Actor) -> Card | None:
    """Contacts that wait on this phone for signal. Only the phone knows of them, so the card shows when it finds some.
    0 queries."""
    return Card("workspace/contacts/card_waiting.html", {}, order=5) if holds(reader, FIELD_ROLES) else None


# Two questions, for the same reason: with "or", every open promise of the council is read.
@kept
def _to_keep(reader: Actor) -> Any:
    mine = Promise.objects.visible_to(reader).open().filter(owner=reader.pk)
    return mine.for_reader(reader).order_by("due_on", "id")[: SHOWN + 1]


@kept
def _kept_by_nobody(reader: Actor) -> Any:
    named = EngagementEvent.named_readers.through.objects.filter(user_id=reader.pk).values("engagementevent_id")
    left = Q(event__in=named, event__restricted=True) & ~Q(owner__in=readers().order_by().values("pk"))
    found = Promise.objects.visible_to(reader).open().filter(left).exclude(owner=reader.pk)
    return found.for_reader(reader).order_by("due_on", "id")[: SHOWN + 1]


@asks(lambda reader: [(_to_keep, reader), (_kept_by_nobody, reader)] if holds(reader, FIELD_ROLES) else [])
def promises_card(reader: Actor) -> Card | None:
    """Promises this officer keeps, late ones first, with how many are late; and those at restricted contacts that name
    the reader whose keeper has left, for one of those named to take over. 2 queries, and what their people's flags
    cost."""
    if not holds(reader, FIELD_ROLES):
        return None
    mine, nobodys = _to_keep(reader), _kept_by_nobody(reader)
    found = [*nobodys, *mine]
    mark_restricted(reader, found)
    show_flags(people_seen(found), reader=reader)
    shows = {"promises": mine[:SHOWN], "more": len(mine) > SHOWN, "late": _late_in_words(mine), "nobodys": nobodys}
    return Card("workspace/promises/card_mine.html", shows, order=12)


@kept
def _promised_to(reader: Actor, kind: str, pk: UUID) -> Any:
    to_subject = Q(**{f"to_{kind}": pk})
    if kind == "community":
        to_subject |= Q(to_community__merged_into=pk)
    return Promise.objects.visible_to(reader).open().filter(to_subject).for_list()[: SHOWN + 1]


def _asks(reader: Actor, subject: Any) -> list[tuple[Any, ...]]:
    return [(_promised_to, reader, subject._meta.model_name, subject.pk)] if holds(reader, FIELD_ROLES) else []


@asks(_asks)
def promises_about(reader: Actor, subject: Any) -> Card | None:
    """Open promises to a group, person or community, on its own page."""
    if not holds(reader, FIELD_ROLES):
        return None
    found = _promised_to(reader, subject._meta.model_name, subject.pk)
    mark_restricted(reader, found)
    shows = {"promises": found[:SHOWN], "more": len(found) > SHOWN}
    return Card("workspace/promises/card_about.html", shows, order=10, glance=[_owed(found)], on_paper=True)


def _late_in_words(promises: Sequence[Promise]) -> str:
    """How many are late; empty for none. Late ones come first: of those that were not read, none can be late unless all
    that were read are."""
    late = sum(promise.is_late for promise in promises)
    return f"more than {SHOWN}" if late > SHOWN else str(late or "")


def _owed(promises: Sequence[Promise]) -> Glance:
    """How many promises are open, and how many of them late."""
    late = _late_in_words(promises)
    if not promises:
        return Glance("Promises", "No promises waiting that you may read.", order=30)
    number = f"More than {SHOWN}" if len(promises) > SHOWN else str(len(promises))
    words = f"{number} open, {late} late" if late else f"{number} open, none late"
    return Glance("Promises", words, late=bool(late), order=30)


def _asks_of_timeline(reader: Actor, subject: Any, most: int) -> list[tuple[Any, ...]]:
    known = reports.known_contacts
    return [(known, reader, subject._meta.model_name, subject.pk, most)] if holds(reader, FIELD_ROLES) else []


@asks(_asks_of_timeline)
def contacts_about(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """The contacts of a timeline: words where the reader may read them, otherwise only that, when and what about."""
    if not holds(reader, FIELD_ROLES):
        return []
    found: list[Any] = reports.summaries(subject, reader=reader, most=most)
    mark_restricted(reader, [event for event in found if event.may_read])
    return [_entry(event, reader) for event in found]


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
