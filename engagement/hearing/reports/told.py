"""What a community told us already: read before asking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Max, Value
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.communities.models import Community, CommunityLink
from engagement.log.models import EngagementEvent, Reach

LOOKED_BACK = timedelta(days=365)
TOPIC, BARRIER = "topic", "barrier"


@dataclass(frozen=True)
class Counted:
    """Something that came up at contacts: what, at how many, and when last."""

    name: str
    contacts: int
    last_on: date


def spoken_of(community: Community, *, reader: Actor, most: int = 6) -> dict[str, list[Counted]]:
    """Topics and barriers of the last year, the most frequent first: `topic` and `barrier`.

    Also of contacts whose words the reader may not read but may know of, so that nobody asks again. 1 query.
    """
    found: dict[str, list[Counted]] = {TOPIC: [], BARRIER: []}
    for what, name, number, last in topics_and_barriers(reader, community.pk):
        found[what].append(Counted(name, number, last))
    return {what: sorted(rows, key=lambda row: (-row.contacts, row.name))[:most] for what, rows in found.items()}


@kept
def topics_and_barriers(reader: Actor, community: UUID) -> Any:
    """How often a topic or a barrier was named in the last year, and when last."""
    inside = CommunityLink.objects.filter(ancestor=community).values("descendant")
    reached = Reach.objects.filter(community__in=inside).order_by().values("event")
    known = (
        EngagementEvent.objects.summaries_visible_to(reader)
        .standing()
        .order_by()
        .filter(pk__in=reached, occurred_on__gt=timezone.localdate() - LOOKED_BACK)
    )
    topics, barriers = _named(known, "topics__name", TOPIC), _named(known, "barriers__barrier__name", BARRIER)
    return topics.union(barriers, all=True)


def _named(known: Any, path: str, what: str) -> Any:
    rows = known.filter(**{f"{path}__isnull": False}).annotate(what=Value(what, output_field=CharField()), name=F(path))
    return rows.values_list("what", "name").annotate(number=Count("pk", distinct=True), last=Max("occurred_on"))
