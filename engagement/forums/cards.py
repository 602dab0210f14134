"""What forums show on pages of other rooms: home, and what is coming for a group, person or community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, Coming, TimelineEntry, asks
from crm.base.words import named_time
from crm.people.models import Person
from engagement.forums.filters import mine
from engagement.forums.models import Attendance, Forum, Job
from engagement.forums.vocabulary import PAST, TOLD
from engagement.log.details import EventDetails
from engagement.log.diary import DiaryEntry

SOON = timedelta(days=14)  # how long before its day a job comes to the home page
SHOWN = 6
TWIN = "Closing it writes the contact, or did. Save this one only if it is about something else."
WRITTEN = "This forum was held, and closing it writes the contact. Save this one only if it is about something else."


@kept
def _own_ahead(reader: Actor) -> Any:
    rows = mine(Forum.objects.visible_to(reader), reader).distinct().upcoming(timezone.localdate())
    return rows.select_related("venue")[:SHOWN]


@kept
def _own_jobs(reader: Actor) -> Any:
    soon = timezone.localdate() + SOON
    return Job.objects.visible_to(reader).open().filter(owner=reader.pk, due_on__lte=soon).for_list()[: SHOWN + 1]


@asks(lambda reader: [(_own_ahead, reader), (_own_jobs, reader)] if holds(reader, FIELD_ROLES) else [])
def home_card(reader: Actor) -> Card | None:
    """On the home page: one's forums of today and the next one, and one's jobs that are late or due soon."""
    if not holds(reader, FIELD_ROLES):
        return None
    today = timezone.localdate()
    forums, jobs = _own_ahead(reader), _own_jobs(reader)
    now = [forum for forum in forums if forum.on == today]
    later = next((forum for forum in forums if forum.on > today), None)
    shows = {"today": now, "next": later, "jobs": jobs[:SHOWN], "more": len(jobs) > SHOWN}
    late = sum(job.is_late for job in jobs)
    return Card("workspace/forums/card_home.html", {**shows, "late": late}, order=15)


@kept
def _ahead_of(reader: Actor, kind: str, pk: UUID, most: int) -> Any:
    return _about(reader, kind, pk).upcoming().select_related("venue")[:most]


@kept
def _past_of(reader: Actor, kind: str, pk: UUID, most: int) -> Any:
    if kind == "community":
        rows = _about(reader, kind, pk).exclude(on=timezone.localdate())
    else:
        here = Attendance.objects.filter(came=True, **{kind: pk}).order_by().values("forum")
        rows = Forum.objects.visible_to(reader).filter(pk__in=here)
    past = rows.filter(state__in=[*PAST, *TOLD], on__lte=timezone.localdate(), event=None, was_published=True)
    return past.order_by("-on", "-id")[:most]


def _asked(question: Any, reader: Actor, subject: Any, most: int) -> Any:
    """A question about a subject of which forums know; none for another subject, or whom it does not concern."""
    kind = str(subject._meta.model_name)
    known = holds(reader, FIELD_ROLES) and kind in ("community", "person", "organisation")
    return (question, reader, kind, subject.pk, most) if known else ()


def _asks_ahead(reader: Actor, subject: Any, most: int) -> list[Any]:
    return [one] if (one := _asked(_ahead_of, reader, subject, most)) else []


def _asks_past(reader: Actor, subject: Any, most: int) -> list[Any]:
    return [one] if (one := _asked(_past_of, reader, subject, most)) else []


@asks(_asks_ahead)
def coming_for(reader: Actor, subject: Any, most: int) -> Sequence[Coming]:
    """Forums ahead that a person, group or community is part of and the reader may see. 1 query."""
    found = _rows_of(_ahead_of, reader, subject, most)
    return [Coming(one.on, one.title, str(one.venue or ""), reverse("workspace:forum", args=[one.pk])) for one in found]


@asks(_asks_past)
def forums_about(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """Forums for a community that took place or were cancelled, and those a person or group came to, of which no
    contact was written yet: once it is, the contact stands there instead. 1 query."""
    found = _rows_of(_past_of, reader, subject, most)
    return [
        TimelineEntry(one.on, f"Forum: {one.title}", url=reverse("workspace:forum", args=[one.pk]),
                      struck=one.state == "cancelled")
        for one in found
    ]  # fmt: skip


def diary_of(reader: Actor, day: date) -> list[DiaryEntry]:
    """One's own forums of a day, on the page where a contact is logged. 1 query."""
    return [
        DiaryEntry(
            one.pk, f"The forum ‘{one.title}’, {named_time(one.starts)}", one.starts_at, one.ends_at,
            str(one.venue or "")[:200], WRITTEN if one.state in PAST else "",
        )
        for one in _own_on(reader, day)
    ]  # fmt: skip


@kept
def _own_on(reader: Actor, day: date) -> Any:
    rows = mine(Forum.objects.visible_to(reader), reader).distinct().filter(on=day, was_published=True)
    return rows.exclude(state="cancelled").select_related("venue").in_order()


@kept
def _they_were_at(reader: Actor, day: date, groups: tuple[UUID, ...], people: tuple[UUID, ...]) -> Any:
    came = Attendance.objects.filter(Q(organisation__in=groups) | Q(person__in=people), came=True).order_by()
    rows = Forum.objects.visible_to(reader).filter(on=day, state__in=PAST, pk__in=came.values("forum"))
    return rows.values_list("title", flat=True)


def contacts_written_by_forums(reader: Actor, details: EventDetails) -> list[str]:
    """A contact of the day of a forum, with somebody who came to it, is perhaps that forum's. 1 query; none for a
    contact that names nobody."""
    groups, people = tuple(one.pk for one in details.organisations), tuple(one.pk for one in details.people)
    if details.occurred_on is None or not (groups or people):
        return []
    titles = _they_were_at(reader, details.occurred_on, groups, people)
    return [f"They were at the forum ‘{title}’ that day. {TWIN}" for title in titles]


def calendar_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: the way to their private calendar. No query."""
    return Card("workspace/calendars/card.html", {"person": subject}, order=90) if isinstance(subject, Person) else None


def _rows_of(question: Any, reader: Actor, subject: Any, most: int) -> list[Any]:
    asked = _asked(question, reader, subject, most)
    rows: list[Any] = question(*asked[1:]) if asked else []
    return rows


def _about(reader: Actor, kind: str, pk: UUID) -> Any:
    rows = Forum.objects.visible_to(reader)
    if kind == "community":
        return rows.filter(Q(communities=pk) | Q(communities__merged_into=pk)).distinct()
    if kind == "person":
        return rows.filter(invitations__person=pk, invitations__answer__in=["yes", "maybe", "none"])
    return rows.filter(Q(invitations__organisation=pk) | Q(venue__organisation=pk)).distinct()
