"""Rows that hang on a record, set as a whole, with what changed for the audit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


def set_links(record: models.Model, name: str, wanted: Iterable[models.Model]) -> dict[str, tuple[Any, Any]]:
    """Set a many-to-many link of a record. Returns name → (ids before, ids after), or nothing when it stays."""
    link = getattr(record, name)
    rows = list(wanted)
    before = sorted(str(pk) for pk in link.values_list("pk", flat=True))
    after = sorted({str(row.pk) for row in rows})
    if before == after:
        return {}
    link.set(rows)
    return {name: (before, after)}
