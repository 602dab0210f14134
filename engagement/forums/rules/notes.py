"""What is missing before notes are saved, checked or published, or those who came are thanked: words of every door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crm.base.pictures import PICTURES
from crm.base.rules import Blocker
from engagement.forums.models import Forum, ForumNotes
from engagement.forums.noting import RowDetails
from engagement.forums.vocabulary import PAST, ForumState

MOST_ROWS, MOST_SENTENCES, LONG_SENTENCE, LONGEST_SENTENCE = 30, 2, 15, 20
SENTENCES = re.compile(r"(?<=[.!?])\s+")

NOT_HELD = Blocker("forum_not_held", "Notes are written when the forum took place")
NO_ROWS = Blocker("rows_missing", "Write at least one thing that was said", "rows")
TOO_MANY = Blocker("too_many_rows", f"Use {MOST_ROWS} rows at most: people read short notes", "rows")
NO_WORDS = Blocker("words_missing", "Write it in plain words", "rows")
NO_EASY = Blocker("easy_missing", "Write it in Easy Read too", "rows")
NO_PICTURE = Blocker("picture_unknown", "Choose one of the pictures", "rows")
PUBLISHED = Blocker("notes_published", "These notes are published. A change makes the next version")
CHECKED = Blocker("notes_checked", "These notes were checked already")
NO_CHECKER = Blocker("checked_by_missing", "Write which group checked it, like: the Easy Read group", "checked_by")
NOT_CHECKED = Blocker("notes_not_checked", "Let Easy Read readers check it first")
PICTURE_MISSING = Blocker("picture_missing", "Choose a picture for every row")
NOT_CLOSED = Blocker("forum_not_closed", "Close this forum first")
NO_NEXT = Blocker("next_missing", "Say first what happens next, and by when")


def blockers_to_writing(forum: Forum, rows: Sequence[RowDetails]) -> Iterator[Blocker]:
    """Why these cannot be the notes."""
    if not rows:
        yield NO_ROWS
    if len(rows) > MOST_ROWS:
        yield TOO_MANY
    for place, row in enumerate(rows, start=1):
        yield from _in_row(place, row)


def blockers_to_noting(forum: Forum) -> Iterator[Blocker]:
    """Why there can be no notes at all."""
    if forum.state not in PAST:
        yield NOT_HELD


def _in_row(place: int, row: RowDetails) -> Iterator[Blocker]:
    if not row.words.strip():
        yield NO_WORDS
    if not row.easy.strip():
        yield NO_EASY
    if row.picture and row.picture not in PICTURES:
        yield NO_PICTURE
    sentences = sentences_of(row.easy)
    if len(sentences) > MOST_SENTENCES:
        words = f"Row {place}: Easy Read has one or two sentences beside a picture. Make two rows of it"
        yield Blocker("too_many_sentences", words, "rows")
    if any(len(sentence.split()) > LONGEST_SENTENCE for sentence in sentences):
        words = f"Row {place}: a sentence of Easy Read has {LONGEST_SENTENCE} words at most"
        yield Blocker("sentence_too_long", words, "rows")


def sentences_of(words: str) -> list[str]:
    """The sentences of a few words."""
    return [sentence for sentence in SENTENCES.split(words.strip()) if sentence]


def long_sentences(rows: Sequence[RowDetails]) -> list[str]:
    """What to look at twice: sentences that are hard to read, though they may stand."""
    found = [sentence for row in rows for sentence in sentences_of(row.easy)]
    hard = [sentence for sentence in found if LONG_SENTENCE < len(sentence.split()) <= LONGEST_SENTENCE]
    return [f"Longer than {LONG_SENTENCE} words, so hard to read: {sentence}" for sentence in hard]


def blockers_to_checking(notes: ForumNotes, checked_by: str) -> Iterator[Blocker]:
    """Why it cannot be said that they were checked."""
    if notes.is_published:
        yield PUBLISHED
    elif notes.checked_on is not None:
        yield CHECKED
    if not checked_by.strip():
        yield NO_CHECKER


def blockers_to_publishing(notes: ForumNotes) -> Iterator[Blocker]:
    """Why the public cannot be given them yet."""
    if notes.is_published:
        yield PUBLISHED
        return
    if notes.forum.state != ForumState.CLOSED:
        yield NOT_CLOSED
    if notes.checked_on is None:
        yield NOT_CHECKED
    if any(not row.picture for row in notes.rows.all()):
        yield PICTURE_MISSING


def blockers_to_thanking(forum: Forum) -> Iterator[Blocker]:
    """Why nobody can be thanked yet."""
    if forum.state != ForumState.CLOSED:
        yield NOT_CLOSED
    elif not forum.next_words or forum.next_by is None:
        yield NO_NEXT
