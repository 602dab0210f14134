"""Who may read and load languages."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, Actor
from crm.base.permissions import permission


@permission("Read languages", roles=EVERYONE_ON_STAFF, scope="read")
def read_languages(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Load languages from a file", roles=(), scope="admin", system=True)
def load_languages(*, actor: Actor) -> bool:
    """Only the system, when areas or the demonstration are loaded."""
    return True
