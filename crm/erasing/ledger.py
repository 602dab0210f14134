"""The list of erasures beside the database: what was erased is erased again after an old backup came back.

One line each: the day, the key the person had, and what was decided. Without the backup a key leads to nobody; so the
list is kept as long as the oldest backup, and apart from it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Erased:
    """One erasure: whom, by key; which request; whether the name went out of everything; and in part, what went."""

    person: UUID
    request: UUID
    on: date
    elsewhere: bool = False
    parts: tuple[str, ...] = ()


def _file() -> Path:
    return Path(settings.ERASURES_FILE)


def can_note() -> bool:
    """Whether a line could be added."""
    file = _file()
    return os.access(file if file.exists() else file.parent, os.W_OK)


def note(erased: Erased) -> None:
    """Add a line, and wait until the disk has it."""
    line = json.dumps(asdict(erased), default=str) + "\n"
    made = os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(made, "a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def noted() -> Iterator[Erased]:
    """Every line, the oldest first. Raises ValueError for a line nobody can read, FileNotFoundError where there is no
    list: after a restore that is not the same as an empty one."""
    for line in _file().read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Erased(
            UUID(row["person"]), UUID(row["request"]), date.fromisoformat(row["on"]), row["elsewhere"],
            tuple(row["parts"]),
        )  # fmt: skip
