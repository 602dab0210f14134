"""What somebody says about a group before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation


@dataclass(frozen=True)
class CommunityLinkDetails:
    """How the group stands to one community: led by it, speaks for it, or works with it."""

    community: Community
    relation: str


@dataclass(frozen=True)
class OrganisationDetails:
    """A group or organisation. Only the name must be given."""

    name: str
    kind: str = Organisation.Kind.COMMUNITY_GROUP
    parent: Organisation | None = None
    area: Area | None = None
    place: str = ""
    description: str = ""
    good_to_know: str = ""
    languages: Sequence[Language] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    communities: Sequence[CommunityLinkDetails] = ()
    closed_on: date | None = None
