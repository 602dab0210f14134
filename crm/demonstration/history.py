"""Giving records of the demonstration the age they pretend to have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from crm.base.models import Record


def days_ago(days: int, *, minutes: int = 0) -> datetime:
    """A moment so many days ago, counted from nine this morning, so that every load of a day gives the same one."""
    return datetime.combine(timezone.localdate(), time(9), UTC) - timedelta(days=days, minutes=minutes)


def backdate(records: Sequence[Record], moments: Sequence[datetime]) -> None:
    """Say that each record was first saved at its moment; its last change too. Only inside an action."""
    if not records:
        return
    for record, moment in zip(records, moments, strict=True):
        record.created_at = record.modified_at = moment
    type(records[0])._default_manager.bulk_update(records, ["created_at", "modified_at"], batch_size=200)
