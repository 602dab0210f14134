"""Giving records of the demonstration the age they pretend to have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crm.base.models import Record


def backdate(records: Sequence[Record], moments: Sequence[datetime]) -> None:
    """Say that each record was first saved at its moment; its last change too. Only inside an action."""
    if not records:
        return
    for record, moment in zip(records, moments, strict=True):
        record.created_at = record.modified_at = moment
    type(records[0])._default_manager.bulk_update(records, ["created_at", "modified_at"], batch_size=200)
