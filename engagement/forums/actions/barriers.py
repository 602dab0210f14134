"""The log of barriers, to be taken away."""

from __future__ import annotations

from datetime import date

from crm.accounts.models import User
from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from engagement.forums.permissions import barriers as permissions
from engagement.forums.reports.barriers import BarriersReport, barriers_report


@action(permissions.export_barriers_report)
def export_barriers_report(*, actor: User, until: date | None = None) -> BarriersReport:
    """The report, to be taken away as a file: that it was, and by whom, is written to the trail."""
    report = barriers_report(until)
    record(Verb.BARRIERS_EXPORTED, kind="attendance", fields=["until"])
    return report
