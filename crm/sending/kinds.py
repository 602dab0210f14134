"""The kinds of letter this room brings itself: what an officer writes to one person from their page."""

from __future__ import annotations

from crm.sending.files import SHIPPED
from crm.sending.registry import LetterKind, letter_folders, letter_kinds

WORDS = {"words": "what you want to say"}


def register_letters() -> None:
    """A thank you, and a short message."""
    letter_kinds.add("thank-you", LetterKind("Thank you for telling us", WORDS, frozenset({"words"}), by_hand=True))
    letter_kinds.add("note", LetterKind("A short message", WORDS, frozenset({"words"}), by_hand=True))
    letter_folders.add("sending", SHIPPED)
