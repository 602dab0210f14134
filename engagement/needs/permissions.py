"""Who may write down whether needs were met, and read the report about it."""

from __future__ import annotations

from crm.access.models import AccessNeed
from crm.base.actors import OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from engagement.log.models import EngagementEvent
from engagement.needs.models import NeedOutcome

REPORT_READERS = frozenset({Role.LEAD, Role.MANAGER, Role.ANALYST})


@permission("Read whether needs were met", roles=OFFICE_ROLES, scope="read")
def read_outcomes(*, actor: Actor) -> bool:
    """Of needs one may read."""
    return True


@permission("Note whether a need was met", roles=OFFICE_ROLES)
def note_outcome(*, actor: Actor, need: AccessNeed, event: EngagementEvent | None = None) -> bool:
    """Whoever may read the need and, where it was at a contact, the contact's words."""
    seen = AccessNeed.objects.visible_to(actor).filter(pk=need.pk).exists()
    return seen and (event is None or EngagementEvent.objects.visible_to(actor).filter(pk=event.pk).exists())


@permission("Change whether a need was met", roles=OFFICE_ROLES)
def change_outcome(*, actor: Actor, outcome: NeedOutcome) -> bool:
    """Whoever may read the need."""
    return NeedOutcome.objects.visible_to(actor).filter(pk=outcome.pk).exists()


@permission("Read the report on access needs", roles=REPORT_READERS, scope="read")
def read_access_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden."""
    return True


@permission("Export the report on access needs", roles=REPORT_READERS, scope="read")
def export_access_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden; every export is audited."""
    return True
