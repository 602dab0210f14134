"""Who changed a record last, and when: told to whoever had the same record open, and may change it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from crm.audit.models import AuditEvent, kind_of
from crm.base.words import full_day, named_time


def last_change(record: models.Model) -> str:
    """One sentence; empty where nobody changed it. Reading is no change, and names no field. 1 query."""
    about = AuditEvent.objects.filter(subject_type=kind_of(record), subject_id=str(record.pk))
    last = about.exclude(fields=[]).select_related("actor").order_by("-at", "-id").first()
    if last is None or last.actor is None:
        return ""
    at = timezone.localtime(last.at)
    return f"Last changed by {last.actor}, {full_day(at)}, {named_time(at.time())}."
