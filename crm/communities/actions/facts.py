"""What is known about working with a community: added, corrected by the community, ended. Nothing is overwritten."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.communities import permissions, rules
from crm.communities.details import CommunityFactDetails
from crm.communities.models import Community, CommunityFact


@action(permissions.add_community_fact)
def add_community_fact(*, actor: User, community: Community, details: CommunityFactDetails) -> CommunityFact:
    """Write down one thing to know about working with a community: ours, or their own words. Raises `InputBlocked`
    with every reason at once."""
    refuse_input_if(rules.blockers_to_adding_fact(community, details))
    return write(_fact(actor, community, details), verb=Verb.COMMUNITY_FACT_ADDED)


@action(permissions.correct_community_fact)
def correct_community_fact(*, actor: User, fact: CommunityFact, details: CommunityFactDetails) -> CommunityFact:
    """Put what the community says beside what stands there; both stay. Returns the correction. It is about the same
    thing, and always the community's own voice. Raises `Blocked` for what is no longer true, `InputBlocked`."""
    fresh = lock(fact)
    refuse_if(rules.blockers_to_changing_fact(fresh))
    said = CommunityFactDetails(
        details.words, fresh.kind, CommunityFact.Voice.COMMUNITY, details.said_by, details.said_on
    )
    refuse_input_if(rules.blockers_to_fact(said))
    correction = _fact(actor, fresh.community.merged_into or fresh.community, said)
    correction.corrects_id = fresh.corrects_id or fresh.pk
    return write(correction, verb=Verb.COMMUNITY_FACT_CORRECTED)


@action(permissions.end_community_fact)
def end_community_fact(
    *, actor: User, fact: CommunityFact, reason: str, expected_version: int | None = None
) -> CommunityFact:
    """Say that something is no longer true, and why. It stays readable. Raises `Stale`, `Blocked` when it ended
    before, `InputBlocked` without a reason."""
    fresh = lock(fact, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing_fact(fresh))
    refuse_input_if(rules.reason_missing(reason))
    fresh.ended_on, fresh.ended_reason = timezone.localdate(), reason.strip()
    return write(fresh, verb=Verb.COMMUNITY_FACT_ENDED)


def _fact(actor: User, community: Community, details: CommunityFactDetails) -> CommunityFact:
    return CommunityFact(
        community=community,
        kind=details.kind,
        words=details.words.strip(),
        voice=details.voice,
        said_by=details.said_by.strip(),
        said_on=details.said_on or timezone.localdate(),
        recorded_by=actor,
    )
