"""Communities: added, changed, moved in the nesting."""

from __future__ import annotations

from typing import Any

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_input_if
from crm.communities import permissions, rules
from crm.communities.details import CommunityDetails
from crm.communities.models import Community, CommunityLink, FormerName

OWN_FIELDS = ("kind", "parent", "rhythm_days")
WORDS = ("name", "description", "good_to_know", "source")


@action(permissions.add_community)
def add_community(*, actor: User, details: CommunityDetails) -> Community:
    """Put a community into the council's list. Raises `InputBlocked` with every reason at once."""
    _hold_the_whole_nesting()
    refuse_input_if(rules.blockers_to_adding(details))
    community = write(_filled(Community(), details), verb=Verb.COMMUNITY_ADDED)
    community.languages.set(details.languages)
    itself = CommunityLink(ancestor=community, descendant=community, depth=0)
    attach([itself, *_links_above(community.parent, {community.pk: 0})])
    return community


@action(permissions.change_community)
def change_community(
    *, actor: User, community: Community, details: CommunityDetails, expected_version: int | None = None
) -> Community:
    """Change a community; a new name keeps the old one findable, a new place in the nesting takes all that lies in it
    along. Raises `Stale`, `InputBlocked`."""
    _hold_the_whole_nesting()  # before its own row: two changes that took theirs first would wait for each other
    fresh = lock(community, expected_version=expected_version)
    old_name, old_parent = fresh.name, fresh.parent_id
    new_parent = details.parent.pk if details.parent else None
    refuse_input_if(rules.blockers_to_changing(details, fresh))
    _filled(fresh, details)
    linked = dict(set_links(fresh, "languages", details.languages))
    if fresh.name != old_name:
        attach([FormerName(community=fresh, name=old_name)])
    if new_parent != old_parent:
        _move(fresh)
    return write(fresh, verb=Verb.COMMUNITY_CHANGED, linked=linked)


@action(permissions.note_good_to_know)
def note_good_to_know(
    *, actor: User, community: Community, words: str, expected_version: int | None = None
) -> Community:
    """Write what is good to know before meeting a community. Raises `Stale`."""
    fresh = lock(community, expected_version=expected_version)
    fresh.good_to_know = words.strip()
    return write(fresh, verb=Verb.COMMUNITY_CHANGED)


def _filled(community: Community, details: CommunityDetails) -> Community:
    for name in OWN_FIELDS:
        setattr(community, name, getattr(details, name))
    for name in WORDS:
        setattr(community, name, getattr(details, name).strip())
    return community


def _hold_the_whole_nesting() -> None:
    """Two moves at once could make a circle that neither sees, two new names the same name twice in other capitals:
    the list is small, so each holds all of it."""
    list(Community.objects.select_for_update().order_by("pk").values_list("pk"))


def _links_above(parent: Community | None, depths: dict[Any, int]) -> list[CommunityLink]:
    """Links from each community (id → depth below the topmost of them) to everything above their new parent, and it."""
    if parent is None:
        return []
    above = CommunityLink.objects.filter(descendant=parent).values_list("ancestor_id", "depth")
    return [
        CommunityLink(ancestor_id=ancestor, descendant_id=pk, depth=depth + 1 + below)
        for ancestor, depth in above
        for pk, below in depths.items()
    ]


def _move(community: Community) -> None:
    """Cut the community, with all that lies in it, from what enclosed it, and hang it under its new parent."""
    inside = dict(CommunityLink.objects.filter(ancestor=community).values_list("descendant_id", "depth"))
    CommunityLink.objects.filter(descendant__in=inside).exclude(ancestor__in=inside).delete()
    attach(_links_above(community.parent, inside))
