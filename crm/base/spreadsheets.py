"""Files for spreadsheets that cannot run anything on the reader's machine."""

from __future__ import annotations

from collections.abc import Iterable

# OWASP, CSV injection: a cell that begins with one of these is taken for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cells(cells: Iterable[str]) -> list[str]:
    """The cells, those that a spreadsheet would run as a formula behind an apostrophe."""
    return [f"'{cell}" if cell.lstrip(" ").startswith(DANGEROUS) else cell for cell in cells]
