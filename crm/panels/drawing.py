"""Random selection that anybody with the pool can repeat: plain arithmetic and SHA-256, nothing else.

Everybody in the pool stands in a queue, in the order of SHA-256(seed + ":" + number). We go down the queue and take
each person, unless no group with them and those taken before is found that meets the quotas (`crm/panels/fitting.py`).
It is the same for the same pool, quotas and seed, on any machine. Where quotas are set, chances are not equal, and the
record says so.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.panels.fitting import Goal, Group, Kind, could_be_met, mended, searched

METHOD = "Heard queue 3: order by SHA-256(seed:number), take each with whom a group that meets the quotas is found"

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


def hash_of_all(pool: Pool, quotas: Quotas) -> str:
    """SHA-256 of the canonical pool followed by the quotas in one form: shows that neither was changed, and tells
    nothing of the quotas to who has not the pool."""
    rules = json.dumps(quotas, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{canonical(pool)}{rules}".encode()).hexdigest()


def queue_of(pool: Pool, seed: str) -> list[str]:
    """Everybody in the pool in the order of the seed."""
    return sorted(pool, key=lambda number: (hashlib.sha256(f"{seed}:{number}".encode()).hexdigest(), number))


def select(pool: Pool, quotas: Quotas, places: int, seed: str) -> Selection:
    """Draw. Raises `Impossible`."""
    left = _Left(pool, quotas, places)
    if left.group is None:
        raise Impossible
    chosen = [number for number in queue_of(pool, seed) if left.takes(pool[number])]
    return Selection(chosen, [number for number in queue_of(pool, seed) if number not in chosen])


class _Left:
    """What is left to choose from and to meet while somebody goes down the queue. `group` is a way to fill the places
    that are left, by kinds of people: as long as there is one, the quotas can be met."""

    def __init__(self, pool: Pool, quotas: Quotas, places: int) -> None:
        self.cells = [(question, answer) for question, answers in quotas.items() for answer in answers]
        self.least = [quotas[question][answer][0] for question, answer in self.cells]
        self.most = [quotas[question][answer][1] for question, answer in self.cells]
        self.places = places
        self.kinds = Counter(self._kind(one) for one in pool.values())
        self.never: set[Kind] = set()  # for whom no group was found is not searched for again
        self.group: Group | None = self._find(Counter())

    def _kind(self, one: Features) -> Kind:
        return tuple(place for place, (question, answer) in enumerate(self.cells) if one.get(question) == answer)

    def takes(self, one: Features) -> bool:
        """Take somebody if the rest can still be chosen; either way they are out of the pool. True when taken."""
        kind = self._kind(one)
        self.kinds[kind] -= 1
        if self.places == 0 or self.group is None:
            return False
        in_group = bool(self.group[kind])  # asked first: a group found later may hold a kind that was given up before
        if kind in self.never and not in_group:
            return False
        self._count(kind, -1)
        found = self._without(kind) if in_group else self._find(self.group)
        if found is None:
            self._count(kind, +1)
            self.never.add(kind)
            return False
        self.group = found
        return True

    def _without(self, kind: Kind) -> Group:
        """The group, when one of this kind in it was taken."""
        assert self.group is not None
        self.group[kind] -= 1
        return self.group

    def _count(self, kind: Kind, by: int) -> None:
        self.places += by
        for place in kind:
            self.least[place] += by
            self.most[place] += by

    def _find(self, near: Group) -> Group | None:
        """Some group that fills the places within the quotas: first one near another group, then by looking at all.
        None when there is none, or none was found in the steps allowed."""
        kinds = sorted((kind, count) for kind, count in self.kinds.items() if count > 0)
        goal = Goal(self.least, self.most, self.places)
        if not could_be_met(self.cells, kinds, goal):
            return None
        return mended(kinds, goal, near) or searched(kinds, goal)


def what_is_wrong(pool: Pool, quotas: Quotas, places: int) -> Iterator[str]:
    """Why the quotas cannot be met, in words; nothing when they can."""
    if len(pool) < places:
        yield f"There are {places} places and fewer people in the pool. Call again, or offer fewer places"
        return
    found = [words for question, answers in quotas.items() for words in _wrong_cells(pool, question, answers)]
    yield from found
    if not found and _Left(pool, quotas, places).group is None:
        yield "No group of people in the pool meets all of this at once. Loosen one of the numbers"


def _wrong_cells(pool: Pool, question: str, answers: Mapping[str, Sequence[int]]) -> Iterator[str]:
    for answer, (least, most) in answers.items():
        if least > most:
            yield f"“{answer}”: the least cannot be more than the most"
        elif least > sum(one.get(question) == answer for one in pool.values()):
            yield f"“{answer}”: fewer people in the pool said this than you ask for. Ask for fewer, or call again"
