"""What somebody says about an entry or a champion's words before they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class EntryDetails:
    """An entry as it shall stand. `facts` is what was asked → what they said; what was never asked is left out."""

    about: str = ""
    meets: str = ""
    how_to_join: str = ""
    show_phone: bool = False
    show_email: bool = False
    show_website: bool = True
    agreed_with: str = ""
    agreed_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WordsDetails:
    """A champion's public words, the name above them, and when they agreed."""

    shown_name: str = ""
    words: str = ""
    agreed_on: date | None = None
