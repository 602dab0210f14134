"""The list of types of need that comes with Heard."""

from __future__ import annotations

from pathlib import Path

from crm.base.tables import Line, read_table

COLUMNS = ("key", "name", "kind", "group", "what_to_do", "snomed_code", "source")
SHIPPED = Path(__file__).parent / "data" / "need_types.csv"


def shipped_need_types() -> list[Line]:
    """Its lines. Raises `InputBlocked` when it has other columns."""
    return read_table(SHIPPED, COLUMNS)
