"""Puts what was found in order: how well each word of the question is met by the best word of the record."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from crm.base.text import sound

WHOLE, BEGINNING, HEARD, INSIDE = 100.0, 92.0, 88.0, 75.0
LEAST = 60.0  # of 100: under this, two words are different words (two of five letters differ)


def how_well(words: Sequence[str], key: str) -> float:
    """How well a key answers the words, 0 to 100; 100 when each stands in it."""
    held = key.split()
    met = [max((_alike(word, other) for other in held), default=0.0) for word in words]
    return sum(met) / len(met) if met else 0.0


def _alike(word: str, other: str) -> float:
    if word == other:
        return WHOLE
    if other.startswith(word):
        return BEGINNING + 8.0 * len(word) / len(other) - 4.0
    if len(word) > 1 and sound(word) == sound(other):
        return max(HEARD, float(fuzz.ratio(word, other)))
    alike = float(fuzz.ratio(word, other))
    return max(alike, INSIDE) if word in other and len(word) > 2 else alike
