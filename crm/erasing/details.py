"""What somebody says about a request to be erased before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ErasureDetails:
    """That somebody asked, when, how, and in their words where they gave some."""

    asked_on: date | None
    how: str = ""
    words: str = ""


@dataclass(frozen=True)
class Looked:
    """What whoever decides looked at: that their name is theirs elsewhere too, in which other ways it is spelt, which
    files are deleted; and that they looked at the other files, and at pictures and recordings that no machine reads."""

    elsewhere: bool = False
    spellings: Sequence[str] = ()
    unwanted: Sequence[str] = ()
    looked: bool = False
