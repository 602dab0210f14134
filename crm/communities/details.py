"""What somebody says about a community before it is saved: plain values that pages, API and loaders fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm.communities.models import Community
from crm.languages.models import Language


@dataclass(frozen=True)
class CommunityDetails:
    """A community. Only the name must be given."""

    name: str
    kind: str = Community.Kind.COMMUNITY
    parent: Community | None = None
    description: str = ""
    good_to_know: str = ""
    languages: Sequence[Language] = ()
    rhythm_days: int = 90
    source: str = ""
