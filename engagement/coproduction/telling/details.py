"""What somebody says about answers: plain values that pages and API fill in, and what became of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.languages.models import Language
from crm.sending.models import Format
from engagement.coproduction.telling.models import Telling


@dataclass(frozen=True)
class WordsDetails:
    """The answer in one language (None: English) and format."""

    said: str
    answer: str
    language: Language | None = None
    format: str = Format.STANDARD
    machine_draft: bool = False


@dataclass(frozen=True)
class Approved:
    """What became of answers that were approved: on their way, held back, or waiting still, each with its reason."""

    sent: list[Telling] = field(default_factory=list)
    held: list[Telling] = field(default_factory=list)
    waiting: list[Telling] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        """For whoever approved them."""
        parts = [(self.sent, "on the way"), (self.held, "held back"), (self.waiting, "not approved: see why on each")]
        return ", ".join(f"{len(rows)} {words}" for rows, words in parts if rows) or "Nothing was approved"
