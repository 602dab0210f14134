"""Giving records of the demonstration the age they pretend to have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from crm.base.models import Guarded, Record
from crm.base.writing import insist_on_action


def days_ago(days: int, *, minutes: int = 0) -> datetime:
    """A moment so many days ago, counted from nine this morning, so that every load of a day gives the same one."""
    return datetime.combine(timezone.localdate(), time(9), UTC) - timedelta(days=days, minutes=minutes)


def backdate(records: Sequence[Record], moments: Sequence[datetime]) -> None:
    """Say that each record was first saved at its moment; its last change too. Only inside an action."""
    for record, moment in zip(records, moments, strict=True):
        record.created_at = record.modified_at = moment
    rewrite(records, "created_at", "modified_at")


def rewrite(records: Sequence[Guarded], *names: str) -> None:
    """Save these fields of records that are there already, all of one kind. Only inside an action.

    In plain SQL: there are thousands, and `bulk_update` (one long question, with a case for each) took a quarter of the
    time of the whole demonstration."""
    if not records:
        return
    insist_on_action(type(records[0]).__name__)
    meta, quoted = records[0]._meta, connection.ops.quote_name
    by_name: dict[str, Any] = {field.name: field for field in meta.concrete_fields}
    fields, key = [by_name[name] for name in names], by_name["id"]
    new = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    update = f"UPDATE {quoted(meta.db_table)} SET {new} WHERE {quoted(key.column)} = %s"  # noqa: S608  # our own names
    rows = [
        [field.get_db_prep_save(getattr(record, field.attname), connection) for field in (*fields, key)]
        for record in records
    ]
    with connection.cursor() as cursor:
        cursor.executemany(update, rows)
