"""Who may search, and who may make the index afresh."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, Actor
from crm.base.permissions import permission


@permission("Search", roles=EVERYONE_ON_STAFF, scope="read")
def search(*, actor: Actor) -> bool:
    """Everyone on the staff; they find only what they may see."""
    return True


@permission("Make the search index afresh", roles=(), scope="admin", system=True)
def rebuild_search(*, actor: Actor) -> bool:
    """Only the system, by the command of that name."""
    return True
