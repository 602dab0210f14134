"""Figures that can be kept and compared: whoever has last month's and this month's cannot work out a few by taking one
from the other.

A figure counts people who were let into it, and people are let into it together: never fewer at once than the number
under which nothing is shown. Those who are too few wait for others. So whatever is added to and taken from each other,
of any months, is made of steps that are nobody or not a few. (Notes: docs/decisions/0070.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from django.conf import settings

ELSEWHERE = ""  # the row of all places that are not told by themselves


@dataclass(frozen=True)
class Pair:
    """How many, and how many of them are part of something: asked and answered, say."""

    whole: int = 0
    part: int = 0

    @property
    def rest(self) -> int:
        """Those who are no part of it."""
        return self.whole - self.part

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.whole + other.whole, self.part + other.part)

    def __sub__(self, other: Pair) -> Pair:
        return Pair(self.whole - other.whole, self.part - other.part)

    @property
    def may_be_told(self) -> bool:
        """Whether each of its numbers is nobody or not a few, whichever way it goes."""
        return all(not 0 < abs(number) < settings.SMALL_NUMBERS_UNDER for number in (self.whole, self.part, self.rest))


NOBODY = Pair()


def let_in(before: Pair, now: Pair) -> Pair:
    """What is told from now on, where `before` was told and `now` is true: as near to it as batches allow, and never
    more than it but where nothing moved."""
    few = settings.SMALL_NUMBERS_UNDER
    wholes = {before.whole, *range(max(0, now.whole - few), now.whole + 1)}
    parts = {before.part, *range(max(0, now.part - few), now.part + 1)}
    fits = [
        pair
        for pair in (Pair(whole, part) for whole, part in product(wholes, parts))
        if pair.rest >= 0 and pair.may_be_told and (pair - before).may_be_told
    ]
    return min(fits, key=lambda pair: (abs(pair.whole - now.whole), abs(pair.part - now.part)), default=before)


def next_rows(before: Mapping[str, Pair], now: Mapping[str, Pair]) -> dict[str, Pair]:
    """Place → what is told of it next. People are in one place each. Whatever is in no row of its own is in
    `ELSEWHERE`; a place gets its own row once there are not a few in it, and keeps it."""
    rows = {place: let_in(pair, now.get(place, NOBODY)) for place, pair in before.items() if place != ELSEWHERE}
    together = before.get(ELSEWHERE, NOBODY)
    others = sorted((place for place in now if place not in rows), key=lambda place: (-now[place].whole, place))
    for place in [place for place in others if place != ELSEWHERE]:
        own = let_in(NOBODY, now[place])
        left = let_in(together, _sum(now[other] for other in others if other != place))
        if own.whole and _may_leave(together, left, own, _sum(now[other] for other in others if other != place)):
            rows[place] = own
            others.remove(place)
            if together != NOBODY:
                together = left
                break  # one at a time: the next leaves next month
    if together == before.get(ELSEWHERE, NOBODY):
        together = let_in(together, _sum(now[other] for other in others))
    return {**rows, ELSEWHERE: together}


def _may_leave(together: Pair, left: Pair, own: Pair, others: Pair) -> bool:
    """Whether a place may leave the others: nobody is told twice, and what came to both together is no few."""
    if together == NOBODY:
        return True
    told_once = left.whole <= others.whole and left.part <= others.part
    return told_once and (left + own - together).may_be_told


def _sum(pairs: Iterable[Pair]) -> Pair:
    return sum(pairs, NOBODY)


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
