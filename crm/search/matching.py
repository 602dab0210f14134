"""Finds candidates in the index, the same ones on both databases: documents whose key holds certain pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from crm.base.text import sound
from crm.search.indexes import table_of
from crm.search.models import SearchDocument

SHORTEST_INDEXED = 3  # trigrams: a shorter piece must be looked for in every document
SHORTEST_INSIDE = 3  # a shorter word is looked for at the start of words only
SHORTEST_MISSPELT = 4  # a shorter word has no half long enough to be told from any other
Pieces = Sequence[str]  # a document fits when it holds one of these


def at_start(word: str) -> Pieces:
    """Words that begin like this one."""
    return [f" {word}"]


def by_sound(word: str) -> Pieces:
    """Words that sound like it, or hold it inside."""
    inside = [word] if len(word) >= SHORTEST_INSIDE else [f" {word}"]
    heard = [f" {sound(word)} "] if len(word) > 1 else []
    return [*inside, *heard]


def with_a_slip(word: str) -> Pieces:
    """Words that share one half of it: with one wrong letter, the other half is whole."""
    if len(word) < SHORTEST_MISSPELT:
        return by_sound(word)
    padded = f" {word} "
    middle = (len(padded) + 1) // 2
    return [*by_sound(word), padded[:middle], padded[middle:]]


# From the surest to the most forgiving.
WAYS: tuple[Callable[[str], Pieces], ...] = (at_start, by_sound, with_a_slip)


def holding(
    documents: QuerySet[SearchDocument], pieces_of_each: Sequence[Pieces], shelf: str, *, newest: int = 0
) -> QuerySet[SearchDocument]:
    """The documents that hold, of each group of pieces, at least one. Pieces are of a to z, 0 to 9 and spaces.

    `newest`, on SQLite, looks at so many of the newest only: FTS5 walks them newest first and stops, where it would
    otherwise gather every document that holds a common word before any limit counts.
    """
    if connection.vendor == "sqlite":
        indexed = [pieces for pieces in pieces_of_each if min(map(len, pieces)) >= SHORTEST_INDEXED]
        if indexed:
            documents = documents.filter(pk__in=_rows_of(indexed, shelf, newest))
        pieces_of_each = [pieces for pieces in pieces_of_each if pieces not in indexed]
    for pieces in pieces_of_each:
        anyone = Q()
        for piece in pieces:
            anyone |= Q(key__contains=piece)
        documents = documents.filter(anyone)
    return documents


def _rows_of(groups: Sequence[Pieces], shelf: str, newest: int) -> RawSQL:
    """The rows that FTS5 finds: groups joined by AND, the pieces of a group by OR (SQLite, full-text query syntax)."""
    wanted = " AND ".join("(" + " OR ".join(f'"{piece}"' for piece in pieces) + ")" for pieces in groups)
    fts = table_of(shelf)
    limit = f" ORDER BY rowid DESC LIMIT {newest:d}" if newest else ""
    return RawSQL(f"SELECT rowid FROM {fts} WHERE {fts} MATCH %s{limit}", [wanted])  # noqa: S608, S611  # our own name


def whole_words_first(documents: QuerySet[SearchDocument], words: Sequence[str]) -> QuerySet[SearchDocument]:
    """Those that hold every word as a whole word before the others, the newest first among them."""
    whole = Q()
    for word in words:
        whole &= Q(key__contains=f" {word} ")
    first = Case(When(whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    return documents.order_by(first, "-id")
