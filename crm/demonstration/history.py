"""Giving records of the demonstration the age they pretend to have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from crm.base.models import Record
from crm.base.writing import insist_on_action


def days_ago(days: int, *, minutes: int = 0) -> datetime:
    """A moment so many days ago, counted from nine this morning, so that every load of a day gives the same one."""
    return datetime.combine(timezone.localdate(), time(9), UTC) - timedelta(days=days, minutes=minutes)


def backdate(records: Sequence[Record], moments: Sequence[datetime]) -> None:
    """Say that each record was first saved at its moment; its last change too. Only inside an action.

    In plain SQL: there are thousands, and `bulk_update` (one long question, with a case for each) took a quarter of the
    time of the whole demonstration."""
    if not records:
        return
    insist_on_action(type(records[0]).__name__)
    for record, moment in zip(records, moments, strict=True):
        record.created_at = record.modified_at = moment
    meta = records[0]._meta
    table = connection.ops.quote_name(meta.db_table)
    update = f"UPDATE {table} SET created_at = %s, modified_at = %s WHERE id = %s"  # noqa: S608  # our own name
    fields = [next(one for one in meta.concrete_fields if one.name == name) for name in _OF_THEM]
    rows = [[one.get_db_prep_save(getattr(record, one.name), connection) for one in fields] for record in records]
    with connection.cursor() as cursor:
        cursor.executemany(update, rows)


_OF_THEM = ("created_at", "modified_at", "id")
