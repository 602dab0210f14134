"""The audit trail as auditors read it: newest first, 25 a page, continued from a row and never counted through."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from crm.audit.actions import action, record
from crm.audit.models import AuditEvent, AuditQuerySet
from crm.audit.permissions import read_audit as may_read_audit
from crm.audit.verbs import Verb
from crm.base.actors import Actor

PAGE = 25


@dataclass(frozen=True)
class AuditFilter:
    """What an auditor looks for. Nothing here is a name or words: it stands in the page's address."""

    verb: str = ""
    actor: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: UUID | None = None

    def used(self) -> list[str]:
        """The names of the filters that are set, for the trail of the reading itself."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


@dataclass(frozen=True)
class AuditPage:
    """One page, and the row that the next one continues from (None: this is the last)."""

    rows: list[AuditEvent]
    following: UUID | None


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def events_found(actor: Actor, wanted: AuditFilter) -> AuditQuerySet:
    """The rows that the filter leaves, newest first."""
    found = AuditEvent.objects.visible_to(actor).select_related("actor").order_by("-at", "-id")
    same = {"verb": wanted.verb, "actor_id": wanted.actor, "subject_type": wanted.kind}
    found = found.filter(**{name: value for name, value in same.items() if value})
    if wanted.since:
        found = found.filter(at__gte=_start_of(wanted.since))
    if wanted.until and wanted.until < date.max:  # no day comes after the calendar's last
        found = found.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    if wanted.before:
        last = AuditEvent.objects.visible_to(actor).filter(pk=wanted.before).values_list("at", flat=True).first()
        found = found.filter(Q(at__lt=last) | Q(at=last, pk__lt=wanted.before)) if last else found.none()
    return found


@action(may_read_audit)
def read_audit(*, actor: Actor, wanted: AuditFilter) -> AuditPage:
    """Read one page of the trail; the reading is written to the trail too. Raises `Refused`."""
    rows = list(events_found(actor, wanted)[: PAGE + 1])
    page = AuditPage(rows=rows[:PAGE], following=rows[PAGE - 1].pk if len(rows) > PAGE else None)
    record(Verb.AUDIT_READ, kind="auditevent", count=len(page.rows), fields=wanted.used())
    return page
