"""Finds candidates in the index, the same ones on both databases: documents whose key holds certain pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from crm.base.kept import Pattern
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


@models.TextField.register_lookup
class Like(models.Lookup[str]):
    """A text compared with a pattern as it stands, so that the pattern can be put into a question that is kept."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """SQL's LIKE, which PostgreSQL's index of trigrams serves."""
        text, of_text = self.process_lhs(compiler, connection)
        pattern, of_pattern = self.process_rhs(compiler, connection)
        return f"{text} LIKE {pattern}", [*of_text, *of_pattern]


@dataclass(frozen=True)
class Wanted:
    """What documents must hold, told apart into what shapes a question and the words that are put into it each time
    (`crm.base.kept`). `groups` says how many pieces each group has; SQLite's index is asked by one expression instead,
    for every group whose pieces are long enough to stand in it."""

    expression: tuple[Pattern, ...]
    groups: tuple[int, ...]
    pieces: tuple[Pattern, ...]

    @classmethod
    def of(cls, pieces_of_each: Sequence[Pieces]) -> Wanted:
        """Of each group, one piece at least. Pieces are of a to z, 0 to 9 and spaces."""
        indexed: list[Pieces] = []
        if connection.vendor == "sqlite":
            indexed = [pieces for pieces in pieces_of_each if min(map(len, pieces)) >= SHORTEST_INDEXED]
        others = [pieces for pieces in pieces_of_each if pieces not in indexed]
        return cls(
            expression=(Pattern(_expression(indexed)),) if indexed else (),
            groups=tuple(map(len, others)),
            pieces=tuple(inside(piece) for pieces in others for piece in pieces),
        )

    @property
    def told(self) -> tuple[tuple[Pattern, ...], tuple[int, ...], tuple[Pattern, ...]]:
        """As a kept question takes it."""
        return self.expression, self.groups, self.pieces


def inside(piece: str) -> Pattern:
    """What a key is compared with to hold a piece. A piece has no sign that means anything to LIKE."""
    return Pattern(f"%{piece}%")


def holding(
    documents: QuerySet[SearchDocument], wanted: Wanted, shelf: str, *, newest: int = 0
) -> QuerySet[SearchDocument]:
    """The documents that hold what is wanted.

    `newest`, on SQLite, looks at so many of the newest only: FTS5 walks them newest first and stops, where it would
    otherwise gather every document that holds a common word before any limit counts.
    """
    for expression in wanted.expression:
        documents = documents.filter(pk__in=_rows_of(expression, shelf, newest))
    left = iter(wanted.pieces)
    for size in wanted.groups:
        anyone = Q()
        for piece in islice(left, size):
            anyone |= Q(key__like=piece)
        documents = documents.filter(anyone)
    return documents


def _expression(groups: Sequence[Pieces]) -> str:
    """Groups joined by AND, the pieces of a group by OR (SQLite, full-text query syntax)."""
    return " AND ".join("(" + " OR ".join(f'"{piece}"' for piece in pieces) + ")" for pieces in groups)


def _rows_of(expression: Pattern, shelf: str, newest: int) -> RawSQL:
    """The rows that FTS5 finds."""
    fts = table_of(shelf)
    limit = f" ORDER BY rowid DESC LIMIT {newest:d}" if newest else ""
    return RawSQL(f"SELECT rowid FROM {fts} WHERE {fts} MATCH %s{limit}", [expression])  # noqa: S608, S611  # our own name


def whole_words_first(
    documents: QuerySet[SearchDocument], words: Sequence[Pattern], *, shortest: bool
) -> QuerySet[SearchDocument]:
    """Those that hold every word as a whole word before the others; then the shortest first, or else the newest."""
    whole = Q()
    for word in words:
        whole &= Q(key__like=word)
    first = Case(When(whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    return documents.order_by(first, *([Length("key")] if shortest else []), "-id")
