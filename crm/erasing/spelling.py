"""A name, a number or an address as people spell it: in which ways it is written, and how it is found in words.

Words are compared folded: small letters, without accents, so that WÓJCIK, Wójcik and Wojcik are one. Places of the
folded words lead back to the words as they stand, so that only what was found is taken out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import phonenumbers
from anyascii import anyascii

from crm.base.phones import REGION
from crm.erasing.reading import folded, readings

TAKEN_OUT = "(taken out)"
# Beside a name, in brackets: "Sam Green (she/her)".
NO_NAMES = frozenset({"she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "mr", "mrs", "miss", "ms",
                      "mx", "dr"})  # fmt: skip
SHORTEST_WAY = 6  # characters: "letter" or "Mum" is no address that is theirs alone
# What may stand between the words of a name: gaps, and the signs of lists, file names and addresses.
GAP = r"[\s_.,+\-\u2010-\u2013\u060c\u1361\u30fb\u00b7]{0,3}"
APOSTROPHE = r"['\u2019\u2018\u02bc`]?"
BETWEEN_DIGITS = r"[\s().\-/\u2010-\u2013]{0,3}"
AT = r"\s?(?:@|\[at\]|\(at\)|\bat\b)\s?"
DOT = r"\s?(?:\.|\[dot\]|\(dot\)|\bdot\b)\s?"
BEGINS, ENDS = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter beside it; a digit or a stroke may be, as in a file's name
WORD = re.compile(r"[^\W_]+")
NO_GAPS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")  # alphabets that write names as one
# What stays where a name is cut that it runs through: markup, and marks that hold a run of right-to-left together.
STAYS = re.compile(r"</?[A-Za-z][^<>]*>|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Needle:
    """One thing to look for. `pattern` finds it in folded words. `sure` are the runs of plain English letters or digits
    that stand one after the other, with at most three other signs between, wherever it stands in words of plain English
    letters; none where it cannot stand in such words. `lone`: one word, which is nobody's alone."""

    pattern: str
    sure: tuple[str, ...] = ()
    lone: bool = False

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def spans(self, letters: str) -> list[tuple[int, int]]:
        """From where to where it stands in folded words."""
        return [found.span() for found in self._compiled.finditer(letters)]

    def stands_in(self, letters: str) -> bool:
        """Whether it stands in folded words."""
        return self._compiled.search(letters) is not None


def needles_of_name(name: str) -> list[Needle]:
    """A name as it stands, with the surname first, and with the first name and the surname alone. What stands in
    brackets or after a stroke is another name of theirs, in another script say; but for how they are spoken of. In
    letters of ours too: so names of files are kept."""
    said = [part.strip() for part in re.split(r"[()\[\]/|]", name)]
    parts = [part for part in said if part.lower() not in NO_NAMES]
    spelt = {**{anyascii(part): is_lone_word(part) for part in parts}, **{part: is_lone_word(part) for part in parts}}
    return [replace(needle, lone=lone) for part, lone in spelt.items() if (needle := _of_words(part))]


def _of_words(name: str) -> Needle | None:
    words = name.split()
    pieces = [piece for word in words if (piece := _spelt(word))]
    if not pieces:
        return None
    orders = [pieces]
    if len(pieces) > 1:
        orders += [[pieces[-1], *pieces[:-1]], [pieces[0], pieces[-1]], [pieces[-1], pieces[0]]]
    alternatives = "|".join(dict.fromkeys(GAP.join(order) for order in orders))
    return Needle(f"{BEGINS}(?:{alternatives}){ENDS}", _surely(f"{words[0]} {words[-1]}"))


def _spelt(word: str) -> str:
    """A word of a name: an apostrophe may be any, or be missing; any other sign may be any gap."""
    plain = folded(re.sub(r"['\u2019\u2018\u02bc`]", "'", word))
    runs = [APOSTROPHE.join(re.escape(run) for run in part.split("'")) for part in re.split(r"[^\w']+|_", plain)]
    return GAP.join(run for run in runs if run)


def _surely(words: str) -> tuple[str, ...]:
    """The longest run of some words; none where they hold letters that are not ours."""
    plain = folded(words)
    runs = WORD.findall(plain)
    return (max(runs, key=len),) if runs and all(run.isascii() for run in runs) else ()


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
    before = rf"(?:(?:\+|00)?{BETWEEN_DIGITS}{code}{BETWEEN_DIGITS}(?:0{BETWEEN_DIGITS})?|\(?0{BETWEEN_DIGITS})?"
    return Needle(rf"(?<!\d){before}{BETWEEN_DIGITS.join(digits)}(?!\d)", tuple(digits))


def _of_email(value: str) -> Needle:
    """With whatever somebody added after a plus, too: it reaches the same box."""
    local, _, domain = folded(value).rpartition("@")
    spelt = DOT.join(map(re.escape, local.split("."))) + r"(?:\+[\w.\-]+)?"
    there = DOT.join(map(re.escape, domain.split(".")))
    return Needle(rf"(?<![\w.+\-]){spelt}{AT}{there}(?![\w\-])", _surely(local) or _surely(domain))


def _of_address(value: str) -> Needle | None:
    runs = WORD.findall(folded(value))
    if not runs:
        return None
    spelt = r"[\W_]{1,3}".join(map(re.escape, runs))
    return Needle(f"{BEGINS}{spelt}{ENDS}", _surely(value))


def needles_of_words(words: str) -> list[Needle]:
    """What somebody wrote down as another spelling: a way where it looks like one, a name otherwise."""
    value = words.strip()
    looks_like_way = "@" in value or _number(value) is not None
    way = needle_of_way(value) if looks_like_way else None
    return [way] if way else needles_of_name(value)


def is_lone_word(words: str) -> bool:
    """Whether it is one word and no way to reach anybody: a nickname, or "the" by a slip."""
    value = words.strip()
    one = len(WORD.findall(value)) < 2 and not NO_GAPS.search(value)
    return one and "@" not in value and _number(value) is None


def is_words(value: str) -> bool:
    """Whether a way to reach somebody is words alone: "through the lunch club" is where many are reached."""
    return "@" not in value and not any(letter.isdigit() for letter in value)


def stands_in(words: str, needles: Iterable[Needle]) -> bool:
    """Whether one of them stands in words as a database, a page or a file keeps them."""
    wanted = list(needles)
    return any(needle.stands_in(reading.letters) for reading in readings(words) for needle in wanted)


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
    found = sorted(
        place
        for reading in readings(words)
        for needle in needles
        for place in reading.places(span for span in needle.spans(reading.letters) if span[0] < span[1])
    )
    pieces: list[str] = []
    done = begun = 0
    for start, end in found:
        if start >= done:
            pieces += [_staying(words[begun:done], needles, instead), words[done:start], instead]
            begun = start
        done = max(done, end)
    return "".join([*pieces, _staying(words[begun:done], needles, instead), words[done:]])


def _staying(cut: str, needles: Sequence[Needle], instead: str) -> str:
    """What holds the rest together stays, with nothing of theirs in it."""
    return "".join(_cut(one, needles, instead) for one in STAYS.findall(cut))
