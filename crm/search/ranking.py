"""Puts what was found in order: how well each word of the question is met by the best word of the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from crm.base.text import sound

# Of 100: a whole word, the beginning of one, one that sounds the same (more the more letters it shares), part of one.
WHOLE, BEGINNING, HEARD, INSIDE = 100.0, 90.0, 75.0, 70.0
LEAST = 60.0  # under this, two words are different words (two of five letters differ)
_sound = lru_cache(maxsize=20_000)(sound)


def how_well(words: Sequence[str], key: str) -> float:
    """How well a key answers the words, 0 to 100; 100 when each stands in it."""
    held = key.split()
    met = [WHOLE if word in held else max((_alike(word, other) for other in held), default=0.0) for word in words]
    return sum(met) / len(met) if met else 0.0


def _alike(word: str, other: str) -> float:
    if word == other:
        return WHOLE
    if other.startswith(word):
        return BEGINNING + 5.0 * len(word) / len(other)
    alike = float(fuzz.ratio(word, other))
    if len(word) > 1 and _sound(word) == _sound(other):
        return max(HEARD + alike / 5, alike)
    return max(alike, INSIDE) if word in other and len(word) > 2 else alike
