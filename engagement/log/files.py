"""The lists of topics, barriers and kinds of support that come with Heard: a start that each council makes its own."""

from __future__ import annotations

from pathlib import Path

from crm.base.rules import Blocker, InputBlocked
from crm.base.tables import Line, read_table

COLUMNS = ("name", "order", "retired")
NAMES = ("topics", "barriers", "support")
SHIPPED = Path(__file__).parent / "data"


def read_lists(folder: Path = SHIPPED) -> dict[str, list[Line]]:
    """The lines of each list in a folder; a file may be missing, but not all. Raises `InputBlocked` when one has other
    columns."""
    if not any((folder / f"{name}.csv").is_file() for name in NAMES):
        files = ", ".join(f"{name}.csv" for name in NAMES)
        raise InputBlocked([Blocker("files_missing", f"{folder} holds none of {files}", "folder")])
    return {name: read_table(folder / f"{name}.csv", COLUMNS, needed=False) for name in NAMES}
