"""Figures that can be kept and compared: whoever has last month's and this month's cannot work out a few by taking one
from the other.

A figure counts people who were let into it, and people are let into it together: never fewer at once than the number
under which nothing is shown. Those who are too few wait for others. So whatever is added to and taken from each other,
of any months, is made of steps that are nobody or not a few. (Notes: docs/decisions/0070 and 0078.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

ELSEWHERE = ""  # the row of all places that are not told by themselves
Counts = dict[str, int]
Rows = dict[str, Counts]


@dataclass(frozen=True)
class Shape:
    """The numbers of a row by name, what is most to be up to date first; and which are parts of which (whole, part).
    Whoever is no part of a whole is a number too."""

    names: tuple[str, ...]
    within: tuple[tuple[str, str], ...] = ()

    @property
    def nobody(self) -> Counts:
        """A row that tells of nobody."""
        return dict.fromkeys(self.names, 0)

    def total(self, rows: Iterable[Counts]) -> Counts:
        """Rows of different people added up."""
        found = self.nobody
        for row in rows:
            found = {name: found[name] + row[name] for name in self.names}
        return found

    def change(self, before: Counts, after: Counts) -> Counts:
        """What came to each number, below nothing where it went."""
        return {name: after[name] - before[name] for name in self.names}

    def may_be_told(self, row: Counts) -> bool:
        """Whether each number, and each rest of a whole, is nobody or not a few, whichever way it goes."""
        rests = (row[whole] - row[part] for whole, part in self.within)
        return all(map(_is_no_few, (*row.values(), *rests)))

    def shown(self, row: Counts) -> Counts:
        """What may be told today of a row that was let in: less, where the council hides more since than it did then.
        So a total of rows holds nothing that is not shown of a row."""
        return row if self.may_be_told(row) else self.let_in(self.nobody, row)

    def let_in(self, before: Counts, now: Counts) -> Counts:
        """What is told from now on, where `before` was told and `now` is true: as near to it as batches allow, and
        never more than it but where nothing moved. That all stays as it was always fits."""
        return next(self._next_rows(before, now, {}), dict(before))

    def _next_rows(self, before: Counts, now: Counts, chosen: Counts) -> Iterator[Counts]:
        """Every row that fits, number by number, the nearest first."""
        if len(chosen) == len(self.names):
            yield chosen
            return
        name = self.names[len(chosen)]
        few = settings.SMALL_NUMBERS_UNDER
        numbers = {before[name], *range(max(0, now[name] - 2 * few), now[name] + 1)}
        for number in sorted(numbers, key=lambda one: (abs(one - now[name]), one)):
            row = {**chosen, name: number}
            if self._fits(before, row, name):
                yield from self._next_rows(before, now, row)

    def _fits(self, before: Counts, row: Counts, name: str) -> bool:
        """Whether this number may stand beside those chosen before it, and beside what was told."""
        if not _may_become(before[name], row[name]):
            return False
        for whole, part in self.within:
            if name in (whole, part) and whole in row and part in row:
                rest = row[whole] - row[part]
                if rest < 0 or not _may_become(before[whole] - before[part], rest):
                    return False
        return True

    def next_rows(self, before: Mapping[str, Counts], now: Mapping[str, Counts]) -> Rows:
        """Place → what is told of it next. People are in one place each. Whatever is in no row of its own is in
        `ELSEWHERE`; a place gets its own row once there are not a few in it, and keeps it."""
        nobody = self.nobody
        rows = {place: self.let_in(row, now.get(place, nobody)) for place, row in before.items() if place != ELSEWHERE}
        first = together = before.get(ELSEWHERE, nobody)
        others = sorted(
            (place for place in now if place not in rows), key=lambda place: (-max(now[place].values()), place)
        )
        for place in [place for place in others if place != ELSEWHERE]:
            staying = self.total(now[other] for other in others if other != place)
            own, left = self.let_in(nobody, now[place]), self.let_in(together, staying)
            if own != nobody and self._may_leave(together, left, own, staying):
                rows[place] = own
                others.remove(place)
                if together != nobody:
                    together = left
                    break  # one at a time: the next leaves next month
        if together == first:
            together = self.let_in(together, self.total(now[other] for other in others))
        return {**rows, ELSEWHERE: together}

    def _may_leave(self, together: Counts, left: Counts, own: Counts, staying: Counts) -> bool:
        """Whether a place may leave the others: nobody is told twice, and what came to both together is no few."""
        if together == self.nobody:
            return True
        told_once = all(left[name] <= staying[name] for name in self.names)
        return told_once and self.may_be_told(self.change(together, self.total([left, own])))


def _is_no_few(number: int) -> bool:
    return number == 0 or abs(number) >= settings.SMALL_NUMBERS_UNDER


def _may_become(before: int, after: int) -> bool:
    # What was told when fewer were hidden stays in the row until a batch fits: going from it would tell of it.
    return after == before or (_is_no_few(after) and _is_no_few(after - before))


def roughly(count: int) -> int | None:
    """About how many: one number for all counts from the threshold to twice as many, the next for all from there to
    twice as many again. None under the threshold. What it leaves open is never less than what is hidden, so taking it
    from another number tells of nobody in particular."""
    least = max(1, settings.SMALL_NUMBERS_UNDER)
    if count < least:
        return None
    while count >= 2 * least:
        least *= 2
    return least * 3 // 2


def still_roughly(told: int | None) -> int | None:
    """A rough number that was told, unless what it stands for begins with a few: the council hides more since."""
    return told if told is not None and (2 * told + 1) // 3 >= settings.SMALL_NUMBERS_UNDER else None
