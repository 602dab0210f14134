"""What somebody says about a group before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import NetworkMember, Organisation, Service, SupportGiven


@dataclass(frozen=True)
class CommunityLinkDetails:
    """How the group stands to one community: led by it, speaks for it, works with it, or serves it."""

    community: Community
    relation: str


@dataclass(frozen=True)
class NetworkDetails:
    """A network the group is in, what it does there, and for how long."""

    network: Organisation
    part: str = NetworkMember.Part.MEMBER
    first_day: date | None = None
    last_day: date | None = None


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
    areas_served: Sequence[Area] = ()
    networks: Sequence[NetworkDetails] = ()
    closed_on: date | None = None


@dataclass(frozen=True)
class ServiceDetails:
    """Something a group offers people. Only the name must be given."""

    name: str
    description: str = ""
    who_for: str = ""
    when: str = ""
    cost: str = ""
    how_to_join: str = ""
    languages: Sequence[Language] = ()
    status: str = Service.Status.ACTIVE
    in_directory: bool = False


@dataclass(frozen=True)
class SupportGivenDetails:
    """Support, mentoring or training that we gave a group. `hours` is how long it took; `given_by` is the actor unless
    somebody else is named."""

    kind: str = SupportGiven.Kind.SUPPORT
    given_on: date | None = None
    words: str = ""
    hours: Decimal | None = None
    people: int | None = None
    given_by: User | None = None
