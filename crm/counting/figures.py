"""Hides small counts of people, rounds the others, and hides more where a hidden one could be worked out.

The approach is the usual one of statistical disclosure control (Government Statistical Service, guidance for tables
from administrative sources): primary suppression under a threshold, controlled secondary suppression, and rounding.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings

K = TypeVar("K", bound=Hashable)
HIDDEN = "hidden"


@dataclass(frozen=True)
class Figure:
    """A count of distinct people as it may be shown: rounded, or hidden (None). The true count is not in it."""

    value: int | None

    def __str__(self) -> str:
        return HIDDEN if self.value is None else f"{self.value:,}"

    @property
    def is_hidden(self) -> bool:
        """Whether the count is not to be shown."""
        return self.value is None


@dataclass(frozen=True)
class Table(Generic[K]):
    """Counts with their total, fit to be shown together."""

    cells: dict[K, Figure]
    total: Figure

    def percent(self, key: K) -> int | None:
        """A cell's share of the total in whole percent, worked out from what is shown; None when either is hidden."""
        return percent(self.cells[key], self.total)


@dataclass(frozen=True)
class Grid(Generic[K]):
    """Counts in rows and columns with every total, fit to be shown together."""

    cells: dict[tuple[K, K], Figure]
    row_totals: dict[K, Figure]
    column_totals: dict[K, Figure]
    total: Figure


def figure(count: int) -> Figure:
    """One count of people that stands alone. Never put several beside each other with their sum: use `table`."""
    return Figure(None) if count < settings.SMALL_NUMBERS_UNDER else Figure(_rounded(count))


def percent(part: Figure, whole: Figure) -> int | None:
    """What share of the whole the part is, in whole percent, from the shown figures, at most 100; None when either
    is hidden or the whole is nothing."""
    if part.value is None or not whole.value:
        return None
    return min(100, round(100 * part.value / whole.value))


def table(counts: Mapping[K, int], *, also_hidden: Collection[K] = (), hide_total: bool = False) -> Table[K]:
    """Counts of people of whom each is in one cell only, and their total.

    `also_hidden` and `hide_total` name what must not be shown for a reason this table does not know: because another
    table beside it would give a small number away. Raises ValueError for a negative count.
    """
    numbers: dict[object, int] = {("cell", key): count for key, count in counts.items()}
    numbers["total"] = sum(counts.values())
    also: set[object] = {("cell", key) for key in also_hidden} | ({"total"} if hide_total else set())
    shown = _shown(numbers, [_Sum("total", [("cell", key) for key in counts])], also & set(numbers))
    return Table(cells={key: shown["cell", key] for key in counts}, total=shown["total"])


def grid(counts: Mapping[tuple[K, K], int]) -> Grid[K]:
    """Counts by row and column of people of whom each is in one cell only, with the totals of rows, columns and all.

    A pair that is not given counts as 0. Raises ValueError for a negative count.
    """
    rows, columns = list(dict.fromkeys(row for row, _ in counts)), list(dict.fromkeys(col for _, col in counts))
    numbers: dict[object, int] = {("cell", row, col): counts.get((row, col), 0) for row in rows for col in columns}
    sums = [_Sum(("row", row), [("cell", row, col) for col in columns]) for row in rows]
    sums += [_Sum(("column", col), [("cell", row, col) for row in rows]) for col in columns]
    for each in sums:
        numbers[each.total] = sum(numbers[part] for part in each.parts)
    numbers["total"] = sum(counts.values())
    sums += [_Sum("total", [("row", row) for row in rows]), _Sum("total", [("column", col) for col in columns])]
    shown = _shown(numbers, sums)
    return Grid(
        cells={(row, col): shown["cell", row, col] for row in rows for col in columns},
        row_totals={row: shown["row", row] for row in rows},
        column_totals={col: shown["column", col] for col in columns},
        total=shown["total"],
    )


def tied(
    counts: Mapping[K, int], sums: Sequence[tuple[K, Sequence[K]]], *, also_hidden: Collection[K] = ()
) -> dict[K, Figure]:
    """Counts of people that are divided in several ways at once, fit to be shown together. Each of `sums` is a total
    and the parts that make it up; a part left out of the page must still stand in its sum. `also_hidden` names what
    must not be shown for a reason the counts do not say: many times, but of few people.

    Raises ValueError for a negative count, KeyError for a sum of something that is not counted.
    """
    ties = [_Sum(total, parts) for total, parts in sums]
    return _shown(counts, ties, also_hidden)  # type: ignore[return-value,arg-type]


def says_the_rule() -> str:
    """What is done to the numbers, for whoever reads them."""
    return (
        f"Numbers of people under {settings.SMALL_NUMBERS_UNDER} are hidden, so that nobody can be recognised. "
        f"Other numbers are rounded to the nearest {settings.SMALL_NUMBERS_ROUND_TO}, so they may not add up. "
        "Percentages are worked out from the rounded numbers. "
        "Where a hidden number could be worked out from a total, another number is hidden too."
    )


def says_how_it_changes() -> str:
    """What is done to figures that anyone may keep, so that two months beside each other tell of nobody."""
    few = settings.SMALL_NUMBERS_UNDER
    return (
        f"These figures are counted once a month. A figure changes when it changes by {few} or more: fewer wait for "
        f"others, so a figure may be up to {3 * few} behind. “About” is a rough number: {_says_roughly()}"
    )


def says_the_rules() -> str:
    """What is done to the numbers of one month, and from one month to the next."""
    return f"{says_the_rule()} {says_how_it_changes()}"


def says_how_roughly() -> str:
    """What is done to the numbers where each is told roughly."""
    few = settings.SMALL_NUMBERS_UNDER
    return f"Each point is treated like a person. Numbers under {few} are hidden. Others are rough: {_says_roughly()}"


def _says_roughly() -> str:
    first = max(1, settings.SMALL_NUMBERS_UNDER)
    spans = [(least * 3 // 2, least, 2 * least - 1) for least in (first, 2 * first)]
    return " and ".join(f"{about} stands for {least} to {most}" for about, least, most in spans) + ", and so on."


@dataclass(frozen=True)
class _Sum:
    """A total and what it adds up."""

    total: object
    parts: Sequence[object]

    def next_to_hide(self, numbers: Mapping[object, int], hidden: set[object]) -> object | None:
        """What must be hidden too, because what is hidden here could be worked out; None when nothing must."""
        away = [part for part in self.parts if part in hidden]
        lonely = len(away) + (self.total in hidden) == 1
        too_few = bool(away) and self.total not in hidden and _sum(numbers, away) < settings.SMALL_NUMBERS_UNDER
        if not (lonely or too_few):
            return None
        standing = [part for part in self.parts if part not in hidden]
        if standing:
            return min(standing, key=lambda part: (numbers[part], str(part)))
        return None if self.total in hidden else self.total


def _shown(numbers: Mapping[object, int], sums: Sequence[_Sum], also: Collection[object] = ()) -> dict[object, Figure]:
    if any(count < 0 for count in numbers.values()):
        raise ValueError("A count of people cannot be less than none.")
    hidden = {key for key, count in numbers.items() if count < settings.SMALL_NUMBERS_UNDER} | set(also)
    while more := {found for each in sums if (found := each.next_to_hide(numbers, hidden)) is not None}:
        hidden |= more
    return {key: Figure(None if key in hidden else _rounded(count)) for key, count in numbers.items()}


def _sum(numbers: Mapping[object, int], keys: Iterable[object]) -> int:
    return sum(numbers[key] for key in keys)


def _rounded(count: int) -> int:
    step = max(1, settings.SMALL_NUMBERS_ROUND_TO)
    return (count + step // 2) // step * step
