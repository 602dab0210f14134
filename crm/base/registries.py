"""One pattern for lower rooms to show or touch what higher rooms own: a list that `AppConfig.ready` fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries in the order they were put in. Putting one in twice is a mistake and says so."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def add(self, name: str, entry: T) -> T:
        """Put an entry in. Raises ValueError if the name is taken."""
        if name in self._entries:
            raise ValueError(f"{self.what}: {name} is already there.")
        self._entries[name] = entry
        return entry

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def names(self) -> list[str]:
        """The names, in order."""
        return list(self._entries)
