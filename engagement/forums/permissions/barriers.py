"""Who may read the log of barriers."""

from __future__ import annotations

from crm.base.actors import Actor
from crm.base.permissions import permission
from engagement.forums.permissions.arrangements import REPORT_READERS


@permission("Read the log of barriers", roles=REPORT_READERS, scope="read")
def read_barriers_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden."""
    return True


@permission("Export the log of barriers", roles=REPORT_READERS, scope="read")
def export_barriers_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden; every export is audited."""
    return True
