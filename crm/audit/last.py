"""Who changed a record last, when, and what it held before: told to whoever had the same record open, and may change
it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from crm.audit.models import AuditEvent, kind_of
from crm.base.words import full_day, named_time

MOST_BACK = 50  # versions that are looked through


def held_at(record: models.Model, version: int) -> dict[str, Any]:
    """What each field of a record that changed since this version held then. What was blanked is not known any more.
    1 query."""
    number = getattr(record, "version", version) - version
    if number < 1:
        return {}
    about = AuditEvent.objects.filter(subject_type=kind_of(record), subject_id=str(record.pk))
    since = list(about.exclude(fields=[]).select_related("revision").order_by("-at", "-id")[: min(number, MOST_BACK)])
    found: dict[str, Any] = {}
    for event in since:
        revision = getattr(event, "revision", None)
        found |= {name: pair[0] for name, pair in (revision.values if revision else {}).items()}
    return found


def last_change(record: models.Model) -> str:
    """One sentence; empty where nobody changed it. Reading is no change, and names no field. 1 query."""
    about = AuditEvent.objects.filter(subject_type=kind_of(record), subject_id=str(record.pk))
    last = about.exclude(fields=[]).select_related("actor").order_by("-at", "-id").first()
    if last is None or last.actor is None:
        return ""
    at = timezone.localtime(last.at)
    return f"Last changed by {last.actor}, {full_day(at)}, {named_time(at.time())}."
