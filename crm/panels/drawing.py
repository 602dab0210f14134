"""Random selection that anybody with the pool can repeat: plain arithmetic and SHA-256, nothing else.

Everybody in the pool stands in a queue, in the order of SHA-256(seed + ":" + number). We go down the queue and take
each person, unless the group could then no longer meet the quotas. It is the same for the same pool, quotas and seed,
on any machine and in any language. Everybody who is in some group that meets the quotas can be drawn; where quotas
are set, chances are not equal, and the record says so.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

METHOD = "Heard queue 1: order by SHA-256(seed:number), take each who leaves the quotas possible"
MOST_STEPS = 200_000  # how long we look for a way to meet the quotas before we say that we cannot tell

Features = Mapping[str, str]
Pool = Mapping[str, Features]
Quotas = Mapping[str, Mapping[str, Sequence[int]]]  # question → answer → [least, most]


class Impossible(Exception):
    """No group of this size in the pool meets the quotas, or none was found in the time allowed."""


@dataclass(frozen=True)
class Selection:
    """Who was drawn, and the queue of those who were not."""

    chosen: list[str]
    reserve: list[str]


def canonical(pool: Pool) -> str:
    """The pool as JSON in one form only: keys in order, no blanks, no escapes (as RFC 8785 has it for such values)."""
    return json.dumps({number: dict(one) for number, one in pool.items()}, sort_keys=True, separators=(",", ":"),
                      ensure_ascii=False)  # fmt: skip


def hash_of(pool: Pool) -> str:
    """SHA-256 of the canonical pool, in hexadecimal."""
    return hashlib.sha256(canonical(pool).encode()).hexdigest()


def queue_of(pool: Pool, seed: str) -> list[str]:
    """Everybody in the pool in the order of the seed."""
    return sorted(pool, key=lambda number: (hashlib.sha256(f"{seed}:{number}".encode()).hexdigest(), number))


def select(pool: Pool, quotas: Quotas, places: int, seed: str) -> Selection:
    """Draw. Raises `Impossible`."""
    left = _Left(pool, quotas, places)
    if not left.can_be_met():
        raise Impossible
    chosen = [number for number in queue_of(pool, seed) if left.takes(pool[number])]
    return Selection(chosen, [number for number in queue_of(pool, seed) if number not in chosen])


class _Left:
    """What is left to choose from and to meet while somebody goes down the queue."""

    def __init__(self, pool: Pool, quotas: Quotas, places: int) -> None:
        self.cells = [(question, answer) for question, answers in quotas.items() for answer in answers]
        self.least = {cell: quotas[cell[0]][cell[1]][0] for cell in self.cells}
        self.most = {cell: quotas[cell[0]][cell[1]][1] for cell in self.cells}
        self.places = places
        self.kinds = Counter(self._kind(one) for one in pool.values())

    def _kind(self, one: Features) -> tuple[int, ...]:
        return tuple(place for place, (question, answer) in enumerate(self.cells) if one.get(question) == answer)

    def takes(self, one: Features) -> bool:
        """Take somebody if the rest can still be chosen; either way they are out of the pool. True when taken."""
        kind = self._kind(one)
        self.kinds[kind] -= 1
        if self.places == 0:
            return False
        self._count(kind, -1)
        if self.can_be_met():
            return True
        self._count(kind, +1)
        return False

    def _count(self, kind: tuple[int, ...], by: int) -> None:
        self.places += by
        for place in kind:
            self.least[self.cells[place]] += by
            self.most[self.cells[place]] += by

    def can_be_met(self) -> bool:
        """Whether some group of those left fills the places within the quotas. Raises `Impossible` if it takes too
        long to tell."""
        if any(most < 0 for most in self.most.values()):
            return False
        kinds = sorted((kind, count) for kind, count in self.kinds.items() if count)
        least = tuple(max(0, self.least[cell]) for cell in self.cells)
        most = tuple(self.most[cell] for cell in self.cells)
        return _Search(kinds).finds(0, self.places, least, most)


class _Search:
    """Looks for how many of each kind to take, one kind after the other."""

    def __init__(self, kinds: list[tuple[tuple[int, ...], int]]) -> None:
        self.kinds, self.steps = kinds, 0
        self.dead: set[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = set()

    def finds(self, at: int, places: int, least: tuple[int, ...], most: tuple[int, ...]) -> bool:
        """Whether the kinds from `at` on can fill the places."""
        if at == len(self.kinds):
            return places == 0 and not any(least)
        state = (at, places, least, most)
        if state in self.dead or not self._could(at, places, least):
            return False
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Impossible
        kind, count = self.kinds[at]
        top = min([places, count, *(most[place] for place in kind)])
        for taken in range(top, -1, -1):
            if self.finds(at + 1, places - taken, _less(least, kind, taken), _less(most, kind, taken, floor=-1)):
                return True
        self.dead.add(state)
        return False

    def _could(self, at: int, places: int, least: tuple[int, ...]) -> bool:
        rest = self.kinds[at:]
        if sum(count for _, count in rest) < places:
            return False
        return all(
            not wanted or (wanted <= places and sum(count for kind, count in rest if place in kind) >= wanted)
            for place, wanted in enumerate(least)
        )


def _less(numbers: tuple[int, ...], kind: tuple[int, ...], taken: int, floor: int = 0) -> tuple[int, ...]:
    return tuple(max(floor, number - taken) if place in kind else number for place, number in enumerate(numbers))


def what_is_wrong(pool: Pool, quotas: Quotas, places: int) -> Iterator[str]:
    """Why the quotas cannot be met, in words; nothing when they can."""
    if len(pool) < places:
        yield f"There are {places} places and fewer people in the pool. Call again, or offer fewer places"
        return
    found = [words for question, answers in quotas.items() for words in _wrong_cells(pool, question, answers)]
    yield from found
    if not found and not _possible(pool, quotas, places):
        yield "No group of people in the pool meets all of this at once. Loosen one of the numbers"


def _wrong_cells(pool: Pool, question: str, answers: Mapping[str, Sequence[int]]) -> Iterator[str]:
    for answer, (least, most) in answers.items():
        if least > most:
            yield f"“{answer}”: the least cannot be more than the most"
        elif least > sum(one.get(question) == answer for one in pool.values()):
            yield f"“{answer}”: fewer people in the pool said this than you ask for. Ask for fewer, or call again"


def _possible(pool: Pool, quotas: Quotas, places: int) -> bool:
    try:
        return _Left(pool, quotas, places).can_be_met()
    except Impossible:
        return False
