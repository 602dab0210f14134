"""Keeps the closure of the nesting, and what it was before: every community with each that encloses it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from crm.audit.actions import attach
from crm.communities.models import Community, CommunityLink, FormerNesting

Pairs = dict[tuple[Any, Any], int]  # ancestor and descendant → how deep


def hold_the_whole_nesting() -> None:
    """Two moves at once could make a circle that neither sees, two new names the same name twice in other capitals:
    the list is small, so each holds all of it."""
    list(Community.objects.select_for_update().order_by("pk").values_list("pk"))


def hang_new(community: Community) -> None:
    """Put a community just added into the closure, under its parent."""
    itself = CommunityLink(ancestor=community, descendant=community, depth=0)
    wanted = _wanted(community.parent_id, {community.pk: 0})
    attach([itself, *(CommunityLink(ancestor_id=a, descendant_id=d, depth=depth) for (a, d), depth in wanted.items())])


def hang_all_new(communities: Sequence[Community]) -> None:
    """Put communities just added into the closure, each under its parent, which stood there or comes before it."""
    above: dict[Any, dict[Any, int]] = defaultdict(dict)
    for link in CommunityLink.objects.filter(descendant__in={one.parent_id for one in communities}):
        above[link.descendant_id][link.ancestor_id] = link.depth
    links: list[CommunityLink] = []
    for one in communities:
        above[one.pk] = {one.pk: 0, **{pk: depth + 1 for pk, depth in above[one.parent_id].items()}}
        links += [CommunityLink(ancestor_id=pk, descendant=one, depth=depth) for pk, depth in above[one.pk].items()]
    attach(links)


def move(community: Community) -> None:
    """Hang a community, with all that lies in it, under its parent of now; where it lay until today is kept."""
    inside = dict(CommunityLink.objects.filter(ancestor=community).values_list("descendant_id", "depth"))
    wanted, today = _wanted(community.parent_id, inside), timezone.localdate()
    outer = CommunityLink.objects.filter(descendant__in=inside).exclude(ancestor__in=inside)
    stand = {(link.ancestor_id, link.descendant_id): link for link in outer}
    gone = [link for pair, link in stand.items() if pair not in wanted]
    attach([
        FormerNesting(ancestor_id=link.ancestor_id, descendant_id=link.descendant_id, since=link.since, until=today)
        for link in gone
        if link.since != today
    ])  # fmt: skip
    CommunityLink.objects.filter(pk__in=[link.pk for link in gone]).delete()
    attach([
        CommunityLink(ancestor_id=ancestor, descendant_id=descendant, depth=depth, since=today)
        for (ancestor, descendant), depth in wanted.items()
        if (ancestor, descendant) not in stand
    ])  # fmt: skip
    for pair, link in stand.items():
        if pair in wanted and link.depth != wanted[pair]:
            CommunityLink.objects.filter(pk=link.pk).update(depth=wanted[pair])


def _wanted(parent_id: Any, inside: dict[Any, int]) -> Pairs:
    """Each community inside with the parent and everything above it."""
    if parent_id is None:
        return {}
    above = CommunityLink.objects.filter(descendant=parent_id).values_list("ancestor_id", "depth")
    return {(ancestor, pk): depth + 1 + below for ancestor, depth in above for pk, below in inside.items()}
