"""The list of communities and programmes that comes with Heard: a start that each council makes its own."""

from __future__ import annotations

from pathlib import Path

from crm.base.tables import Line, read_table

COLUMNS = ("name", "kind", "parent", "rhythm_days", "languages", "description", "good_to_know", "source")
SHIPPED = Path(__file__).parent / "data" / "communities.csv"


def read_communities(path: Path = SHIPPED) -> list[Line]:
    """The lines of a file of communities, a parent above what lies in it. Raises `InputBlocked` when it is missing or
    has other columns."""
    return read_table(path, COLUMNS)
