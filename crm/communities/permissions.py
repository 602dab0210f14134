"""Who may read and keep the council's list of communities."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.communities.models import Community

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})


@permission("Read communities", roles=EVERYONE_ON_STAFF, scope="read")
def read_communities(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Add a community", roles=KEEPERS)
def add_community(*, actor: Actor) -> bool:
    """Leads and managers keep the list."""
    return True


@permission("Change a community", roles=KEEPERS)
def change_community(*, actor: Actor, community: Community) -> bool:
    """Leads and managers keep the list."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()


@permission("Write what is good to know about a community", roles=OFFICE_ROLES)
def note_good_to_know(*, actor: Actor, community: Community) -> bool:
    """Officers too: they learn it at the door."""
    return Community.objects.visible_to(actor).filter(pk=community.pk).exists()
