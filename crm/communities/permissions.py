"""Who may read and keep the council's list of communities."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.communities.models import Community, CommunityFact

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})


@permission("Read communities", roles=EVERYONE_ON_STAFF, scope="read")
def read_communities(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Add a community", roles=KEEPERS)
def add_community(*, actor: Actor) -> bool:
    """Leads and managers keep the list."""
    return True


@permission("Load communities from a file", roles=(), scope="admin", system=True)
def load_communities(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True


@permission("Change a community", roles=KEEPERS)
def change_community(*, actor: Actor, community: Community) -> bool:
    """Leads and managers keep the list."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()


@permission("Write what is good to know about a community", roles=OFFICE_ROLES)
def note_good_to_know(*, actor: Actor, community: Community) -> bool:
    """Officers too: they learn it at the door."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()


@permission("Merge a community into another", roles=KEEPERS)
def merge_community(*, actor: Actor, community: Community) -> bool:
    """Leads and managers keep the list."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()


@permission("Read what is known about working with communities", roles=EVERYONE_ON_STAFF, scope="read")
def read_community_facts(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Add something to know about a community", roles=FIELD_ROLES)
def add_community_fact(*, actor: Actor, community: Community) -> bool:
    """Everyone who meets people: they learn it at the door."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()


@permission("Put a community's own words beside what we know", roles=FIELD_ROLES)
def correct_community_fact(*, actor: Actor, fact: CommunityFact) -> bool:
    """Everyone who meets people: whoever was told writes it down."""
    return CommunityFact.objects.visible_to(actor).filter(pk=fact.pk).exists()


@permission("Mark what we know about a community as no longer true", roles=OFFICE_ROLES)
def end_community_fact(*, actor: Actor, fact: CommunityFact) -> bool:
    """Officers, leads and managers."""
    return CommunityFact.objects.visible_to(actor).filter(pk=fact.pk).exists()
