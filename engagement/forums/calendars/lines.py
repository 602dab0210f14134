"""Content lines of a calendar (RFC 5545, 3.1): escaped, folded at 75 octets, ended with CRLF."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

OCTETS = 75
END = "\r\n"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # what no value may hold (3.3.11); a tab may stay
_SAFE = re.compile(r"[A-Za-z0-9/+.@_-]+\Z")


def text(words: str) -> str:
    """Words as the value of a text property (3.3.11): nobody's comma, semicolon or new line ends it early."""
    whole = words.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return _clean(whole.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n"))


def plain(words: str) -> str:
    """An address as the value of a property that is not text: on one line, without control characters."""
    return _clean(words).replace("\n", "")


@lru_cache(maxsize=1000)
def parameter(words: str) -> str:
    """Words as the value of a parameter (3.2), in quotes where they need them; a double quote cannot stand there."""
    clean = _clean(words.replace("\n", " ").replace('"', "'"))
    return clean if _SAFE.match(clean) else f'"{clean}"'


def _clean(words: str) -> str:
    return _CONTROLS.sub("", words) if _CONTROLS.search(words) else words


def local(moment: datetime) -> str:
    """A moment as the clock on the wall says it."""
    return f"{moment.year:04}{moment.month:02}{moment.day:02}T{moment.hour:02}{moment.minute:02}{moment.second:02}"


def universal(moment: datetime) -> str:
    """A moment in universal time."""
    return f"{local(moment.astimezone(UTC))}Z"


def line(name: str, value: str) -> str:
    """A whole content line, folded. A letter of several octets is never cut in two."""
    whole = f"{name}:{value}"
    if whole.isascii():
        return whole + END if len(whole) <= OCTETS else _folded_ascii(whole)
    return _folded(whole)


def _folded_ascii(whole: str) -> str:
    rest = OCTETS - 1  # the space that begins a folded line counts
    parts = [whole[:OCTETS], *(whole[at : at + rest] for at in range(OCTETS, len(whole), rest))]
    return f"{END} ".join(parts) + END


def _folded(whole: str) -> str:
    octets = whole.encode()
    parts, at, room = [], 0, OCTETS
    while len(octets) - at > room:
        to = at + room
        while octets[to] & 0xC0 == 0x80:  # inside a letter
            to -= 1
        parts.append(octets[at:to])
        at, room = to, OCTETS - 1
    parts.append(octets[at:])
    return b"\r\n ".join(parts).decode() + END
