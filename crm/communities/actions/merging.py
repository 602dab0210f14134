"""Two communities of the list become one: the past stays readable under both names."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.registries import Registry
from crm.base.rules import refuse_input_if
from crm.communities import permissions, rules
from crm.communities.actions.nesting import hold_the_whole_nesting, move
from crm.communities.models import Community

# Rooms above whose rows decide what is recorded from now on (how a group stands to a community, say) put in what
# carries them over: community, and the one that stays. Part of `merge_community`.
communities_merged: Registry[Callable[[Community, Community], None]] = Registry("communities merged")


@action(permissions.merge_community)
def merge_community(
    *, actor: User, community: Community, into: Community, reason: str, expected_version: int | None = None
) -> Community:
    """Let a community go on under another one. Returns the one that went.

    Nothing new can be recorded against it; all that was counts under the one that stays too, and stays under the old
    name in reports "as it was". Communities that lay in it lie in the one that stays; communities merged into it
    before go along. Raises `Stale`, `InputBlocked`.
    """
    hold_the_whole_nesting()
    fresh, stays = lock(community, expected_version=expected_version), lock(into)
    refuse_input_if([*rules.blockers_to_merging(fresh, stays), *rules.reason_missing(reason)])
    for child in Community.objects.filter(parent=fresh):
        child.parent = stays
        child.merged_into = stays if child.merged_into_id else None
        move(write(child, verb=Verb.COMMUNITY_CHANGED))
    for carry_over in communities_merged:
        carry_over(fresh, stays)
    fresh.parent, fresh.merged_into, fresh.merged_on = stays, stays, timezone.localdate()
    move(fresh)
    record(Verb.COMMUNITY_MERGED, subject=fresh, fields=["reason"], values={"reason": ("", reason.strip())})
    write(stays, verb=Verb.COMMUNITY_CHANGED, linked={"merged": ([], [str(fresh.pk)])})
    return write(fresh, verb=Verb.COMMUNITY_MERGED)
