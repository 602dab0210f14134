"""Rules answer "what is missing?" in plain words; the page, the action and the API say the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Blocker:
    """One reason why something cannot be done yet, beside the field it concerns ("" for the whole)."""

    code: str
    words: str
    field: str = ""


class Blocked(Exception):
    """An action was refused by its rules. `blockers` holds every reason at once."""

    def __init__(self, blockers: Iterable[Blocker]) -> None:
        self.blockers = list(blockers)
        super().__init__("; ".join(blocker.words for blocker in self.blockers))

    def by_field(self) -> dict[str, list[str]]:
        """Field → words, as forms and the API show them."""
        found: dict[str, list[str]] = {}
        for blocker in self.blockers:
            found.setdefault(blocker.field, []).append(blocker.words)
        return found


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
