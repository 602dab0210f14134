"""Words as a database, a page or a file keeps them, made readable: escapes opened, markup left out, letters folded to
small ones without accents and without what nobody sees. Each letter leads back to where it stands, so that only what
was found is taken out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# A letter of HTML, bytes of an address (RFC 3986), letters and ends of lines of JSON.
ESCAPE = re.compile(
    r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(?:%[0-9a-fA-F]{2})+"
    r"|(?:\\+u[0-9a-fA-F]{4})+|\\+[nrt]"
)
UNIT = re.compile(r"\\+u([0-9a-fA-F]{4})")
DEEPEST = 3  # an escape in an escape in an escape: words in a link in a version that is kept
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)[^<>]*>")
# Markup that may begin and end within a word; whatever else there is stands between words.
INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small",
                    "span", "strong", "sub", "sup", "u", "wbr"})  # fmt: skip
# Joiners of letters and variants of signs that Unicode does not count as marks or as formats; a line that stretches.
UNSEEN = frozenset("\u034f\u0640\u115f\u1160\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
# Letters that one keyboard has for another's, and those that no rule of Unicode's takes apart.
SAME = str.maketrans({
    "ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ه": "ہ", "ھ": "ہ", "ة": "ہ", "ۃ": "ہ",
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
})  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """Words read in one way: folded letters, and before folding, where each stands."""

    letters: str
    _plain: str
    _begins: Sequence[int]
    _ends: Sequence[int]

    def places(self, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Where in the words as they stand some letters are: with the accents written after them."""
        kept = [place for place, letter in enumerate(self._plain) for _ in fold(letter)]
        for start, end in spans:
            last = kept[end - 1]
            while last + 1 < len(self._plain) and unicodedata.combining(self._plain[last + 1]):
                last += 1
            yield self._begins[kept[start]], self._ends[last]


def readings(words: str) -> Iterator[Reading]:
    """As they stand; with escapes opened; with a gap for each piece of markup; and without a gap where it may stand
    within a word."""
    text = (words, range(len(words)), range(1, len(words) + 1))
    yield _folded(*text)
    opened: Text = text
    for _ in range(DEEPEST):
        if not ESCAPE.search(opened[0]):
            break
        opened = _replaced(opened, ESCAPE, _meaning)
    if opened is not text:
        yield _folded(*opened)
    if TAG.search(opened[0]):
        yield _folded(*_replaced(opened, TAG, lambda tag: [(" ", 0, len(tag))]))
        yield _folded(*_replaced(opened, TAG, _between_words))


Text = tuple[str, Sequence[int], Sequence[int]]
Piece = tuple[str, int, int]  # letters, and from where to where they stand in an escape


def _folded(letters: str, begins: Sequence[int], ends: Sequence[int]) -> Reading:
    return Reading(folded(letters), letters, begins, ends)


def _replaced(text: Text, pattern: re.Pattern[str], meaning: Callable[[str], Iterable[Piece]]) -> Text:
    words, begins, ends = text
    letters: list[str] = []
    new_begins: list[int] = []
    new_ends: list[int] = []
    done = 0
    for found in pattern.finditer(words):
        start = found.start()
        letters.append(words[done:start])
        new_begins += begins[done:start]
        new_ends += ends[done:start]
        for piece, first, last in meaning(found[0]):
            letters.append(piece)
            new_begins += [begins[start + first]] * len(piece)
            new_ends += [ends[start + last - 1]] * len(piece)
        done = found.end()
    letters.append(words[done:])
    return "".join(letters), [*new_begins, *begins[done:]], [*new_ends, *ends[done:]]


def _between_words(tag: str) -> list[Piece]:
    found = TAG.match(tag)
    return [] if found and found[1].lower() in INLINE else [(" ", 0, len(tag))]


def _meaning(escape: str) -> Iterator[Piece]:
    """The letters of an escape."""
    if escape[0] == "&":
        yield html.unescape(escape), 0, len(escape)
    elif escape[0] == "%":
        yield from _of_bytes(escape)
    elif escape[-1] in "nrt" and not UNIT.match(escape):
        yield " ", 0, len(escape)
    else:
        yield from _of_units(escape)


def _of_bytes(escape: str) -> Iterator[Piece]:
    """Letters of an address are written byte by byte, in UTF-8."""
    try:
        letters = bytes.fromhex(escape.replace("%", "")).decode()
    except UnicodeDecodeError:
        yield from ((letter, place, place + 1) for place, letter in enumerate(escape))
        return
    place = 0
    for letter in letters:
        end = place + 3 * len(letter.encode())
        yield letter, place, end
        place = end


def _of_units(escape: str) -> Iterator[Piece]:
    """Letters of JSON are written in UTF-16: some take two."""
    units = [(chr(int(found[1], 16)), *found.span()) for found in UNIT.finditer(escape)]
    while units:
        letter, start, end = units.pop(0)
        if "\ud800" <= letter < "\udc00" and units and "\udc00" <= units[0][0] <= "\udfff":
            low, _, end = units.pop(0)
            letter = (letter + low).encode("utf-16", "surrogatepass").decode("utf-16")
        yield letter, start, end


def folded(words: str) -> str:
    """Words in small letters without accents, with our digits, and without what nobody sees."""
    return words.lower() if words.isascii() else "".join(map(fold, words))


@lru_cache(maxsize=20_000)
def fold(letter: str) -> str:
    """One letter; nothing for an accent, a joiner or a mark of direction."""
    seen = (one for one in unicodedata.normalize("NFKD", letter).casefold() if not _is_unseen(one))
    return "".join(map(_digit, seen)).translate(SAME)


def _is_unseen(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or letter in UNSEEN or unicodedata.category(letter) in ("Cf", "Me")


def _digit(letter: str) -> str:
    """A digit of any script as one of ours."""
    return str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
