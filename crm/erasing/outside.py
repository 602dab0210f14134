"""Words that stand outside these rooms' tables, like pages of the public site: rooms above say how to look through them
and how to take somebody out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm.base.registries import Registry


@dataclass(frozen=True)
class Outside:
    """A place with words of its own. `holding` counts what mentions one of the needles, `take_out` takes them out and
    gives how many it changed, inside the transaction that erases the person."""

    name: str
    names: str
    holding: Callable[[Sequence[str]], int]
    take_out: Callable[[Sequence[str]], int]

    def words(self, number: int) -> str:
        """What was found there, and how many."""
        return f"{number} {self.name if number == 1 else self.names}"


outside: Registry[Outside] = Registry("words outside")
