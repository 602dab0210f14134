"""Communities, their nesting and names, and what is known about working with them."""

from crm.communities.models.communities import Community, CommunityLink, FormerName, FormerNesting
from crm.communities.models.profile import CommunityFact, CommunityRhythm

__all__ = ["Community", "CommunityFact", "CommunityLink", "CommunityRhythm", "FormerName", "FormerNesting"]
