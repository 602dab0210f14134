"""What the log shows on pages of other rooms: home, groups, people and communities."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.timeline import Card, Said, TimelineEntry
from crm.communities.models import Community
from engagement.log import reports
from engagement.log.models import EngagementEvent, Point, Promise

SHOWN = 10


def today_card(reader: Actor) -> Card | None:
    """Today: what this officer logged today and what they meant to do next by today."""
    if not holds(reader, FIELD_ROLES):
        return None
    today = timezone.localdate()
    mine = EngagementEvent.objects.visible_to(reader).standing().filter(logged_by=reader.pk)
    logged = mine.filter(occurred_on=today).newest_first().prefetch_related("organisations")
    to_do = mine.filter(follow_up_on__lte=today).exclude(follow_up="").order_by("follow_up_on", "id")
    shows = {"logged": list(logged[:SHOWN]), "to_do": list(to_do[:SHOWN])}
    return Card("workspace/contacts/card_today.html", shows, order=10)


def promises_card(reader: Actor) -> Card | None:
    """Promises this officer keeps, late ones first."""
    if not holds(reader, FIELD_ROLES):
        return None
    mine = Promise.objects.visible_to(reader).open().filter(owner=reader.pk).for_list()
    found = list(mine[: SHOWN + 1])
    shows = {"promises": found[:SHOWN], "more": len(found) > SHOWN, "late": mine.late().count()}
    return Card("workspace/promises/card_mine.html", shows, order=20)


def quiet_card(reader: Actor) -> Card | None:
    """Communities not heard from for longer than the rhythm set for them."""
    if not holds(reader, FIELD_ROLES):
        return None
    quiet = reports.quiet_communities()
    return Card("workspace/contacts/card_quiet.html", {"quiet": quiet[:SHOWN], "number": len(quiet)}, order=30)


def promises_about(reader: Actor, subject: Any) -> Card | None:
    """Open promises to a group, person or community, on its own page."""
    if not holds(reader, FIELD_ROLES):
        return None
    to_subject = Q(**{f"to_{subject._meta.model_name}": subject})
    promises = list(Promise.objects.visible_to(reader).open().filter(to_subject).for_list()[:SHOWN])
    return Card("workspace/promises/card_about.html", {"promises": promises}, order=10)


def quiet_about(reader: Actor, subject: Any) -> Card | None:
    """On a community's page: when it was last heard directly, and whether that is longer ago than its rhythm."""
    if not isinstance(subject, Community) or not holds(reader, FIELD_ROLES):
        return None
    last = reports.last_heard([subject]).get(subject.pk)
    days = (timezone.localdate() - last).days if last else None
    shows = {"last_on": last, "days": days, "quiet": days is None or days > subject.rhythm_days,
             "rhythm": subject.rhythm_days}  # fmt: skip
    return Card("workspace/contacts/card_heard.html", shows, order=5)


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
    return TimelineEntry(
        on=event.occurred_on,
        what=event.get_kind_display(),
        who=str(event.logged_by) if event.may_read or holds(reader, OFFICE_ROLES) else "",
        words=[_said(point) for point in event.readable_points],
        topics=[topic.name for topic in event.topics.all()],
        url=reverse("workspace:contact", args=[event.pk]) if event.may_read else "",
        struck=event.is_withdrawn,
    )
