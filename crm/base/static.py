"""Whether the gathered static files are those of this version of the code."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage

MARK = ".made-from"
MANIFEST = "staticfiles.json"


def fingerprint() -> str:
    """What the static files are made from: every source file's name, size and time of change."""
    found = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            found.update(f"{name}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def is_fresh() -> bool:
    """Whether gathering them again would change nothing."""
    mark = Path(settings.STATIC_ROOT) / MARK
    return mark.exists() and (mark.parent / MANIFEST).exists() and mark.read_text() == fingerprint()


def forget() -> None:
    """Take the list of gathered files away, so that no server takes the old ones for the new."""
    for name in (MARK, MANIFEST):
        (Path(settings.STATIC_ROOT) / name).unlink(missing_ok=True)


def mark_fresh() -> None:
    """Remember what they were made from."""
    (Path(settings.STATIC_ROOT) / MARK).write_text(fingerprint())


def missing() -> str:
    """Says that this process has no list of static files; empty when it has one, or needs none.

    A process reads the list once, when it starts: one that started too early is replaced, it never gets ready.
    """
    return "the pages' styles to be gathered" if getattr(staticfiles_storage, "hashed_files", None) == {} else ""
