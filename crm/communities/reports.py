"""The nesting, as a list shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm.communities.models import Community


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
