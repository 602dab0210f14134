"""Every change to communities and to what is known about working with them."""

from crm.communities.actions.communities import add_community, change_community, note_good_to_know
from crm.communities.actions.facts import add_community_fact, correct_community_fact, end_community_fact
from crm.communities.actions.loading import load_communities
from crm.communities.actions.merging import merge_community

__all__ = [
    "add_community",
    "add_community_fact",
    "change_community",
    "correct_community_fact",
    "end_community_fact",
    "load_communities",
    "merge_community",
    "note_good_to_know",
]
