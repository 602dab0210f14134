"""Who may load the demonstration."""

from __future__ import annotations

from crm.base.actors import Actor
from crm.base.permissions import permission


@permission("Load the demonstration", roles=(), scope="admin", system=True)
def load_demonstration(*, actor: Actor) -> bool:
    """Only the system, by the command of that name, where no council's own data is kept."""
    return True
