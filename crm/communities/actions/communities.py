"""Communities: added, changed, moved in the nesting."""

from __future__ import annotations

from typing import Any

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_input_if
from crm.communities import permissions, rules
from crm.communities.actions.nesting import hang_new, hold_the_whole_nesting, move
from crm.communities.details import CommunityDetails
from crm.communities.models import Community, CommunityRhythm, FormerName

OWN_FIELDS = ("kind", "parent", "rhythm_days", "asks_in_90_days")
WORDS = ("name", "description", "good_to_know", "source")


@action(permissions.add_community)
def add_community(*, actor: User, details: CommunityDetails) -> Community:
    """Put a community into the council's list. Raises `InputBlocked` with every reason at once."""
    hold_the_whole_nesting()
    refuse_input_if(rules.blockers_to_adding(details))
    community = write(_filled(Community(), details), verb=Verb.COMMUNITY_ADDED)
    community.languages.set(details.languages)
    hang_new(community)
    attach(_rhythms(community, details))
    return community


@action(permissions.change_community)
def change_community(
    *, actor: User, community: Community, details: CommunityDetails, expected_version: int | None = None
) -> Community:
    """Change a community; a new name keeps the old one findable, a new place in the nesting takes all that lies in it
    along. Raises `Stale`, `InputBlocked`."""
    hold_the_whole_nesting()  # before its own row: two changes that took theirs first would wait for each other
    fresh = lock(community, expected_version=expected_version)
    old_name, old_parent = fresh.name, fresh.parent_id
    new_parent = details.parent.pk if details.parent else None
    refuse_input_if(rules.blockers_to_changing(details, fresh))
    _filled(fresh, details)
    linked = {**set_links(fresh, "languages", details.languages), **_set_rhythms(fresh, details)}
    if fresh.name != old_name:
        attach([FormerName(community=fresh, name=old_name)])
    if new_parent != old_parent:
        move(fresh)
    return write(fresh, verb=Verb.COMMUNITY_CHANGED, linked=linked)


@action(permissions.note_good_to_know)
def note_good_to_know(
    *, actor: User, community: Community, words: str, expected_version: int | None = None
) -> Community:
    """Write what is good to know before meeting a community. Raises `Stale`, `InputBlocked` for one that was merged."""
    fresh = lock(community, expected_version=expected_version)
    refuse_input_if(rules.merged([fresh], ""))
    fresh.good_to_know = words.strip()
    return write(fresh, verb=Verb.COMMUNITY_CHANGED)


def _filled(community: Community, details: CommunityDetails) -> Community:
    for name in OWN_FIELDS:
        setattr(community, name, getattr(details, name))
    for name in WORDS:
        setattr(community, name, getattr(details, name).strip())
    return community


def _rhythms(community: Community, details: CommunityDetails) -> list[CommunityRhythm]:
    return [
        CommunityRhythm(community=community, locality=row.locality, rhythm_days=row.rhythm_days)
        for row in details.rhythms
    ]


def _set_rhythms(community: Community, details: CommunityDetails) -> dict[str, tuple[Any, Any]]:
    rows = community.rhythms
    before = sorted([str(row.locality_id), row.rhythm_days] for row in rows.all())
    after = sorted([str(row.locality.pk), row.rhythm_days] for row in details.rhythms)
    if before == after:
        return {}
    rows.all().delete()
    attach(_rhythms(community, details))
    return {"rhythms": (before, after)}
