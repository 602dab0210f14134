"""Who may read the audit trail."""

from __future__ import annotations

from crm.base.actors import Actor, Role
from crm.base.permissions import permission


@permission("Read the audit trail", roles={Role.AUDITOR}, scope="read")
def read_audit(*, actor: Actor) -> bool:
    """Auditors. Every reading is itself in the trail."""
    return True
