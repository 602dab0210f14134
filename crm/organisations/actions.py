"""Groups and organisations: added and changed."""

from __future__ import annotations

from typing import Any

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.phones import kept_phone
from crm.base.rules import refuse_input_if
from crm.organisations import permissions, rules
from crm.organisations.details import OrganisationDetails
from crm.organisations.models import Organisation, OrganisationCommunity

OWN_FIELDS = ("kind", "parent", "area", "closed_on")
WORDS = ("name", "place", "description", "good_to_know", "email", "website")


@action(permissions.add_organisation)
def add_organisation(*, actor: User, details: OrganisationDetails) -> Organisation:
    """Add a group. Raises `InputBlocked` with every reason at once. A group of the same name is no reason: pages warn
    about it with `rules.same_named`."""
    refuse_input_if(rules.blockers_to_adding(details))
    organisation = write(_filled(Organisation(), details), verb=Verb.ORGANISATION_ADDED)
    organisation.languages.set(details.languages)
    attach(_links(organisation, details))
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
    linked = {**set_links(fresh, "languages", details.languages), **_set_communities(fresh, details)}
    return write(fresh, verb=Verb.ORGANISATION_CHANGED, linked=linked)


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
