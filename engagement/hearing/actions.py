"""What leaves as a file about who we hear from."""

from __future__ import annotations

from crm.accounts.models import User
from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from engagement.hearing import permissions
from engagement.hearing.reports.grid import Wanted
from engagement.hearing.reports.rows import Row, flat_rows


@action(permissions.export_hearing)
def export_hearing(*, actor: User, wanted: Wanted) -> list[Row]:
    """The numbers of the page as rows of a file, the small ones of people hidden as there. Audited with the number of
    rows."""
    rows = flat_rows(wanted, ("community", "locality"))
    record(Verb.HEARING_EXPORTED, kind="hearing", count=len(rows))
    return rows
