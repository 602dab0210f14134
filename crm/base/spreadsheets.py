"""Files for spreadsheets that cannot run anything on the reader's machine."""

from __future__ import annotations

from collections.abc import Iterable

# OWASP, CSV injection: a cell that begins with one of these is taken for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


# What a spreadsheet may drop at the start of a cell besides white space: zero-width letters, byte order mark.
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def safe_cells(cells: Iterable[str]) -> list[str]:
    """The cells, those that a spreadsheet would run as a formula behind an apostrophe."""
    return [f"'{cell}" if _may_run(cell) else cell for cell in cells]


def _may_run(cell: str) -> bool:
    shown = cell
    while shown and (shown[0].isspace() or shown[0] in UNSEEN):
        if shown.startswith(DANGEROUS):
            return True
        shown = shown[1:]
    return shown.startswith(DANGEROUS)
