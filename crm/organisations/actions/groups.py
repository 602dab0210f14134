"""Groups and organisations: added, changed and confirmed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.phones import kept_phone
from crm.base.rules import refuse_input_if
from crm.organisations import permissions, rules
from crm.organisations.details import OrganisationDetails
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity

OWN_FIELDS = ("kind", "parent", "area", "closed_on")
LISTS = ("languages", "areas_served")
WORDS = ("name", "place", "description", "good_to_know", "email", "website")


@action(permissions.add_organisation)
def add_organisation(*, actor: User, details: OrganisationDetails) -> Organisation:
    """Add a group. Raises `InputBlocked` with every reason at once. A group of a name like it is no reason: pages show
    those first (`crm/base/naming.py`)."""
    refuse_input_if(rules.blockers_to_adding(details))
    organisation = write(_filled(Organisation(entered_by=actor), details), verb=Verb.ORGANISATION_ADDED)
    for name in LISTS:
        if getattr(details, name):  # a new group has none yet: what is not given costs nothing
            getattr(organisation, name).set(getattr(details, name))
    attach(_links(organisation, details))
    attach(_memberships(organisation, details))
    return organisation


@action(permissions.change_organisation)
def change_organisation(
    *, actor: User, organisation: Organisation, details: OrganisationDetails, expected_version: int | None = None
) -> Organisation:
    """Change a group. Raises `Stale`, `InputBlocked`."""
    if details.parent is not None:
        _hold_the_chain(organisation, details.parent)
    fresh = lock(organisation, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_changing(details, fresh))
    _filled(fresh, details)
    linked = {**_set_communities(fresh, details), **_set_networks(fresh, details, actor)}
    for name in LISTS:
        linked |= set_links(fresh, name, getattr(details, name))
    return write(fresh, verb=Verb.ORGANISATION_CHANGED, linked=linked)


@action(permissions.confirm_organisation)
def confirm_organisation(
    *, actor: User, organisation: Organisation, with_whom: str, expected_version: int | None = None
) -> Organisation:
    """Record that somebody in the group said today that what stands here is right. Raises `Stale`, `InputBlocked`."""
    fresh = lock(organisation, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_confirming(with_whom, fresh))
    fresh.confirmed_on, fresh.confirmed_by, fresh.confirmed_with = timezone.localdate(), actor, with_whom.strip()
    return write(fresh, verb=Verb.ORGANISATION_CONFIRMED)


def _hold_the_chain(*groups: Organisation) -> None:
    """Two groups put under each other at once would make a circle that neither sees: both are held, in one order."""
    wanted = Organisation.objects.filter(pk__in=[group.pk for group in groups])
    list(wanted.select_for_update().order_by("pk").values_list("pk"))


def _filled(organisation: Organisation, details: OrganisationDetails) -> Organisation:
    for name in OWN_FIELDS:
        setattr(organisation, name, getattr(details, name))
    for name in WORDS:
        setattr(organisation, name, getattr(details, name).strip())
    organisation.phone = kept_phone(details.phone) or ""
    return organisation


def _links(organisation: Organisation, details: OrganisationDetails) -> list[OrganisationCommunity]:
    return [
        OrganisationCommunity(organisation=organisation, community=link.community, relation=link.relation)
        for link in details.communities
    ]


def _set_communities(organisation: Organisation, details: OrganisationDetails) -> dict[str, tuple[Any, Any]]:
    links = organisation.community_links
    before = sorted([str(link.community_id), link.relation] for link in links.all())
    after = sorted([str(link.community.pk), str(link.relation)] for link in details.communities)
    if before == after:
        return {}
    links.all().delete()
    attach(_links(organisation, details))
    return {"communities": (before, after)}


def _memberships(organisation: Organisation, details: OrganisationDetails) -> list[NetworkMember]:
    return [
        NetworkMember(
            network=row.network,
            member=organisation,
            part=row.part,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        for row in details.networks
    ]


def _set_networks(organisation: Organisation, details: OrganisationDetails, actor: User) -> dict[str, tuple[Any, Any]]:
    """The networks the group is in, set as a whole; those of which it is the network are set at their members. Networks
    the actor may not see stay as they are: they were not shown them."""
    rows = list(organisation.networks.all())
    wanted = _memberships(organisation, details)
    seen = Organisation.objects.seen_among(actor, {row.network_id for row in [*rows, *wanted]})
    rows, wanted = ([row for row in many if row.network_id in seen] for many in (rows, wanted))
    before, after = _plain(rows), _plain(wanted)
    if before == after:
        return {}
    organisation.networks.filter(network__in=seen).delete()
    attach(wanted)
    return {"networks": (before, after)}


def _plain(rows: Any) -> list[list[str]]:
    names = ("network_id", "part", "first_day", "last_day")
    return sorted([str(getattr(row, name) or "") for name in names] for row in rows)
