"""Who may read and keep frameworks."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, Actor, Role
from crm.base.permissions import permission

KEEPERS = frozenset({Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR})


@permission("Read frameworks", roles=EVERYONE_ON_STAFF, scope="read")
def read_frameworks(*, actor: Actor) -> bool:
    """Everyone on the staff: they are published words."""
    return True


@permission("Add an edition of a framework", roles=KEEPERS)
def add_framework(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("End an edition of a framework", roles=KEEPERS)
def end_framework(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Load frameworks from files", roles=(), scope="admin", system=True)
def load_frameworks(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True
