"""What somebody says about a community before it is saved: plain values that pages, API and loaders fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.areas.models import Area
from crm.communities.models import Community, CommunityFact
from crm.languages.models import Language


@dataclass(frozen=True)
class RhythmDetails:
    """How often we mean to hear from a community in one locality, in days."""

    locality: Area
    rhythm_days: int


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
    asks_in_90_days: int = 6
    rhythms: Sequence[RhythmDetails] = ()
    source: str = ""


@dataclass(frozen=True)
class CommunityFactDetails:
    """One thing to know about working with a community. `said_on` of None means today."""

    words: str
    kind: str = CommunityFact.Kind.OTHER
    voice: str = CommunityFact.Voice.COUNCIL
    said_by: str = ""
    said_on: date | None = None
