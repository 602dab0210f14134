"""Words: folding them for search, and noticing personal details before they are saved."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

APOSTROPHES = re.compile(r"['`]")
LEADING_VOWELS = re.compile(r"^[aeiou]+(?=.)")
UNHEARD = re.compile(r"[aeiouyhw]")
# Letters that one sound is written with in names brought from other scripts: Qasim, Kasim; Zainab, Sainab; Wali, Vali.
ONE_SOUND = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "w"})
DOUBLED = re.compile(r"(.)\1+")
WORD = re.compile(r"[a-z0-9]+")

# What a personal detail looks like. A telephone number of the United Kingdom (Ofcom numbering plan: 10 or 11 digits
# after 0 or +44), a postcode (Royal Mail PAF programmers' guide), an NHS number (10 digits, 3-3-4), an e-mail address.
DETAILS = {
    "a phone number": re.compile(
        r"(?<!\d)(?:\+\s?44(?:\s?\(0\))?|0044|0)[\s)–-]{0,2}[1-9](?:[\s.()–-]{0,2}\d){7,9}(?!\d)"
    ),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
    "an NHS number": re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)"),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
}
# Days and times are written with the same dots, spaces and hyphens as numbers: 01.02.2026 10.30, 2026-02-01.
DAYS_AND_TIMES = re.compile(
    r"(?<!\d)(?:\d{1,2}(?P<between>[ ./-])\d{1,2}(?P=between)(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
    r"|(?<!\d)(?<!\d\.)(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\.?\d)"
)
NUMBERS = ("a phone number", "an NHS number")


def fold(words: str) -> str:
    """Small letters of the Latin alphabet, whatever script or accents the words came in."""
    return anyascii(unicodedata.normalize("NFKC", words)).lower()


def sound(word: str) -> str:
    """What is left of a folded word however it is spelt, so that Muhamad and Mohammed, begm and Begum fall together.

    Vowels, h, w and y are left out, because scripts without vowels and different spellers disagree about them; letters
    of one sound become one.
    """
    word = LEADING_VOWELS.sub("", word.replace("ph", "f")).translate(ONE_SOUND)
    return DOUBLED.sub(r"\1", word[:1] + UNHEARD.sub("", word[1:]))


def search_words(words: str) -> list[str]:
    """The folded words, in order. An apostrophe is no break (O'Brien is one word), a hyphen is (Al-Noor is two)."""
    return WORD.findall(APOSTROPHES.sub("", fold(words)))


def search_key(words: str) -> str:
    """The key that search looks through: each folded word and, where it differs, its sound; a space around each."""
    found = search_words(words)
    sounds = [sound(word) for word in found if len(word) > 1]
    return " " + " ".join(dict.fromkeys([*found, *sounds])) + " "


def personal_details(words: str) -> list[str]:
    """What in these words looks like a personal detail, named: "a phone number". Empty if nothing does."""
    found = []
    rest = words
    for name, pattern in DETAILS.items():
        looked_at = DAYS_AND_TIMES.sub("|", rest) if name in NUMBERS else rest
        if pattern.search(looked_at):
            found.append(name)
            rest = pattern.sub(" ", rest)
    return found
