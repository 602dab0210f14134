"""A cache of files in which several processes count together."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache


class CountingFiles(FileBasedCache):
    """Django's cache of files adds and counts in two steps, and another process may come between them: of eight
    requests at once most were not counted, so that neither the API's limit nor that on guessed passwords held. Here one
    counts after the other."""

    _dir: str  # Django keeps the folder under this name

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Keep it if nothing is kept under this key; True for one of many who ask at once."""
        with self._alone():
            return super().add(*args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        """Count on. Raises ValueError when nothing is kept under this key."""
        with self._alone():
            return super().incr(*args, **kwargs)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        folder = Path(self._dir)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "counting.lock").open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # given back when the file is closed, also by a process that dies
            yield
