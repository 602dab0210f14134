"""A cache of files in which several processes count together."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class CountingFiles(FileBasedCache):
    """Django's cache of files adds and counts in two steps, and another process may come between them: of eight
    requests at once most were not counted, so that neither the API's limit nor that on guessed passwords held. Here one
    counts after the other."""

    _dir: str  # Django's own: the folder, where a key is kept there, and how
    _key_to_file: Any
    _write_content: Any

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Keep it if nothing is kept under this key; True for one of many who ask at once."""
        with self._alone():
            return super().add(*args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on. Raises ValueError when nothing is kept under this key. The new count is written over the old one:
        Django's looks through the folder, writes a file beside and puts it in place of the old one, for every call of
        the API."""
        with self._alone(), _of_nothing_kept(key):
            count = int(self.get(key, version=version)) + delta
            with Path(self._key_to_file(key, version)).open("r+b") as file:
                self._write_content(file, DEFAULT_TIMEOUT, count)
                file.truncate()
        return count

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = Path(self._dir) / "counting.lock"
        try:
            held = lock.open("wb")
        except FileNotFoundError:
            lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = lock.open("wb")
        with held:
            fcntl.flock(held, fcntl.LOCK_EX)  # given back when the file is closed, also by a process that dies
            yield


@contextmanager
def _of_nothing_kept(key: Any) -> Iterator[None]:
    """No count there, or one whose writer died while it wrote: it is begun anew."""
    try:
        yield
    except (TypeError, FileNotFoundError, EOFError, UnpicklingError, zlib.error) as problem:
        raise ValueError(f"Nothing is counted under {key!r}.") from problem
