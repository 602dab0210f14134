"""Who may count the figures of a month."""

from __future__ import annotations

from crm.base.actors import Actor
from crm.base.permissions import permission


@permission("Count the figures of a month", roles=(), scope="admin", system=True)
def release_figures(*, actor: Actor) -> bool:
    """Only the system, once a month is over: nobody chooses the day."""
    return True
