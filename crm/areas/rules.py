"""What is wrong in a council's files of areas, each with its file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from crm.areas.files import AreaFiles, Period, period_of
from crm.areas.models import AreaKind, Council
from crm.base.rules import Blocker
from crm.base.tables import Line

DATES = "the dates must be real, like 2018-05-03, with the last day on or after the first"


def blockers_to_loading(files: AreaFiles) -> Iterator[Blocker]:
    """Everything wrong in the files, all at once."""
    yield from _council(files)
    yield from _areas(files)
    yield from _groupings(files)
    yield from _figures(files)


def _council(files: AreaFiles) -> Iterator[Blocker]:
    if len(files.council) != 1:
        yield Blocker("one_council", "council.csv must hold one council, on line 2", "council.csv")
        return
    here = Council.objects.first()
    if here is not None and here.code != files.council[0]["code"]:
        yield files.council[0].wrong("other_council", f"this installation belongs to {here.name} ({here.code})")


def _areas(files: AreaFiles) -> Iterator[Blocker]:
    seen: dict[str, int] = {}
    for line in files.areas:
        if line["kind"] not in AreaKind.values:
            yield line.wrong("kind_unknown", f"“{line['kind']}” is no kind of area. Use {', '.join(AreaKind.values)}")
        if not line["code"] or not line["name"]:
            yield line.wrong("area_unnamed", "give the area a code and a name")
        if line["code"] in seen:
            yield line.wrong("code_twice", f"the code {line['code']} is already on line {seen[line['code']]}")
        seen.setdefault(line["code"], line.number)
        if period_of(line) is None:
            yield line.wrong("date_wrong", DATES)
        if not line["source"]:
            yield line.wrong("source_missing", "say where this comes from, and under which licence")


def _groupings(files: AreaFiles) -> Iterator[Blocker]:
    areas = {line["code"]: line for line in files.areas}
    by_inner: dict[tuple[str, str], list[tuple[Line, Period]]] = defaultdict(list)
    for line in files.groupings:
        unknown = [line[end] for end in ("inner_code", "outer_code") if line[end] not in areas]
        for code in unknown:
            yield line.wrong("area_unknown", f"there is no area {code} in areas.csv")
        period = period_of(line)
        if period is None:
            yield line.wrong("date_wrong", DATES)
        elif not unknown:
            yield from _outside_areas(line, period, areas)
            by_inner[line["inner_code"], areas[line["outer_code"]]["kind"]].append((line, period))
    for (_inner, kind), rows in by_inner.items():
        yield from _overlaps(kind, rows)


def _outside_areas(line: Line, period: Period, areas: dict[str, Line]) -> Iterator[Blocker]:
    if line["inner_code"] == line["outer_code"]:
        yield line.wrong("in_itself", "an area cannot lie in itself")
    for end in ("inner_code", "outer_code"):
        existed = period_of(areas[line[end]])
        if existed is not None and not existed.holds(period):
            yield line.wrong("outside_area", f"{line[end]} does not exist through all of these days")


def _overlaps(kind: str, rows: list[tuple[Line, Period]]) -> Iterator[Blocker]:
    rows = sorted(rows, key=lambda row: (row[1].first, row[0].number))
    for (earlier, period), (later, next_period) in pairwise(rows):
        if period.meets(next_period):
            words = f"{later['inner_code']} would lie in two areas of kind {kind} at once (see line {earlier.number})"
            yield later.wrong("two_at_once", words)


def _figures(files: AreaFiles) -> Iterator[Blocker]:
    areas = {line["code"] for line in files.areas}
    seen: set[tuple[str, str, str]] = set()
    for line in files.figures:
        if line["code"] not in areas:
            yield line.wrong("area_unknown", f"there is no area {line['code']} in areas.csv")
        if not line["value"].isascii() or not line["value"].isdigit():
            yield line.wrong("value_wrong", "the value must be a whole number, without commas")
        if not line["name"] or not line["as_at"] or not line["source"]:
            yield line.wrong("figure_unnamed", "say what is counted, as at when, and where it comes from")
        key = (line["code"], line["name"], line["as_at"])
        if key in seen:
            yield line.wrong("figure_twice", "this figure already stands above")
        seen.add(key)
