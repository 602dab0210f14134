"""Quiet: not heard directly for longer than we meant to, in the council as a whole and in each locality."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from crm.areas.models import Area
from crm.base.kept import kept_for_all
from crm.base.spans import how_long
from crm.communities.models import Community, CommunityLink, CommunityRhythm
from engagement.log.models import Reach


class Hearing(NamedTuple):
    """When a community was last heard in one locality, or (`locality` None) in the whole council."""

    community: Community
    locality: Area | None
    last_on: date | None
    through_on: date | None
    rhythm_days: int
    planned_here: bool
    today: date

    @property
    def days(self) -> int | None:
        """Days since it was last heard directly; None when it never was."""
        return (self.today - self.last_on).days if self.last_on else None

    @property
    def is_quiet(self) -> bool:
        """Not heard directly for more days than the rhythm. Never heard counts as quiet."""
        return self.days is None or self.days > self.rhythm_days

    @property
    def stands_out(self) -> bool:
        """Quiet where somebody expects their voice: in the council as a whole, or in a locality where they were heard
        before, where a group spoke for them, or for which a rhythm is set. Elsewhere nobody has said that they live."""
        return self.is_quiet and bool(self.locality is None or self.last_on or self.through_on or self.planned_here)

    @property
    def ago(self) -> str:
        """In words: "7 months ago"; "today"; "never"."""
        if self.days is None:
            return "never"
        return f"{how_long(self.days)} ago" if self.days else "today"

    @property
    def through_ago(self) -> str:
        """When a group last spoke for them, where that is later than their own voice; empty otherwise."""
        if self.through_on is None or (self.last_on and self.through_on <= self.last_on):
            return ""
        days = (self.today - self.through_on).days
        return f"{how_long(days)} ago" if days else "today"


def hearings(
    communities: Sequence[Community] | None = None,
    *,
    localities: Sequence[Area] | None = None,
    today: date | None = None,
) -> list[Hearing]:
    """Each community with when it, or one in it, was last heard: in the whole council and in each locality.

    All communities (no programmes) that stand and all localities of today, unless told otherwise. Withdrawn contacts do
    not count, nor do restricted ones: only their named readers may know that they were. A locality without a rhythm of
    its own has the community's. A council without localities gets one row a community. 2 queries (1 for a single
    community), and 1 for the localities: each day is the first entry of an index, so the size of the log hardly
    matters.
    """
    today = today or timezone.localdate()
    if localities is None:
        localities = localities_on(today)
    places: list[Area | None] = [None, *localities]
    of = None if communities is None else tuple(community.pk for community in communities)
    ids = tuple(sorted(place.pk for place in localities))
    own = {row.pk: row for row in with_newest(ids, of)}
    alone = communities[0] if communities and len(communities) == 1 else None
    inside = {alone.pk: [pk for pk in own if pk != alone.pk]} if alone else _by_ancestor(of)
    if communities is None:
        everything = sorted(own.values(), key=lambda community: community.name)
        communities = [one for one in everything if one.kind == Community.Kind.COMMUNITY and not one.merged_into_id]
    days = {pk: vars(row) for pk, row in own.items()}
    told = [(one, days[one.pk], [days[pk] for pk in (one.pk, *inside.get(one.pk, ()))]) for one in communities]
    return [
        Hearing(
            community=community,
            locality=place,
            last_on=_latest(heard, f"direct_{number}"),
            through_on=_latest(heard, f"through_{number}"),
            rhythm_days=planned[f"rhythm_{number}"] or community.rhythm_days,
            planned_here=bool(planned[f"rhythm_{number}"]),
            today=today,
        )
        for number, place in ((1 + ids.index(place.pk) if place else 0, place) for place in places)
        for community, planned, heard in told
    ]


@kept_for_all
def localities_on(day: date) -> QuerySet[Area]:
    """The localities there are on a day, by name."""
    return Area.objects.localities().on(day)


def quiet(rows: Collection[Hearing]) -> list[Hearing]:
    """The quiet ones, in the order somebody should look at them: those for whom only a group spoke, those heard before
    (the longest ago first), those never heard though a rhythm is set for this locality, and the others never heard."""

    def order(row: Hearing) -> tuple[int, int, str]:
        kind = 0 if row.through_ago else 1 if row.last_on else 2 if row.planned_here else 3
        return kind, -(row.days or 0), row.community.name

    return sorted((row for row in rows if row.is_quiet), key=order)


def hidden_by_averages(rows: Collection[Hearing]) -> list[Hearing]:
    """Communities that the council as a whole hears in time and that are quiet in a locality where a group speaks for
    them: the ones nobody misses. In the order of `quiet`."""
    in_time = {row.community.pk for row in rows if row.locality is None and not row.is_quiet}
    return [row for row in quiet(rows) if row.locality is not None and row.community.pk in in_time and row.through_ago]


def _by_ancestor(communities: tuple[UUID, ...] | None) -> dict[UUID, list[UUID]]:
    """Community → those that lie in it; most have none."""
    found: dict[UUID, list[UUID]] = {}
    for ancestor, descendant in links_of(communities):
        found.setdefault(ancestor, []).append(descendant)
    return found


@kept_for_all
def links_of(communities: tuple[UUID, ...] | None) -> QuerySet[Any, tuple[UUID, UUID]]:
    """Each of these communities (None for all) with what lies in it, but for itself."""
    links = CommunityLink.objects.filter(depth__gt=0).order_by()
    if communities is not None:
        links = links.filter(ancestor__in=communities)
    return links.values_list("ancestor_id", "descendant_id")


def _latest(heard: Sequence[Mapping[str, Any]], name: str) -> date | None:
    if len(heard) == 1:  # nearly always: nothing lies in it
        alone: date | None = heard[0][name]
        return alone
    return max((day for row in heard if (day := row[name])), default=None)


@kept_for_all
def with_newest(localities: tuple[UUID, ...], communities: tuple[UUID, ...] | None) -> QuerySet[Community]:
    """The communities and those that lie in them (None for all), each with the newest day it itself was heard, in the
    whole council (0) and at each place (by number), directly and through a group, and the rhythm set for it there."""
    annotations: dict[str, Any] = {}
    for number, place in enumerate([None, *localities]):
        for voice in Reach.Voice.values:
            annotations[f"{voice}_{number}"] = Subquery(_newest_of(place, voice))
        here = CommunityRhythm.objects.filter(community=OuterRef("pk"), locality=place)
        annotations[f"rhythm_{number}"] = Subquery(here.order_by().values("rhythm_days")[:1])
    # Nobody asks when a community was entered: reading these times took as long as putting the answer together.
    rows = Community.objects.annotate(**annotations).defer("created_at", "modified_at").order_by()
    if communities is None:
        return rows
    return rows.filter(pk__in=CommunityLink.objects.filter(ancestor__in=communities).values("descendant"))


def _newest_of(place: UUID | None, voice: str) -> Any:
    rows = Reach.objects.filter(community=OuterRef("pk"), voice=voice)
    if place is not None:
        rows = rows.filter(locality=place)
    standing = rows.filter(event__withdrawn_at=None, event__restricted=False)
    return standing.order_by("-occurred_on").values("occurred_on")[:1]
