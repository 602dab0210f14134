"""What is looked at while Easy Read is written: sentences, pictures, hard words. Most of it warns and says what to do
instead; only what is certain stops a page.

The rules are those of the Department of Health's basic guidelines (2009), GOV.UK's accessible formats and Inclusion
Europe, as far as a machine can follow them. None of them says whether people with a learning disability understand the
page: they are asked, and the page says who was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from cms.words import sentences, words_in

# A sentence of more words than this gets a warning, and of more than that does not go live.
LONG_SENTENCE, TOO_LONG_SENTENCE = 15, 20
MOST_SENTENCES = 2  # in a row
MOST_PAGES = 4  # on A4
# As `paper.css` prints Easy Read, in millimetres: a page, a line of so many letters, the picture, the gap after a row
# with its share of headings, and the title with who checked it. Measured: 20 to 32 full rows came out to the page.
PAGE, LINE, LETTERS_IN_A_LINE, PICTURE, GAP, AROUND, LOST_AT_BREAKS = 265, 8.2, 45, 30, 8, 75, 1.08
READING_AGE = 9  # years
ENOUGH_WORDS = 40  # fewer say nothing about a reading age

# What each remark is called, and what to do about it.
ADVICE: dict[str, tuple[str, str]] = {
    "long-sentence": ("A long sentence", "Make two sentences of it. 15 words are the most, 10 are better."),
    "too-long-sentence": ("A sentence that is too long", "Shorter sentences are needed here: 20 words at most."),
    "no-picture": ("A row without a picture", "Choose one picture that shows what the words say."),
    "many-sentences": ("Many sentences in a row", "One or two short sentences to a picture. Make another row."),
    "hard-word": ("A hard word", "Use an everyday word. If you need this one, make it bold and explain it in the row."),
    "not-explained": ("A bold word that nobody explains", "Say what it means under “Hard words explained”."),
    "long-meaning": ("A long explanation", "Explain the word in 15 easy words or fewer."),
    "passive": ("Who does it?", "Say who does what: “We will phone you”, not “You will be phoned”."),
    "percentage": ("A percentage", "Say it with people: “1 in 4 people”, not “25%”."),
    "acronym": ("Letters that stand for words", "Write the words in full, or explain the letters as a hard word."),
    "reading-age": ("Hard to read", "Shorter words and shorter sentences make it easier. Read it aloud to somebody."),
    "too-many-pages": ("Longer than four pages", "On paper this is more than four pages. Say less, or make two of it."),
}  # fmt: skip
STOPS = frozenset({"too-long-sentence", "no-picture"})

# Words of councils and of care that most readers of Easy Read have not met; and letters that need no explaining.
HARD = frozenset((Path(__file__).parent / "data" / "hard_words.txt").read_text(encoding="utf-8").split())
KNOWN_LETTERS = frozenset({"A", "I", "BBC", "DVD", "GP", "NHS", "OK", "TV", "UK"})

ENDS = " .,:;!?"
BOLD = re.compile(r"<(b|strong)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
SAYS_WHAT_IT_IS = re.compile(r"^\s*[,:]?\s*(is|are|was|means|mean|can be|helps)\b", re.IGNORECASE)
PERCENTAGE = re.compile(r"\d\s*%|\bper ?cent\b|\bpercentage", re.IGNORECASE)
ANY_PERCENTAGE = re.compile(r"[\d٠-٩۰-۹]\s*[%٪]")
LETTERS = re.compile(r"\b[A-Z]{2,}s?\b")
WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")
# A form of "be", perhaps a word between, and a participle. Approximate: it teaches, it never stops.
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)\s+(?:\w+ly\s+|not\s+|always\s+|often\s+)?"
    r"(\w{2,}ed|held|made|given|sent|told|asked|kept|paid|taken|written|chosen|known|shown|found|done|seen|put|brought)\b",
    re.IGNORECASE,
)
NOT_PASSIVE = frozenset(
    {"need", "tired", "worried", "interested", "allowed", "disabled", "retired", "married", "scared"}
)
VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Remark:
    """One thing to look at: which, in which row (counted from 1; 0 is the whole page), and the words meant."""

    code: str
    row: int = 0
    words: str = ""

    @property
    def stops(self) -> bool:
        """Whether the page cannot go live with it."""
        return self.code in STOPS

    def __str__(self) -> str:
        name, advice = ADVICE[self.code]
        where = f"Row {self.row}: " if self.row else ""
        meant = f" “{self.words}”." if self.words else "."
        return f"{where}{name}:{meant} {advice}" if self.words else f"{where}{name}. {advice}"


def rows_of(sections: Iterable[Any]) -> list[Any]:
    """The rows of a page's sections, in order."""
    return [row for section in sections for row in section.value["rows"]]


def remarks_on_page(rows: Sequence[Any], *, language: str, glossary: Collection[str] = ()) -> list[Remark]:
    """Everything to look at on a page: row by row, then the whole. Rules of English are asked of English only."""
    explained = explained_on(rows, glossary)
    found = [
        Remark(remark.code, number, remark.words)
        for number, row in enumerate(rows, start=1)
        for remark in remarks_on_row(row, language=language, explained=explained)
    ]
    return [*found, *_on_the_whole(rows, language)]


def explained_on(rows: Sequence[Any], glossary: Collection[str]) -> set[str]:
    """The words, in small letters, that a page explains: those its rows explain, and those of the glossary that stand
    somewhere in bold, because only there the page shows what they mean."""
    bold = {word for row in rows for word in bold_words(row)}
    return {word for row in rows for word in words_explained(row)} | (bold & {word.casefold() for word in glossary})


def bold_words(row: Any) -> list[str]:
    """The words of a row that stand in bold, in small letters, without what ends them."""
    return [" ".join(words_in(found.group(2))).strip(ENDS).casefold() for found in BOLD.finditer(_html(row))]


def remarks_on_row(row: Any, *, language: str, explained: Collection[str]) -> list[Remark]:
    """What to look at in one row. `explained` are words, in small letters, that the page or the glossary explains."""
    text = list(words_in(_html(row)))
    found = [*_on_sentences(text), *_on_picture(row), *_on_bold_words(row, explained), *_on_meanings(row)]
    if language == "en":
        found += _on_english(" ".join(text), explained)
    elif ANY_PERCENTAGE.search(" ".join(text)):
        found.append(Remark("percentage"))
    return found


def pages_on_paper(rows: Sequence[Any]) -> int:
    """About how many A4 pages the rows of a page take when printed."""
    high = sum(max(PICTURE, _lines(row) * LINE + 2 * len(_paragraphs(row))) + GAP for row in rows)
    return ceil((high + AROUND) * LOST_AT_BREAKS / PAGE)


def words_explained(row: Any) -> set[str]:
    """The hard words that a row explains, in small letters."""
    return {str(hard["word"]).casefold() for hard in row["hard_words"]}


def reading_age(text: str) -> float:
    """About how old an English reader must be: the Flesch-Kincaid grade, and five years. Syllables are counted by
    their vowels; it says where to look, and proves nothing."""
    words = WORD.findall(text)
    count = max(len(list(sentences([text]))), 1)
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / count + 11.8 * syllables / len(words) - 15.59 + 5


def _paragraphs(row: Any) -> list[str]:
    return [*words_in(_html(row)), *(f"{hard['word']}: {hard['meaning']}" for hard in row["hard_words"])]


def _lines(row: Any) -> int:
    return sum(ceil(len(paragraph) / LETTERS_IN_A_LINE) for paragraph in _paragraphs(row))


def _html(row: Any) -> str:
    return str(getattr(row["words"], "source", row["words"]) or "")


def _on_sentences(text: list[str]) -> Iterator[Remark]:
    said = list(sentences(text))
    for sentence in said:
        words = len(sentence.split())
        if words > TOO_LONG_SENTENCE:
            yield Remark("too-long-sentence", words=sentence)
        elif words > LONG_SENTENCE:
            yield Remark("long-sentence", words=sentence)
    if len(said) > MOST_SENTENCES:
        yield Remark("many-sentences", words=said[0])


def _on_picture(row: Any) -> Iterator[Remark]:
    if not row["picture"] and not row.get("own_picture"):
        yield Remark("no-picture")


def _on_bold_words(row: Any, explained: Collection[str]) -> Iterator[Remark]:
    html = _html(row)
    for found in BOLD.finditer(html):
        word = " ".join(words_in(found.group(2))).strip(ENDS)
        after = " ".join(words_in(html[found.end() :]))
        if word and word.casefold() not in explained and not SAYS_WHAT_IT_IS.match(after):
            yield Remark("not-explained", words=word)


def _on_meanings(row: Any) -> Iterator[Remark]:
    for hard in row["hard_words"]:
        if len(str(hard["meaning"]).split()) > LONG_SENTENCE:
            yield Remark("long-meaning", words=str(hard["word"]))


def _on_english(text: str, explained: Collection[str]) -> Iterator[Remark]:
    for word in dict.fromkeys(WORD.findall(text)):
        if word.casefold().replace("-", "") in HARD and word.casefold() not in explained:
            yield Remark("hard-word", words=word)
    for letters in dict.fromkeys(LETTERS.findall(text)):
        if letters not in KNOWN_LETTERS and letters.casefold() not in explained:
            yield Remark("acronym", words=letters)
    if PERCENTAGE.search(text):
        yield Remark("percentage")
    for found in PASSIVE.finditer(text):
        if found.group(1).casefold() not in NOT_PASSIVE:
            yield Remark("passive", words=found.group(0))


def _on_the_whole(rows: Sequence[Any], language: str) -> Iterator[Remark]:
    if (pages := pages_on_paper(rows)) > MOST_PAGES:
        yield Remark("too-many-pages", words=f"about {pages} pages")
    text = " ".join(
        line if line.endswith((".", "!", "?", ":")) else f"{line}." for row in rows for line in words_in(_html(row))
    )
    if language == "en" and len(WORD.findall(text)) >= ENOUGH_WORDS and (age := reading_age(text)) > READING_AGE:
        yield Remark("reading-age", words=f"about the reading age of {age:.0f}")


def _syllables(word: str) -> int:
    word = word.lower()
    heard = len(VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and heard > 1
    return max(heard - silent, 1)
