"""The purposes that come with Heard: a start that each council's data protection officer makes its own."""

from __future__ import annotations

from pathlib import Path

from crm.base.tables import Line, read_table

COLUMNS = ("key", "name", "words", "asks_permission", "channel", "basis", "condition", "source")
SHIPPED = Path(__file__).parent / "data" / "purposes.csv"


def read_purposes(path: Path = SHIPPED) -> list[Line]:
    """The lines of a file of purposes: a line for each purpose and way, an empty way for every other. Raises
    `InputBlocked` when it has other columns."""
    return read_table(path, COLUMNS)
