"""Finding records by words that may be misspelt, shortened, in another order or another script."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from crm.base.actors import Actor
from crm.base.naming import Lookalike
from crm.base.text import search_words
from crm.search.matching import WAYS, Pieces, by_sound, holding, whole_words_first, with_a_slip
from crm.search.models import SearchDocument
from crm.search.ranking import LEAST, how_well
from crm.search.registry import SearchKind, kind_of, search_kinds

LONGEST = 200  # letters of a question that are read
MOST_WORDS = 8
POOL = {False: 300, True: 100}  # candidates ranked for one way of looking: of names, of prose
ALIKE = 80.0  # of 100: "Muhamad Begm" is Mohammed Begum; "Mohammed Ali" is not Mohammed Khan
MOST_ALIKE = 5
ENOUGH = 10  # found, and a more forgiving look is spared


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
        records = [] if kind.name in nothing else find_in(kind.visible(reader), kind.name, words, most=most)
        if records:
            answers[kind.name] = [_shown(kind, record) for record in records]
    return answers


def _nothing_in(kinds: Sequence[SearchKind], words: str) -> set[str]:
    """Of these kinds, those of which no record holds any of the words, however they are spelt. 1 query a shelf."""
    asked = search_words(words[:LONGEST])[:MOST_WORDS]
    pieces = [piece for word in asked for piece in with_a_slip(word)]
    found: set[str] = set()
    for prose in {kind.prose for kind in kinds} if pieces else ():
        documents = SearchDocument.objects.filter(kind__in=[kind.name for kind in kinds if kind.prose is prose])
        holds = holding(documents, [pieces], "prose" if prose else "names")
        found |= set(holds.order_by().values_list("kind", flat=True).distinct())
    return {kind.name for kind in kinds} - found


def find_in(rows: QuerySet[Any], kind: str, words: str, *, most: int = 10) -> list[Any]:
    """The rows, of those given, that the words may mean, the likeliest first, at most `most`.

    `rows` must hold only what the reader may see: it narrows the candidates before any limit does.
    """
    asked = search_words(words[:LONGEST])[:MOST_WORDS]
    if not asked:
        return []
    ids = _ranked(search_kinds[kind], rows, asked)[:most]
    found = {row.pk: row for row in rows.filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def bearing(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The rows that may bear this name: whose key holds each of its words whole. It narrows by the index and decides
    nothing; rows that search does not know are given back as they are."""
    kind = kind_of(rows.model)
    if kind is None or kind.prose:
        return rows
    documents = SearchDocument.objects.filter(kind=kind.name, prose=False)
    whole = holding(documents, [[f" {word} "] for word in dict.fromkeys(search_words(name))], "names")
    return rows.filter(pk__in=whole.order_by().values("object_id"))


def alike(reader: Actor, kind: str, name: str) -> list[Lookalike]:
    """Those of the reader's records whose name answers this one about as well as this one answers theirs: at most 5.

    Looked at from both sides, because every name holds the words of a shorter one. A kind whose page is closed to the
    reader gives none.
    """
    shelf, asked = search_kinds[kind], search_words(name[:LONGEST])[:MOST_WORDS]
    if not asked or not shelf.permission.row.open_to(reader):
        return []
    found = find_in(shelf.visible(reader), kind, name, most=4 * MOST_ALIKE)
    near = [(score, record) for record in found if (score := _alike(asked, search_words(shelf.title(record)))) >= ALIKE]
    near.sort(key=lambda pair: -pair[0])
    return [Lookalike(row.pk, shelf.title(row), shelf.note(row), shelf.address(row)) for _, row in near[:MOST_ALIKE]]


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


def _ranked(kind: SearchKind, rows: QuerySet[Any], asked: Sequence[str]) -> list[UUID]:
    """Ids in order of likelihood. Each way of looking is more forgiving and dearer; the next is tried only while the
    last left room. When no record answers every word, those that answer most of them will do."""
    visible = Exists(rows.order_by().filter(pk=OuterRef("object_id")))  # asked for candidates only, not for all rows
    documents = SearchDocument.objects.filter(visible, kind=kind.name, prose=kind.prose)
    keys: dict[UUID, str] = {}
    for way in WAYS:
        keys |= _some(kind, documents, [way(word) for word in asked], asked)
        if len(keys) >= ENOUGH:
            break
    if not keys and len(asked) > 1:
        keys = _some(kind, documents, [[piece for word in asked for piece in by_sound(word)]], asked)
    likely = {pk: score for pk, key in keys.items() if (score := how_well(asked, key)) >= LEAST}
    return sorted(likely, key=lambda pk: (-likely[pk], len(keys[pk]), -pk.int))


def _some(
    kind: SearchKind, documents: QuerySet[SearchDocument], pieces: Sequence[Pieces], asked: Sequence[str]
) -> dict[UUID, str]:
    """Id → key of as many fitting documents as are worth ranking: of names, those that hold whole words; of prose, the
    newest. All documents are looked through when too few of the newest ones are for the reader's eyes."""
    most = POOL[kind.prose]
    if not kind.prose:
        in_order = whole_words_first(holding(documents, pieces, "names"), asked)
        return dict(in_order.values_list("object_id", "key")[:most])
    found: dict[UUID, str] = {}
    for newest in (most * 10, 0) if connection.vendor == "sqlite" else (0,):
        fitting = holding(documents, pieces, "prose", newest=newest).order_by("-id")
        found = dict(fitting.values_list("object_id", "key")[:most])
        if len(found) == most:
            break
    return found
