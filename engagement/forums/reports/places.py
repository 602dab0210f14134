"""How many places a forum still has: for anybody, and for people of a community for whom some are held."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet, Sum

from engagement.forums.models import Forum, HeldPlaces, Invitation
from engagement.forums.vocabulary import Place

TAKEN = (Place.HAS, Place.OFFERED)


def heads_of(rows: QuerySet[Invitation]) -> int:
    """How many people these bring: they themselves and whoever comes with them. 1 query."""
    told = rows.order_by().aggregate(heads=Sum(1 + F("guests_supporters") + F("guests_others"), default=0))
    return int(told["heads"])


def free_places(forum: Forum, *, held: HeldPlaces | None = None, besides: Invitation | None = None) -> int | None:
    """How many more people fit in; None where nobody counts. Places that are held are free only for whom they are held.
    At most 2 queries, and 1 for each community that places are held for."""
    if forum.capacity is None:
        return None
    taken = Invitation.objects.filter(forum=forum, place__in=TAKEN)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    kept = sum(_still_held(row, taken) for row in standing_of(forum) if held is None or row.pk != held.pk)
    return forum.capacity - heads_of(taken) - kept


def standing_of(forum: Forum) -> Sequence[HeldPlaces]:
    """The places that are held today. 1 query."""
    return list(HeldPlaces.objects.filter(forum=forum).standing().select_related("community"))


def _still_held(row: HeldPlaces, taken: QuerySet[Invitation]) -> int:
    return max(0, row.places - heads_of(taken.filter(held=row)))
