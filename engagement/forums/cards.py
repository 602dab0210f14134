"""What forums show on pages of other rooms: home, and what is coming for a group, person or community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.timeline import Card, Coming, TimelineEntry
from crm.base.words import named_time
from crm.communities.models import Community
from crm.organisations.models import Organisation
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


def home_card(reader: Actor) -> Card | None:
    """On the home page: one's forums of today and the next one, and one's jobs that are late or due soon. 2 queries."""
    if not holds(reader, FIELD_ROLES):
        return None
    today = timezone.localdate()
    forums = list(
        mine(Forum.objects.visible_to(reader), reader).distinct().upcoming(today).select_related("venue")[:SHOWN]
    )
    due = Job.objects.visible_to(reader).open().filter(owner=reader.pk, due_on__lte=today + SOON)
    jobs = list(due.for_list()[: SHOWN + 1])
    now = [forum for forum in forums if forum.on == today]
    later = next((forum for forum in forums if forum.on > today), None)
    shows = {"today": now, "next": later, "jobs": jobs[:SHOWN], "more": len(jobs) > SHOWN}
    late = sum(job.is_late for job in jobs)
    return Card("workspace/forums/card_home.html", {**shows, "late": late}, order=15)


def coming_for(reader: Actor, subject: Any, most: int) -> Sequence[Coming]:
    """Forums ahead that a person, group or community is part of and the reader may see. 1 query."""
    rows = _about(reader, subject)
    if rows is None:
        return []
    found = rows.upcoming().select_related("venue")[:most]
    return [Coming(one.on, one.title, str(one.venue or ""), reverse("workspace:forum", args=[one.pk])) for one in found]


def forums_about(*, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
    """Forums for a community that took place or were cancelled, and those a person or group came to, of which no
    contact was written yet: once it is, the contact stands there instead. 1 query."""
    rows = _about(reader, subject)
    if rows is None:
        return []
    if not isinstance(subject, Community):
        field = "person" if isinstance(subject, Person) else "organisation"
        here = Attendance.objects.filter(came=True, **{field: subject}).order_by().values("forum")
        rows = Forum.objects.visible_to(reader).filter(pk__in=here)
    past = rows.filter(state__in=[*PAST, *TOLD], on__lte=timezone.localdate(), event=None, was_published=True)
    if isinstance(subject, Community):
        past = past.exclude(on=timezone.localdate())
    found = past.order_by("-on", "-id")[:most]
    return [
        TimelineEntry(one.on, f"Forum: {one.title}", url=reverse("workspace:forum", args=[one.pk]),
                      struck=one.state == "cancelled")
        for one in found
    ]  # fmt: skip


def diary_of(reader: Actor) -> list[DiaryEntry]:
    """One's own forums of today, on the page where a contact is logged. 1 query."""
    today = timezone.localdate()
    rows = mine(Forum.objects.visible_to(reader), reader).distinct().filter(on=today, was_published=True)
    return [
        DiaryEntry(
            one.pk, f"The forum ‘{one.title}’, {named_time(one.starts)}", one.starts_at, one.ends_at,
            str(one.venue or "")[:200], WRITTEN if one.state in PAST else "",
        )
        for one in rows.exclude(state="cancelled").select_related("venue").in_order()
    ]  # fmt: skip


def contacts_written_by_forums(reader: Actor, details: EventDetails) -> list[str]:
    """A contact of the day of a forum, with somebody who came to it, is perhaps that forum's. 1 query; none for a
    contact that names nobody."""
    groups, people = [one.pk for one in details.organisations], [one.pk for one in details.people]
    if details.occurred_on is None or not (groups or people):
        return []
    came = Attendance.objects.filter(Q(organisation__in=groups) | Q(person__in=people), came=True).order_by()
    rows = Forum.objects.visible_to(reader).filter(on=details.occurred_on, state__in=PAST, pk__in=came.values("forum"))
    return [f"They were at the forum ‘{title}’ that day. {TWIN}" for title in rows.values_list("title", flat=True)]


def calendar_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: the way to their private calendar. No query."""
    return Card("workspace/calendars/card.html", {"person": subject}, order=90) if isinstance(subject, Person) else None


def _about(reader: Actor, subject: Any) -> Any:
    if not holds(reader, FIELD_ROLES):
        return None
    rows = Forum.objects.visible_to(reader)
    if isinstance(subject, Community):
        return rows.filter(Q(communities=subject) | Q(communities__merged_into=subject)).distinct()
    if isinstance(subject, Person):
        return rows.filter(invitations__person=subject, invitations__answer__in=["yes", "maybe", "none"])
    if isinstance(subject, Organisation):
        return rows.filter(Q(invitations__organisation=subject) | Q(venue__organisation=subject)).distinct()
    return None
