"""Who may see how every version of a message stands, and sign one off."""

from __future__ import annotations

from crm.base.actors import CONTENT_ROLES, Actor, Role
from crm.base.permissions import permission


@permission("Read how the versions of pages stand", roles=CONTENT_ROLES | {Role.LEAD, Role.MANAGER}, scope="read")
def read_versions(*, actor: Actor) -> bool:
    """All pages are meant for the public; who made and checked them stands beside them."""
    return True


@permission("Sign a version of a page off", roles={Role.PUBLISHER, Role.CHECKER})
def sign_off(*, actor: Actor) -> bool:
    """A version they did not translate themselves: the rules ask that."""
    return True


@permission("Let the public site begin", scope="admin", system=True)
def open_site(*, actor: Actor) -> bool:
    """Only the system, by command."""
    return True
