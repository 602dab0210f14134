"""Files for spreadsheets that cannot run anything on the reader's machine."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# OWASP, CSV injection: a cell that begins with one of these is taken for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


# What a spreadsheet may drop at the start of a cell besides white space: zero-width letters, byte order mark.
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


# One look at a cell, in C: a file has a million of them. What may be dropped, then what may run.
_RUNS = re.compile(rf"[\s{UNSEEN}]*[{re.escape(''.join(DANGEROUS))}]")


def safe_cells(cells: Iterable[str]) -> list[str]:
    """The cells, those that a spreadsheet would run as a formula behind an apostrophe."""
    may_run = _RUNS.match
    return [f"'{cell}" if may_run(cell) else cell for cell in cells]


class _Line:
    """What csv.writer needs of a file: hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_answer(rows: Iterable[Iterable[str]], *, name: str) -> StreamingHttpResponse:
    """Rows as a file to take away, sent while they are read: CSV in UTF-8 with the mark by which spreadsheets know it,
    no cell that would run, kept by no cache. That it was taken away is audited by the action that made the rows."""
    answer = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    # Every cell in quotation marks: where lists are separated by semicolons, one in a cell would begin a new cell.
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    for row in rows:
        yield str(writer.writerow(safe_cells(row)))
