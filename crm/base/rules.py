"""Rules answer "what is missing?" in plain words; the page, the action and the API say the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Blocker:
    """One reason why something cannot be done yet, beside the field it concerns ("" for the whole). A field of one row
    of several is a path, like points/1/words: pages put it beside the rows, the API points to it."""

    code: str
    words: str
    field: str = ""

    @property
    def of_page(self) -> str:
        """The field of the whole page or request that it concerns."""
        return self.field.partition("/")[0]

    def within(self, *steps: str | int) -> Blocker:
        """The same reason where its field lies deeper: `within("points", 1)` for that of the second point."""
        return replace(self, field="/".join(map(str, (*steps, self.field))))


class Blocked(Exception):
    """An action was refused by its rules. `blockers` holds every reason at once."""

    def __init__(self, blockers: Iterable[Blocker]) -> None:
        self.blockers = list(blockers)
        super().__init__("; ".join(blocker.words for blocker in self.blockers))

    def by_field(self) -> dict[str, list[str]]:
        """Field of the whole page → words, as forms show them: what is wrong in the same way in several rows is said
        once."""
        found: dict[str, list[str]] = {}
        for blocker in self.blockers:
            said = found.setdefault(blocker.of_page, [])
            if blocker.words not in said:
                said.append(blocker.words)
        return found


def each_within(name: str, many: Iterable[Iterable[Blocker]]) -> Iterator[Blocker]:
    """The reasons about each row of a list of the request, beside the row they are about."""
    for number, blockers in enumerate(many):
        for blocker in blockers:
            yield blocker.within(name, number)


class InputBlocked(Blocked):
    """What was sent cannot be right: the API answers 400 with pointers, the page shows the words beside the fields."""


class Stale(Exception):
    """Somebody else changed the record since it was read."""


def refuse_if(blockers: Iterable[Blocker]) -> None:
    """Raise `Blocked` with every reason, if there is one."""
    found = list(blockers)
    if found:
        raise Blocked(found)


def refuse_input_if(blockers: Iterable[Blocker]) -> None:
    """Raise `InputBlocked` with every reason, if there is one."""
    found = list(blockers)
    if found:
        raise InputBlocked(found)
