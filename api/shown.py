"""What goes out, as bytes, and the ETag of one record: its version, a digest of all that was shown, and a mark for each
field. By the marks whoever comes back too late is told what changed since they read: what they may read now is laid
beside what they were shown then, so it gives nothing else away."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

TAG = re.compile(r'^"(\d{1,9})(?:\.[0-9a-f]*)?(?:\.([0-9a-f]*))?"$')
LETTERS = 6  # of each mark
ALWAYS = {"version", "modified_at"}  # change with whatever changes: nothing to tell


def plain(value: Any) -> Any:
    """A value as JSON has it. Raises TypeError for one it has no form for."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def as_json(data: Any) -> bytes:
    """The bytes of an answer."""
    return json.dumps(data, default=plain, ensure_ascii=False, separators=(",", ":")).encode()


def tag_of(shown: dict[str, Any], body: bytes) -> str:
    """The ETag of a record as it was shown, `body` in bytes."""
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    return f'"{shown["version"]}.{digest}.{"".join(_marks(shown))}"'


def has_it(tag: str, known: str) -> bool:
    """Whether what came as If-None-Match says that the reader has this; a star takes whatever is there."""
    tags = {part.strip().removeprefix("W/") for part in known.split(",")}
    return tag in tags or known.strip() == "*"


def versions_in(tags: str) -> set[int]:
    """The versions named by what came as If-Match."""
    return {int(match[1]) for tag in tags.split(",") if (match := TAG.match(tag.strip()))}


def differing(tag: str, shown: dict[str, Any]) -> list[str] | None:
    """The fields that hold something else now than when this ETag was given; None where nobody can tell, as by the ETag
    of an answer that showed no fields."""
    match = TAG.match(tag.strip())
    then, now = (match[2] or "") if match else "", list(_marks(shown))
    whose, *marks = (then[at : at + LETTERS] for at in range(0, max(len(then), 1), LETTERS))
    if whose != now[0] or len(marks) != len(now) - 1:
        return None
    pairs = zip(shown, marks, now[1:], strict=True)
    return [name for name, before, after in pairs if before != after and name not in ALWAYS]


def _marks(shown: dict[str, Any]) -> Iterator[str]:
    """First that of the record and of which fields its reader is shown, then one for each. They are made with this
    server's key, because an ETag is written down in more places than what it stands for."""
    key = salted_hmac("api.shown", str(shown.get("id")), algorithm="sha256").digest()
    for one in ([list(shown)], *([name, value] for name, value in shown.items())):
        yield hashlib.blake2b(as_json(one), key=key, digest_size=LETTERS // 2).hexdigest()
