"""What somebody says about whether a need was met: plain values that pages, API and importers fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OutcomeDetails:
    """Whether a need was met, and why not when it was not. When it was not at a contact, `message` and `happened_on`
    say in which message, and when."""

    met: str
    message: str = ""
    happened_on: date | None = None
    why: str = ""
    words: str = ""
