"""The list of languages that comes with Heard."""

from __future__ import annotations

from pathlib import Path

from crm.base.tables import Line, read_table

COLUMNS = ("code", "name", "own_name", "direction", "signed", "spoken_only")
SHIPPED = Path(__file__).parent / "data" / "languages.csv"


def shipped_languages() -> list[Line]:
    """Its lines. Raises `InputBlocked` when it has other columns."""
    return read_table(SHIPPED, COLUMNS)
