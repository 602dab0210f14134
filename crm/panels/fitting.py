"""Whether some group of people meets quotas: plain arithmetic, the same steps on every machine.

People who count for the same quotas are of one kind; a group is how many of each kind. Finding one is hard in the
worst case, so there are three looks: what rules it out at a glance, a group mended step by step, and a search through
all that is given up after `MOST_STEPS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Kind = tuple[int, ...]  # the places, in the list of quotas, that somebody counts for
Kinds = Sequence[tuple[Kind, int]]  # each with how many there are, in order
Group = Counter[Kind]
MOST_STEPS = 5_000  # of the search through all
MOST_KINDS = 80  # more kinds are not searched through
MOST_MENDS = 60  # swaps from one beginning
BEGINNINGS = 3


@dataclass(frozen=True)
class Goal:
    """How many people, and of each quota the least and the most."""

    least: Sequence[int]
    most: Sequence[int]
    places: int

    def off(self, place: int, number: int) -> int:
        """By how many a number misses a quota."""
        return max(0, self.least[place] - number, number - self.most[place])


def could_be_met(cells: Sequence[tuple[str, str]], kinds: Kinds, goal: Goal) -> bool:
    """False when a glance rules it out: too few people, a quota that cannot be met, or a question whose quotas ask for
    more or for fewer people than there are places."""
    there = [sum(count for kind, count in kinds if place in kind) for place in range(len(cells))]
    everybody = sum(count for _, count in kinds)
    if everybody < goal.places or any(most < 0 for most in goal.most):
        return False
    if any(least > number for least, number in zip(goal.least, there, strict=True)):
        return False
    for question in {question for question, _ in cells}:
        own = [place for place, cell in enumerate(cells) if cell[0] == question]
        least = sum(max(0, goal.least[place]) for place in own)
        others = everybody - sum(there[place] for place in own)
        most = others + sum(min(goal.most[place], there[place]) for place in own)
        if not least <= goal.places <= most:
            return False
    return True


def mended(kinds: Kinds, goal: Goal, near: Group) -> Group | None:
    """A group that meets the goal, made from one near it by swapping people; None when that leads nowhere."""
    for beginning in range(BEGINNINGS):
        turned = [*kinds[beginning * len(kinds) // BEGINNINGS :], *kinds[: beginning * len(kinds) // BEGINNINGS]]
        found = _Mending(turned, goal, near if beginning == 0 else Counter()).finds()
        if found is not None:
            return found
    return None


class _Mending:
    """One group while it is mended."""

    def __init__(self, kinds: Kinds, goal: Goal, near: Group) -> None:
        self.there, self.goal = dict(kinds), goal
        self.group: Group = Counter({kind: min(near[kind], count) for kind, count in kinds if near[kind]})
        self.numbers = [0] * len(goal.least)
        for kind, count in self.group.items():
            for place in kind:
                self.numbers[place] += count

    def finds(self) -> Group | None:
        """Bring the group to its size, then swap while it gets better."""
        while self.group.total() > self.goal.places:
            self._change(min((self._less(kind), kind) for kind in self.there if self.group[kind])[1], None)
        while self.group.total() < self.goal.places:
            self._change(None, self._best_to_add()[1])
        for _ in range(MOST_MENDS):
            if not any(self.goal.off(place, number) for place, number in enumerate(self.numbers)):
                return +self.group
            worse, out, into = self._best_swap()
            if worse >= 0:
                return None
            self._change(out, into)
        return None

    def _less(self, out: Kind) -> int:
        """By how much more the quotas would be missed with one of a kind less."""
        off, numbers = self.goal.off, self.numbers
        return sum(off(place, numbers[place] - 1) - off(place, numbers[place]) for place in out)

    def _best_to_add(self) -> tuple[int, Kind]:
        """Of which kind one more misses the quotas least, and by how much more."""
        more = [self.goal.off(place, n + 1) - self.goal.off(place, n) for place, n in enumerate(self.numbers)]
        free = [kind for kind, count in self.there.items() if count > self.group[kind]]
        return min(((sum(more[place] for place in kind), kind) for kind in free), key=lambda pair: pair[0])

    def _best_swap(self) -> tuple[int, Kind, Kind]:
        """The swap that helps most, and by how much more the quotas are missed after it."""
        found: list[tuple[int, Kind, Kind]] = []
        for out in [kind for kind in self.there if self.group[kind]]:
            less = self._less(out)
            self._change(out, None)
            more, into = self._best_to_add()
            self._change(None, out)
            found.append((less + more, out, into))
        return min(found, key=lambda swap: swap[0])

    def _change(self, out: Kind | None, into: Kind | None) -> None:
        for kind, by in ((out, -1), (into, +1)):
            if kind is not None:
                self.group[kind] += by
                for place in kind:
                    self.numbers[place] += by


def searched(kinds: Kinds, goal: Goal) -> Group | None:
    """A group that meets the goal, by looking at how many of each kind to take, one kind after the other. None when
    there is none, or when it takes too long to tell."""
    if len(kinds) > MOST_KINDS:
        return None
    return _Search(kinds, len(goal.least)).finds(0, goal.places, tuple(goal.least), tuple(goal.most))


class _Search:
    """The search through all, with what is left behind each kind counted beforehand."""

    def __init__(self, kinds: Kinds, width: int) -> None:
        self.kinds, self.steps = kinds, 0
        self.dead: set[tuple[int, int, Kind, Kind]] = set()
        self.rest = [0]
        self.rest_of = [[0] * width]
        for kind, count in reversed(kinds):
            self.rest.append(self.rest[-1] + count)
            self.rest_of.append([n + count * (place in kind) for place, n in enumerate(self.rest_of[-1])])
        self.rest.reverse()
        self.rest_of.reverse()

    def finds(self, at: int, places: int, least: Kind, most: Kind) -> Group | None:
        """How the kinds from `at` on can fill the places."""
        if at == len(self.kinds):
            return None if places or any(number > 0 for number in least) else Counter()
        state = (at, places, least, most)
        if self.steps > MOST_STEPS or state in self.dead or not self._could(at, places, least):
            return None
        self.steps += 1
        kind, count = self.kinds[at]
        top = min([places, count, *(most[place] for place in kind)])
        for taken in range(top, -1, -1):
            found = self.finds(at + 1, places - taken, _less(least, kind, taken), _less(most, kind, taken))
            if found is not None:
                found[kind] += taken
                return found
        self.dead.add(state)
        return None

    def _could(self, at: int, places: int, least: Kind) -> bool:
        behind = self.rest_of[at]
        enough = all(number <= places and number <= behind[place] for place, number in enumerate(least))
        return enough and self.rest[at] >= places


def _less(numbers: Kind, kind: Kind, taken: int) -> Kind:
    return tuple(number - taken if place in kind else number for place, number in enumerate(numbers))
