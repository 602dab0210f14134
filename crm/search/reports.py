"""Finding records by words that may be misspelt, shortened, in another order or another script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, OuterRef, QuerySet, TextField, When
from django.db.models.functions import Cast, Concat

from crm.base.actors import Actor
from crm.base.kept import Pattern, Words, kept, kept_for_all
from crm.base.naming import Lookalike
from crm.base.text import search_words
from crm.search.matching import (
    WAYS,
    Pieces,
    Wanted,
    at_start,
    by_sound,
    holding,
    inside,
    whole_words_first,
    with_a_slip,
)
from crm.search.models import SearchDocument
from crm.search.ranking import LEAST, holds_every_word, how_well
from crm.search.registry import SearchKind, kind_of, search_kinds

LONGEST = 200  # letters of a question that are read
MOST_WORDS = 8
POOL = {False: 300, True: 100}  # candidates ranked for one way of looking: of names, of prose
ALIKE = 80.0  # of 100: "Muhamad Begm" is Mohammed Begum; "Mohammed Ali" is not Mohammed Khan
NEAREST = 40  # candidates among names that begin as the words do: the database tells the likeliest of them
MOST_ALIKE = 5
ENOUGH = 10  # found, and a more forgiving look is spared
Look = Callable[..., Iterable[tuple[UUID, str]]]  # how to look → id and key of each candidate


@dataclass(frozen=True)
class Found:
    """One record that was found: its kind, what to show of it, and where to read more."""

    kind: str
    id: UUID
    title: str
    note: str
    address: str
    record: Any


def find(words: str, *, reader: Actor, kinds: Collection[str] | None = None, most: int = 10) -> dict[str, list[Found]]:
    """What this reader may see and these words may mean: kind → at most `most` records, the likeliest first.

    Kinds without an answer are left out; so are kinds whose page is closed to the reader.
    """
    answers: dict[str, list[Found]] = {}
    wanted = [
        kind for kind in search_kinds
        if (kinds is None or kind.name in kinds) and kind.permission.row.open_to(reader)
    ]  # fmt: skip
    nothing = _nothing_in([kind for kind in wanted if kind.few], words)
    for kind in wanted:
        ids = [] if kind.name in nothing else likeliest(words, reader=reader, kind=kind.name, most=most)
        records = in_their_order(ids, _found(reader, kind.name, tuple(ids))) if ids else []
        if records:
            answers[kind.name] = [_shown(kind, record) for record in records]
    return answers


def _nothing_in(kinds: Sequence[SearchKind], words: str) -> set[str]:
    """Of these kinds, those of which no record holds any of the words, however they are spelt. 1 query a shelf."""
    pieces = [piece for word in _asked(words) for piece in with_a_slip(word)]
    found: set[str] = set()
    for prose in {kind.prose for kind in kinds} if pieces else ():
        names = tuple(kind.name for kind in kinds if kind.prose is prose)
        found |= {name for (name,) in _kinds_holding(names, prose, *Wanted.of([pieces]).told)}
    return {kind.name for kind in kinds} - found


@kept_for_all
def _kinds_holding(
    kinds: tuple[str, ...], prose: bool, expression: tuple[Pattern, ...], groups: tuple[int, ...],
    pieces: tuple[Pattern, ...],
) -> QuerySet[Any, Any]:  # fmt: skip
    documents = SearchDocument.objects.filter(kind__in=kinds, prose=prose)
    holds = holding(documents, Wanted(expression, groups, pieces), _shelf(prose))
    return holds.order_by().values_list("kind").distinct()


def _asked(words: str) -> list[str]:
    return search_words(words[:LONGEST])[:MOST_WORDS]


def _shelf(prose: bool) -> str:
    return "prose" if prose else "names"


def likeliest(words: str, *, reader: Actor, kind: str, most: int = 10) -> list[UUID]:
    """The ids of what the words may mean among the records of a kind that this reader may see, the likeliest first."""
    shelf = search_kinds[kind]
    sees_few = shelf.prose

    def look(pool: int, newest: int, *how: Any) -> list[tuple[UUID, str]]:
        nonlocal sees_few
        if not sees_few:
            first = _first(reader, kind, pool, *map(_planned_once, how))
            seen = [(UUID(told[:at]), told[at:]) for (told,) in first if told and (at := told.index(" "))]
            if len(first) < pool or len(seen) >= max(ENOUGH, most):
                return seen
            sees_few = True  # too few of the first are for these eyes: look through all of theirs, and go on doing so
        return _candidates(reader, kind, pool, newest, *how)

    return _ranked(shelf, _asked(words), look, most)[:most]


def find_in(rows: QuerySet[Any], kind: str, words: str, *, most: int = 10) -> list[Any]:
    """The rows, of those given, that the words may mean, the likeliest first, at most `most`.

    `rows` must hold only what the reader may see: it narrows the candidates before any limit does. For whatever a kind
    lets a reader see, ask `likeliest`, whose questions are kept.
    """
    shelf = search_kinds[kind]
    ids = _ranked(shelf, _asked(words), lambda *how: list(_fitting(shelf, rows, *how)), most)[:most]
    return in_their_order(ids, rows.filter(pk__in=ids)) if ids else []


def in_their_order(ids: Sequence[UUID], rows: Iterable[Any]) -> list[Any]:
    """The rows as the ids are ordered; one that is not there any more is left out."""
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


@kept
def _found(reader: Actor, kind: str, ids: tuple[UUID, ...]) -> QuerySet[Any]:
    return search_kinds[kind].visible(reader).filter(pk__in=ids)


def bearing(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The rows that may bear this name: whose key holds each of its words whole. It narrows by the index and decides
    nothing; rows that search does not know are given back as they are."""
    kind = kind_of(rows.model)
    if kind is None or kind.prose:
        return rows
    documents = SearchDocument.objects.filter(kind=kind.name, prose=False)
    whole = holding(documents, Wanted.of([[f" {word} "] for word in dict.fromkeys(search_words(name))]), "names")
    return rows.filter(pk__in=whole.order_by().values("object_id"))


def alike(reader: Actor, kind: str, name: str) -> list[Lookalike]:
    """Those of the reader's records whose name answers this one about as well as this one answers theirs: at most 5.

    Looked at from both sides, because every name holds the words of a shorter one. A kind whose page is closed to the
    reader gives none.
    """
    shelf, asked = search_kinds[kind], _asked(name)
    if not asked or not shelf.permission.row.open_to(reader):
        return []
    ids = likeliest(name, reader=reader, kind=kind, most=4 * MOST_ALIKE)
    found = in_their_order(ids, _found(reader, kind, tuple(ids))) if ids else []
    near = [(score, record) for record in found if (score := _alike(asked, search_words(shelf.title(record)))) >= ALIKE]
    near.sort(key=lambda pair: -pair[0])
    return [Lookalike(row.pk, shelf.title(row), shelf.note(row), shelf.address(row)) for _, row in near[:MOST_ALIKE]]


def may_mean(reader: Actor, kind: str, name: str) -> list[tuple[float, Any]]:
    """Those of the reader's records that somebody may mean who types this, each with how likely that is, the likeliest
    first, at most 20: besides those whose name is like it, those whose name holds every word of it, however they are
    spelt. It costs what `alike` costs. Not for a name that is about to be added: a shorter one is another there.
    """
    shelf, asked = search_kinds[kind], _asked(name)
    if not asked or not shelf.permission.row.open_to(reader):
        return []
    ids = likeliest(name, reader=reader, kind=kind, most=4 * MOST_ALIKE)
    found = in_their_order(ids, _found(reader, kind, tuple(ids))) if ids else []
    named = [(record, search_words(shelf.title(record))) for record in found]
    meant = [
        (_alike(asked, words), record) for record, words in named
        if _alike(asked, words) >= ALIKE or holds_every_word(asked, words)
    ]  # fmt: skip
    return sorted(meant, key=lambda pair: -pair[0])


def _alike(asked: Sequence[str], other: Sequence[str]) -> float:
    return (how_well(asked, " ".join(other)) + how_well(other, " ".join(asked))) / 2


def _shown(kind: SearchKind, record: Any) -> Found:
    return Found(
        kind=kind.name,
        id=record.pk,
        title=kind.title(record),
        note=kind.note(record),
        address=kind.address(record),
        record=record,
    )


def _ranked(kind: SearchKind, asked: Sequence[str], look: Look, most: int) -> list[UUID]:
    """Ids in order of likelihood. Each way of looking is more forgiving and dearer; the next is tried only while the
    last left room. When no record answers every word, those that answer most of them will do."""
    if not asked:
        return []
    keys: dict[UUID, str] = {}
    for way in WAYS:
        pool = max(NEAREST, 2 * most) if way is at_start and not kind.prose else POOL[kind.prose]
        keys |= _some(kind, [way(word) for word in asked], asked, look, pool)
        if len(keys) >= ENOUGH:
            break
    if not keys and len(asked) > 1:
        anyone = [[piece for word in asked for piece in by_sound(word)]]
        keys = _some(kind, anyone, asked, look, POOL[kind.prose])
    likely = {pk: score for pk, key in keys.items() if (score := how_well(asked, key, prose=kind.prose)) >= LEAST}
    return sorted(likely, key=lambda pk: (-likely[pk], len(keys[pk]), -pk.int))


def _some(kind: SearchKind, pieces: Sequence[Pieces], asked: Sequence[str], look: Look, pool: int) -> dict[UUID, str]:
    """Id → key of as many fitting documents as are worth ranking: of names, those that hold whole words; of prose, the
    newest. All documents are looked through when too few of the newest ones are for the reader's eyes."""
    wanted = Wanted.of(pieces).told
    if not kind.prose:
        return dict(look(pool, 0, tuple(inside(f" {word} ") for word in asked), *wanted))
    found: dict[UUID, str] = {}
    for newest in (pool * 10, 0) if connection.vendor == "sqlite" else (0,):
        found = dict(look(pool, newest, (), *wanted))
        if len(found) == pool:
            break
    return found


@kept
def _first(
    reader: Actor, kind: str, pool: int, whole: tuple[Pattern, ...], expression: tuple[Pattern, ...],
    groups: tuple[int, ...], pieces: tuple[Pattern, ...],
) -> QuerySet[Any, Any]:  # fmt: skip
    """The first that fit among all names, whoever may see them: only of these it is asked whether the reader may, and
    one that they may not see comes as nothing, to be counted."""
    shelf = search_kinds[kind]
    seen = _is_one_of(shelf.visible(reader))
    documents = SearchDocument.objects.filter(kind=kind, prose=False)
    fitting = holding(documents, Wanted(expression, groups, pieces), _shelf(False))
    told = Case(When(seen, then=Concat(Cast("object_id", TextField()), "key")))  # asked once: a key begins with a space
    return _in_order(shelf, fitting, pool, whole).values_list(told)[:pool]


def _planned_once(told: tuple[Any, ...]) -> tuple[Any, ...]:
    """Of the first to look at PostgreSQL has nothing to choose by how common the words are."""
    return tuple(Words(one) if isinstance(one, Pattern) else one for one in told)


@kept
def _candidates(
    reader: Actor, kind: str, pool: int, newest: int, whole: tuple[Pattern, ...], expression: tuple[Pattern, ...],
    groups: tuple[int, ...], pieces: tuple[Pattern, ...],
) -> QuerySet[Any, Any]:  # fmt: skip
    shelf = search_kinds[kind]
    return _fitting(shelf, shelf.visible(reader), pool, newest, whole, expression, groups, pieces)


def _fitting(
    kind: SearchKind, rows: QuerySet[Any], pool: int, newest: int, whole: Sequence[Pattern], *wanted: Any
) -> QuerySet[Any, Any]:
    """Id and key of the documents of these rows that hold what is wanted: the first that are worth ranking."""
    documents = SearchDocument.objects.filter(_is_one_of(rows), kind=kind.name, prose=kind.prose)
    fitting = holding(documents, Wanted(*wanted), _shelf(kind.prose), newest=newest)
    return _in_order(kind, fitting, pool, whole).values_list("object_id", "key")[:pool]


def _is_one_of(rows: QuerySet[Any]) -> Exists:
    """Whether a document is of one of these rows: asked of each candidate by its key."""
    return Exists(rows.order_by().select_related(None).filter(pk=OuterRef("object_id")))


def _in_order(
    kind: SearchKind, fitting: QuerySet[SearchDocument], pool: int, whole: Sequence[Pattern]
) -> QuerySet[SearchDocument]:
    """Those worth ranking first. A small pool of names takes the shortest of those that fit equally well, as ranking
    does; a large one the newest."""
    return fitting.order_by("-id") if kind.prose else whole_words_first(fitting, whole, shortest=pool < POOL[False])
