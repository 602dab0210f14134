"""Reads the data files that Heard ships or a council gives: CSV with a heading line, mistakes told by line number."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.base.rules import Blocker, InputBlocked


@dataclass(frozen=True)
class Line:
    """One line of a file: where it stands and what it says, by column."""

    file: str
    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def wrong(self, code: str, words: str) -> Blocker:
        """A reason against this line, with the place to look."""
        return Blocker(code, f"{self.file} line {self.number}: {words}", self.file)

    def day(self, column: str) -> date | None:
        """The date in a column (like 2018-05-03); None when it is empty. Raises ValueError for anything else."""
        return date.fromisoformat(self[column]) if self[column] else None


def read_table(path: Path, columns: Sequence[str], *, needed: bool = True) -> list[Line]:
    """The lines of a UTF-8 CSV file. Raises `InputBlocked` when it is missing, not UTF-8, or has other columns."""
    if not path.is_file():
        if needed:
            raise InputBlocked([Blocker("file_missing", f"{path.name} is missing", path.name)])
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _lines(path.name, _numbered(file), list(columns))
    except (UnicodeDecodeError, csv.Error) as problem:
        words = f"{path.name} cannot be read. Save it as CSV with UTF-8 encoding"
        raise InputBlocked([Blocker("file_unreadable", words, path.name)]) from problem


def _numbered(file: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, strict=True)
    for cells in reader:
        yield reader.line_num, cells


def _lines(file: str, rows: Iterator[tuple[int, list[str]]], columns: list[str]) -> list[Line]:
    _, heading = next(rows, (1, []))
    if heading != columns:
        words = f"{file} line 1: the columns must be {', '.join(columns)}"
        raise InputBlocked([Blocker("columns_wrong", words, file)])
    lines, short = [], []
    for number, cells in rows:
        if not cells:
            continue
        line = Line(file, number, dict(zip(columns, (cell.strip() for cell in cells), strict=False)))
        lines.append(line)
        if len(cells) != len(columns):
            short.append(line.wrong("cells_wrong", f"has {len(cells)} columns, not {len(columns)}"))
    if short:
        raise InputBlocked(short)
    return lines
