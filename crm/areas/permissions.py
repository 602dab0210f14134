"""Who may read and load areas."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, Actor
from crm.base.permissions import permission


@permission("Read areas", roles=EVERYONE_ON_STAFF, scope="read")
def read_areas(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Load areas from files", roles=(), scope="admin", system=True)
def load_areas(*, actor: Actor) -> bool:
    """Only the system, by the command of that name."""
    return True
