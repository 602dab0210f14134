"""Puts what was found in order: how well each word of the question is met by the best word of the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from rapidfuzz import fuzz

from crm.base.text import sound

# Of 100: a whole word, the beginning of one, one that sounds the same (more the more letters it shares), part of one.
WHOLE, BEGINNING, HEARD, INSIDE = 100.0, 90.0, 75.0, 70.0
LEAST = 60.0  # under this, two words are different words (two of five letters differ)
SAME = 80.0  # from here on, two words are one word spelt in two ways
SHORT = 3  # letters: of fewer, the beginning of a word says nothing
_sound = lru_cache(maxsize=20_000)(sound)


def how_well(words: Sequence[str], key: str, *, prose: bool = False) -> float:
    """How well a key answers the words, 0 to 100; 100 when each stands in it. In `prose` sounds tell nothing: among so
    many words one that sounds like any other is always there (begm and be, zzzqqq and ask)."""
    held = key.split()
    near = partial(_alike, prose=prose)
    met = [WHOLE if word in held else max((near(word, other) for other in held), default=0.0) for word in words]
    return sum(met) / len(met) if met else 0.0


def holds_every_word(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name holds each of these words: whole, misspelt, or its beginning. A word that stands alone says too
    little to be a beginning ("carer" is somebody's role and no beginning of "Carers' Circle"), and so does a short
    one."""
    telling = any(len(word) >= SHORT for word in words)
    return telling and all(any(_is(word, other, len(words) > 1) for other in name) for word in words)


def _is(word: str, other: str, beginnings: bool) -> bool:
    if word == other or min(len(word), len(other)) < SHORT:
        return word == other
    if other.startswith(word):
        return beginnings
    return fuzz.ratio(word, other) >= LEAST and _alike(word, other) >= SAME


def _alike(word: str, other: str, prose: bool = False) -> float:
    if word == other:
        return WHOLE
    if other.startswith(word):
        return BEGINNING + 5.0 * len(word) / len(other)
    alike = float(fuzz.ratio(word, other))
    if prose:
        spelt = alike if min(len(word), len(other)) > SHORT else 0.0
        return max(spelt, INSIDE) if word in other and len(word) > 2 else spelt
    if len(word) > 1 and _sound(word) == _sound(other):
        return max(HEARD + alike / 5, alike)
    return max(alike, INSIDE) if word in other and len(word) > 2 else alike
