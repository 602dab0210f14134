"""Who may follow the thread, export it, and read the event log."""

from __future__ import annotations

from crm.base.actors import OFFICE_ROLES, Actor, Role
from crm.base.models import Record
from crm.base.permissions import permission
from engagement.coproduction.themes.models import READERS


@permission("Follow the thread from what was said to what changed", roles=READERS, scope="read")
def read_thread(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes. Words and answers due: only those one may read."""
    return True


@permission("Export a thread", roles=OFFICE_ROLES | {Role.ANALYST}, scope="read")
def export_thread(*, actor: Actor, record: Record) -> bool:
    """Officers, leads, managers and analysts, of a record they may see; every export is audited."""
    seen = type(record)._default_manager.all().visible_to(actor)  # type: ignore[attr-defined]
    return bool(seen.filter(pk=record.pk).exists())


@permission("Read the event log of the thread", roles=READERS, scope="read", system=True)
def number_feed(*, actor: Actor) -> bool:
    """Whoever may see themes, projects, decisions and outcomes. Reading gives positions to what is new."""
    return True
