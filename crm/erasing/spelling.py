"""A name, a number or an address as people spell it: in which ways it is written, and how it is found in words.

Words are compared folded: small letters, without accents, so that WÓJCIK, Wójcik and Wojcik are one. Places of the
folded words lead back to the words as they stand, so that only what was found is taken out.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import phonenumbers
from anyascii import anyascii

from crm.base.phones import REGION

TAKEN_OUT = "(taken out)"
SHORTEST_WAY = 6  # characters: "letter" or "Mum" is no address that is theirs alone
LAST_DIGITS = 3  # whoever writes a number in groups keeps at least these together
# What may stand between the words of a name: gaps, the signs of file names and addresses, and what HTML makes of a gap.
GAP = r"(?:[\s_.,+\-\u2010-\u2013]|%20|%2c|&nbsp;|&\#160;){0,3}"
APOSTROPHE = r"(?:['\u2019\u2018\u02bc`]|&\#x27;|&\#39;|&apos;|%27)?"
BETWEEN_DIGITS = r"[\s().\-/\u2010-\u2013]{0,3}"
AT = r"\s?(?:@|%40|&\#64;|\[at\]|\(at\)|\bat\b)\s?"
BEGINS, ENDS = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter beside it; a digit or a stroke may be, as in a file's name
WORD = re.compile(r"[^\W_]+")
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Needle:
    """One thing to look for. `pattern` finds it in folded words. `sure` are runs of letters or digits one of which
    stands wherever it does, so that the database need not fold anything."""

    pattern: str
    sure: frozenset[str]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def places(self, folded: str) -> list[tuple[int, int]]:
        """From where to where it stands in folded words."""
        return [found.span() for found in self._compiled.finditer(folded)]


def folded(words: str) -> tuple[str, Sequence[int]]:
    """Words in small letters without accents, and for each letter its place in the words as they stand."""
    if words.isascii():
        return words.lower(), range(len(words))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(words):
        for one in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(one):
                letters.append(_digit(one))
                places.append(place)
    return "".join(letters), places


def _digit(letter: str) -> str:
    """A digit of any script as one of ours."""
    return str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter


def needles_of_name(name: str) -> list[Needle]:
    """A name as it stands, with the surname first, and with the first name and the surname alone. What stands in
    brackets or after a stroke is another name of theirs, in another script say. In letters of ours too: so names of
    files are kept."""
    parts = [part.strip() for part in re.split(r"[()\[\]/|]", name)]
    parts += [anyascii(part) for part in parts]
    return [needle for part in dict.fromkeys(parts) if (needle := _of_words(part))]


def _of_words(name: str) -> Needle | None:
    words = name.split()
    pieces = [piece for word in words if (piece := _spelt(word))]
    if not pieces:
        return None
    orders = [pieces]
    if len(pieces) > 1:
        orders += [[pieces[-1], *pieces[:-1]], [pieces[0], pieces[-1]], [pieces[-1], pieces[0]]]
    alternatives = "|".join(dict.fromkeys(GAP.join(order) for order in orders))
    runs = WORD.findall(f"{words[0]} {words[-1]}") or WORD.findall(name)
    return Needle(f"{BEGINS}(?:{alternatives}){ENDS}", _as_kept(max(runs, key=len)))


def _spelt(word: str) -> str:
    """A word of a name: an apostrophe may be any, or be missing; any other sign may be any gap."""
    plain, _ = folded(re.sub(r"['\u2019\u2018\u02bc`]", "'", word))
    runs = [APOSTROPHE.join(re.escape(run) for run in part.split("'")) for part in re.split(r"[^\w']+|_", plain)]
    return GAP.join(run for run in runs if run)


def _as_kept(run: str) -> frozenset[str]:
    """A run of letters as a database may keep it: SQLite knows small and capital letters of English only."""
    bare, _ = folded(run)
    cases = {run, run.lower(), run.upper(), run.title(), bare}
    return frozenset(form for one in cases for form in (one, unicodedata.normalize("NFD", one)))


def needle_of_way(value: str) -> Needle | None:
    """A telephone number, an e-mail address or a postal address; none for what is too short to be theirs alone."""
    value = value.strip()
    if (number := _number(value)) is not None:
        return _of_number(number)
    if len(value) < SHORTEST_WAY:
        return None
    if "@" in value:
        return _of_email(value)
    return _of_address(value)


def _number(value: str) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_possible_number(found) and not re.search(r"[^\W\d]{3}", value) else None


def _of_number(number: phonenumbers.PhoneNumber) -> Needle:
    digits = phonenumbers.national_significant_number(number)
    code = number.country_code
    before = rf"(?:(?:\+|%2b|00)?{BETWEEN_DIGITS}{code}{BETWEEN_DIGITS}(?:0{BETWEEN_DIGITS})?|\(?0{BETWEEN_DIGITS})?"
    return Needle(rf"(?<!\d){before}{BETWEEN_DIGITS.join(digits)}(?!\d)", frozenset({digits[-LAST_DIGITS:]}))


def _of_email(value: str) -> Needle:
    plain, _ = folded(value)
    local, _, domain = plain.rpartition("@")
    runs = WORD.findall(local) or [domain]
    return Needle(rf"(?<![\w.+\-]){re.escape(local)}{AT}{re.escape(domain)}(?![\w\-])", _as_kept(max(runs, key=len)))


def _of_address(value: str) -> Needle | None:
    plain, _ = folded(value)
    runs = WORD.findall(plain)
    if not runs:
        return None
    spelt = r"[\W_]{1,3}".join(map(re.escape, runs))
    return Needle(f"{BEGINS}{spelt}{ENDS}", _as_kept(max(WORD.findall(value), key=len)))


def needles_of_words(words: str) -> list[Needle]:
    """What somebody wrote down as another spelling: a way where it looks like one, a name otherwise."""
    value = words.strip()
    looks_like_way = "@" in value or _number(value) is not None
    way = needle_of_way(value) if looks_like_way else None
    return [way] if way else needles_of_name(value)


def is_lone_word(words: str) -> bool:
    """Whether it is one word and no way to reach anybody: a nickname, or "the" by a slip."""
    value = words.strip()
    return len(WORD.findall(value)) < 2 and "@" not in value and _number(value) is None


def stands_in(words: str, needles: Iterable[Needle]) -> bool:
    """Whether one of them stands in words as a database or a file keeps them: letters may be written as numbers."""
    readable = html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), words))
    for text in {words, readable.replace("\\n", " ")}:
        plain, _ = folded(text)
        if any(needle.places(plain) for needle in needles):
            return True
    return False


def without(value: Any, needles: Sequence[Needle], instead: str = TAKEN_OUT) -> Any:
    """Words, or JSON of words, with the needles taken out. A text that holds JSON is taken as JSON."""
    if isinstance(value, str):
        if value[:1] in ("{", "[") and (inside := _json(value)) is not None:
            after = without(inside, needles, instead)
            return value if after == inside else json.dumps(after)
        return _cut(value, needles, instead)
    if isinstance(value, (list, tuple)):
        return [without(one, needles, instead) for one in value]
    if isinstance(value, dict):
        return {without(key, needles, instead): without(one, needles, instead) for key, one in value.items()}
    return value


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return None


def _cut(words: str, needles: Sequence[Needle], instead: str) -> str:
    plain, places = folded(words)
    spans = sorted(span for needle in needles for span in needle.places(plain) if span[0] < span[1])
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        begins, ends = places[start], places[end - 1] + 1
        while ends < len(words) and unicodedata.combining(words[ends]):
            ends += 1
        if begins >= done:
            pieces += [words[done:begins], instead]
        done = max(done, ends)
    return "".join([*pieces, words[done:]])
