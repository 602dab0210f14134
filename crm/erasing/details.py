"""What somebody says about a request to be erased before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ErasureDetails:
    """That somebody asked, when, how, and in their words where they gave some."""

    asked_on: date | None
    how: str = ""
    words: str = ""
