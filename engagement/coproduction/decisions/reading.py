"""How old a reader must be to read some English words: a gentle check, never a bar.

The grade is Flesch and Kincaid's (Kincaid and others, 1975), from words a sentence and syllables a word. Syllables are
counted by groups of vowels, which is right often enough for a hint.
"""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
WORD = re.compile(r"[A-Za-z’']+")
VOWELS = re.compile(r"[aeiouy]+")
SCHOOL_BEGINS = 5  # the age at grade 0
PLAIN_UP_TO = 11  # public words are written for readers of 9 to 11
LONG_SENTENCE = 20


def reading_age(words: str) -> int | None:
    """The age in years from which most people can read this; None for what is too short to say, or not English."""
    found = WORD.findall(words)
    if len(found) < 5:
        return None
    sentences = max(1, len([part for part in SENTENCE.split(words) if WORD.search(part)]))
    syllables = sum(map(_syllables, found))
    grade = 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59
    return max(SCHOOL_BEGINS, round(grade) + SCHOOL_BEGINS)


def _syllables(word: str) -> int:
    plain = word.lower()
    count = len(VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith("le") and count > 1:
        count -= 1
    return max(1, count)


def hard_to_read(words: str) -> str:
    """What to look at again, in words; empty when most people can read it."""
    age = reading_age(words)
    if age is None or age <= PLAIN_UP_TO:
        return ""
    return (
        f"A reader needs to be about {age} to read the reason easily. "
        f"Use shorter sentences and everyday words, so that readers of {PLAIN_UP_TO} can."
    )
