"""Words and files that stand outside these rooms' tables, like pages of the public site: rooms above say how to look
through them and how to take somebody out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crm.base.registries import Registry
from crm.erasing.details import Looked
from crm.erasing.spelling import Needle
from crm.erasing.traces import Traces


@dataclass(frozen=True)
class FoundFile:
    """A file that somebody must look at before an erasure is whole. `named`: one of the needles stands in it. Otherwise
    no machine can tell: a photo, a film, a scan. `key` names it without any word of its own."""

    key: str
    name: str
    kind: str
    named: bool = True
    address: str = ""


@dataclass(frozen=True)
class Outside:
    """A place with words of its own. `holding` counts what mentions one of the needles; `take_out` takes them out,
    inside the transaction that erases the person, and gives what happened, and how often. `files` looks for them in
    files, which nobody can reword."""

    name: str
    names: str
    holding: Callable[[Sequence[Needle]], int]
    take_out: Callable[[Traces, Looked], Mapping[str, int]]
    files: Callable[[Sequence[Needle]], Iterable[FoundFile]]

    def words(self, number: int) -> str:
        """What was found there, and how many."""
        return f"{number} {self.name if number == 1 else self.names}"


outside: Registry[Outside] = Registry("words outside")


def files_found(needles: Sequence[Needle]) -> list[FoundFile]:
    """Every file in which one of the needles stands, and every one that no machine can read. Each is opened and read:
    seconds, where there are many."""
    return [file for place in outside for file in place.files(needles)]


def read_ahead() -> None:
    """Read every file before the action does, which holds the database while it works: what was read and has not
    changed since, it need not read again."""
    files_found(())
