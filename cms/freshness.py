"""Public pages are kept ready-made in the memory of each process until something the public reads has changed."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.utils import timezone

from cms.editions import this_edition

MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class ReadyMade:
    """A page as it goes out: its bytes plain and packed, the tag a browser sends back to ask whether it changed, and
    the headers that every reader gets with it."""

    content: bytes
    packed: bytes
    etag: str
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, content: bytes, headers: Iterable[tuple[str, str]] = ()) -> ReadyMade:
        """Pack a page with what is said of it. The same bytes always get the same tag."""
        etag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
        packed = gzip.compress(content, compresslevel=9, mtime=0)
        return cls(content=content, packed=packed, etag=etag, headers=(*headers, ("ETag", etag)))

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.content) + len(self.packed)


class Shelf:
    """Ready-made pages by address, each with the edition it belongs to. What was not read for longest goes first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._pages: OrderedDict[str, tuple[str, ReadyMade]] = OrderedDict()
        self._lock = Lock()

    def take(self, path: str, now: str) -> ReadyMade | None:
        """The page, if it is there and of this edition."""
        with self._lock:
            found = self._pages.get(path)
            if found is None or found[0] != now:
                return None
            self._pages.move_to_end(path)
            return found[1]

    def put(self, path: str, now: str, page: ReadyMade) -> None:
        """Keep a page in the place of an older one."""
        with self._lock:
            self._size -= self._pages.pop(path)[1].size if path in self._pages else 0
            self._pages[path] = (now, page)
            self._size += page.size
            while self._size > self._most:
                self._size -= self._pages.popitem(last=False)[1][1].size

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._size = 0


shelf = Shelf()


def stamp() -> str:
    """What changes whenever the public site does, right in every process at once.

    The day belongs to it, because pages say whether their review is overdue and forums go by.
    """
    return f"{this_edition()}|{datetime.now(timezone.get_default_timezone()).date()}"


def kept(path: str, now: str) -> ReadyMade | None:
    """The page as kept, if it is."""
    return shelf.take(path, now)


def keep(path: str, now: str, page: ReadyMade) -> None:
    """Keep a page for the next reader."""
    shelf.put(path, now, page)


def paper_of(path: str, now: str, make: Callable[[], bytes]) -> bytes:
    """A file as kept, or made now: making one takes seconds."""
    found = shelf.take(path, now)
    if found is None:
        found = ReadyMade(content=make(), packed=b"", etag="")
        shelf.put(path, now, found)
    return found.content
