"""The nesting as a list shows it, and what is known about working with a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.communities.models import Community, CommunityFact


@dataclass
class Branch:
    """A community and those that lie directly in it."""

    community: Community
    inside: list[Branch] = field(default_factory=list)


def nested(communities: Iterable[Community]) -> list[Branch]:
    """The communities as a tree, each in the order given; one whose parent is not among them stands at the top."""
    branches = {community.pk: Branch(community) for community in communities}
    top = []
    for branch in branches.values():
        parent = branch.community.parent_id
        if parent in branches:
            branches[parent].inside.append(branch)
        else:
            top.append(branch)
    return top


@dataclass
class Known:
    """One thing to know, with what the community says beside it."""

    fact: CommunityFact
    beside: list[CommunityFact] = field(default_factory=list)


@dataclass
class Passport:
    """What is known about working with a community: what stands, by what it is about, and what is over."""

    standing: list[tuple[str, list[Known]]]
    over: list[CommunityFact]


@kept
def community_with_everything(reader: Actor, pk: UUID) -> QuerySet[Community]:
    """A community with all that its page shows."""
    return Community.objects.visible_to(reader).for_page().filter(pk=pk)[:1]


@kept
def facts_of(reader: Actor, community: UUID) -> QuerySet[CommunityFact]:
    """What was ever written down about a community and about those merged into it."""
    of_these = Community.objects.with_merged(community).order_by().values("pk")
    rows = CommunityFact.objects.visible_to(reader).filter(community__in=of_these)
    return rows.select_related("community", "recorded_by").order_by("said_on", "id")


def facts_about(community: Community, *, reader: Actor) -> Passport:
    """What is known about a community and about those merged into it: 1 query. A correction stands beside what it
    corrects, and by itself once that is over."""
    facts = facts_of(reader, community.pk)
    known = {fact.pk: Known(fact) for fact in facts if fact.ended_on is None}
    for item in list(known.values()):
        corrected = known.get(item.fact.corrects_id) if item.fact.corrects_id else None
        if corrected is not None:
            corrected.beside.append(known.pop(item.fact.pk).fact)
    by_kind = [
        (label, [item for item in known.values() if item.fact.kind == kind])
        for kind, label in CommunityFact.Kind.choices
    ]
    return Passport([(label, items) for label, items in by_kind if items], [f for f in facts if f.ended_on])
