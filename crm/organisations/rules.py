"""What is missing before a group can be saved, and what to look at twice: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.areas.lying import in_a_ward
from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from crm.communities.rules import merged
from crm.organisations.details import (
    CommunityLinkDetails,
    NetworkDetails,
    OrganisationDetails,
    ServiceDetails,
    SupportGivenDetails,
)
from crm.organisations.models import Organisation, Service

NO_NAME = Blocker("name_missing", "Write the name of the group", "name")
IN_ITSELF = Blocker("belonging_circle", "A group cannot belong to itself or to one that belongs to it", "parent")
BAD_PHONE = Blocker("phone_impossible", "Write a phone number, like 07700 900123", "phone")
LINK_TWICE = Blocker("community_twice", "Say once how the group stands to a community", "communities")
NETWORK_TWICE = Blocker("network_twice", "A group stands once in a network at a time", "networks")
NETWORK_ITSELF = Blocker("network_itself", "A network cannot be a member of itself", "networks")
NETWORK_BACKWARDS = Blocker("network_backwards", "The last day must be the first day or later", "networks")
NO_WITNESS = Blocker("confirmed_with_missing", "Write who in the group said that this is right, by role", "with_whom")
IS_CLOSED = Blocker("group_closed", "This group no longer exists. Change that first", "with_whom")
NO_SERVICE = Blocker("service_name_missing", "Write the name of the service", "name")
HAS_ENDED = Blocker("service_ended", "This service has ended. Change that first")
NO_DAY = Blocker("day_missing", "Enter a real date, like 24 11 2026", "given_on")
FUTURE = Blocker("day_in_future", "The date must be today or in the past", "given_on")
NO_SUBJECT = Blocker("words_missing", "Write what it was about, in a few words", "words")
NO_TIME = Blocker("hours_impossible", "Write the hours as a number above 0, or leave it empty", "hours")
TOO_LONG = Blocker("hours_too_many", "Write the hours of one occasion: 100 or fewer", "hours")
MOST_HOURS = 100
STALE_AFTER = timedelta(days=365)  # after a year without asking, what we know of a group may no longer be so
HIGHEST = 50  # belonging is a few steps deep; a longer chain is a circle


def blockers_to_adding(details: OrganisationDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a group."""
    if not details.name.strip():
        yield NO_NAME
    yield from in_a_ward(details.area)
    if kept_phone(details.phone) is None:
        yield BAD_PHONE
    if _stands_twice(details.communities):
        yield LINK_TWICE
    yield from merged([link.community for link in details.communities], "communities")
    yield from _networks(details.networks)


def blockers_to_changing(details: OrganisationDetails, organisation: Organisation) -> Iterator[Blocker]:
    """Everything that keeps a group from being changed like this."""
    yield from blockers_to_adding(details)
    if details.parent is not None and _belongs_to(details.parent, organisation):
        yield IN_ITSELF
    if any(row.network.pk == organisation.pk for row in details.networks):
        yield NETWORK_ITSELF


def _networks(rows: Sequence[NetworkDetails]) -> Iterator[Blocker]:
    """A group may come back to a network it left; it cannot be in it twice at once."""
    standing = [row.network.pk for row in rows if row.last_day is None]
    if len(standing) != len(set(standing)):
        yield NETWORK_TWICE
    if any(row.first_day and row.last_day and row.last_day < row.first_day for row in rows):
        yield NETWORK_BACKWARDS


def blockers_to_confirming(with_whom: str, organisation: Organisation) -> Iterator[Blocker]:
    """Why a group cannot be confirmed like this: somebody of the group must have said it."""
    if not with_whom.strip():
        yield NO_WITNESS
    if organisation.closed_on is not None:
        yield IS_CLOSED


def needs_asking(record: Organisation | Service, today: date | None = None) -> bool:
    """Whether nobody has confirmed it for over a year, or ever."""
    today = today or timezone.localdate()
    return record.confirmed_on is None or record.confirmed_on < today - STALE_AFTER


def blockers_to_keeping_service(details: ServiceDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a service."""
    if not details.name.strip():
        yield NO_SERVICE


def blockers_to_using_service(service: Service) -> Iterator[Blocker]:
    """Why a service cannot be confirmed, or ended again."""
    if service.status == Service.Status.DEFUNCT:
        yield HAS_ENDED


def blockers_to_keeping_support(details: SupportGivenDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a record of support given."""
    if details.given_on is None:
        yield NO_DAY
    elif details.given_on > timezone.localdate():
        yield FUTURE
    if not details.words.strip():
        yield NO_SUBJECT
    if details.hours is not None and details.hours <= 0:
        yield NO_TIME
    elif details.hours is not None and details.hours > MOST_HOURS:
        yield TOO_LONG


def _stands_twice(links: Sequence[CommunityLinkDetails]) -> bool:
    """Led by is also speaking for: one relation to one community says enough, and the strongest is the true one."""
    communities = [link.community.pk for link in links]
    return len(communities) != len(set(communities))


def _belongs_to(group: Organisation, other: Organisation) -> bool:
    """Whether the group is the other, or belongs to it at any height."""
    step: Any = group.pk
    for _ in range(HIGHEST):
        if step is None or step == other.pk:
            break
        step = Organisation.objects.filter(pk=step).values_list("parent", flat=True).first()
    return step is not None
