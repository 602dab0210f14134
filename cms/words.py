"""The words of a page as a list, and a mark of them that tells whether they have changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags

# What is in these fields of a block is not for translating: a picture's name, an address, a link's target.
NOT_WORDS = frozenset({"id", "type", "picture", "address", "language", "locality", "community", "access"})
SENTENCE_END = re.compile(r"(?<=[.!?።؟۔])\s+|\n")


HEADINGS = ("heading", "title")


def words_in(value: Any) -> Iterator[str]:
    """Every piece of text in a stored block value: headings first, then by the name of the field, because PostgreSQL
    keeps no order of them and the mark of the words must be the same before and after. Tags become line ends."""
    if isinstance(value, str):
        text = strip_tags(re.sub(r"</(p|li)>", "\n", value))
        yield from (line for line in (" ".join(part.split()) for part in text.split("\n")) if line)
    elif isinstance(value, dict):
        if value.get("type") != "address":
            for name, inner in sorted(value.items(), key=lambda item: (item[0] not in HEADINGS, item[0])):
                if name not in NOT_WORDS:
                    yield from words_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words_in(inner)


def mark_of(words: list[str]) -> str:
    """SHA-256 of the words, blind to spacing."""
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def sentences(words: list[str]) -> Iterator[str]:
    """The sentences in some words, in scripts that end them with a full stop of their own too."""
    for piece in words:
        yield from (part for part in SENTENCE_END.split(piece) if part.strip())
