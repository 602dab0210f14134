"""Everything that hangs on a page of contacts, read in one query whatever the contacts have and however many they are.

Eleven relations read one by one would cost eleven queries a page, and the time of a page is its queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.lookups import by_key
from crm.people.models import Person
from engagement.log.models import Contribution, EngagementEvent, EventBarrier, Point, Promise, Reach


class Part(NamedTuple):
    """One row that hangs on a contact. What each column holds depends on `what`."""

    event: UUID
    what: str
    id: UUID | None
    words: str | None
    number: int | None
    other: UUID | None
    other_words: str | None
    code: str
    detail: str


NO_ID = Value(None, output_field=UUIDField())
NO_NUMBER = Value(None, output_field=IntegerField())
NO_WORDS = Value(None, output_field=TextField())
NOTHING = Value("", output_field=CharField())
LISTS = {  # relation of the contact → the column of its table that points to the other side
    "officers": "user",
    "organisations": "organisation",
    "topics": "topic",
    "support_used": "accesssupport",
    "languages_used": "language",
    "named_readers": "user",
}


def parts_of(events: Sequence[EngagementEvent], reader: Actor) -> dict[UUID, dict[str, list[Part]]]:
    """Contact's id → kind of part → its parts. A person the reader may not see has no id and no name."""
    ids = tuple(event.pk for event in events)
    found: dict[UUID, dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for row in _parts(reader, ids) if ids else ():
        part = Part(*row)
        found[part.event][part.what].append(part)
    return found


@kept
def _parts(reader: Actor, ids: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    # Who was reached leads: each of its columns has a type, and the database gives those types to the whole.
    first = _of(Reach, ids, "reach", "community", _text("community__name"), F("people"), F("through"),
                _text("through__name"), F("basis"), F("voice"))  # fmt: skip
    others = [
        *[_list(name, column, ids) for name, column in LISTS.items()],
        _people(ids, reader),
        _of(EventBarrier, ids, "barriers", "barrier", _text("barrier__name"), other_words=_text("words")),
        _of(Point, ids, "points", "id", F("words"), F("position"), code=F("kind"), detail=F("quoting")),
        _of(Promise, ids, "promises", "id", _text("words"), code=F("state"), detail=Cast("due_on", CharField())),
    ]  # fmt: skip
    return first.union(*others, all=True)


def _text(name: str) -> Cast:
    return Cast(name, TextField())


def _of(
    model: Any, ids: tuple[UUID, ...], what: str, key: str, words: Any,
    number: Any = NO_NUMBER, other: Any = NO_ID, other_words: Any = NO_WORDS, code: Any = NOTHING,
    detail: Any = NOTHING,
) -> QuerySet[Any, Any]:  # fmt: skip
    columns = (F("event"), Value(what), F(key), words, number, other, other_words, code, detail)
    return _columns(model.objects.filter(event__in=ids), columns)


def _list(name: str, column: str, ids: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    through = getattr(EngagementEvent, name).through.objects.filter(engagementevent__in=ids)
    shown = (F("engagementevent"), Value(name), F(column), _text(f"{column}__name"))
    return _columns(through, (*shown, NO_NUMBER, NO_ID, NO_WORDS, NOTHING, NOTHING))


def _people(ids: tuple[UUID, ...], reader: Actor) -> QuerySet[Any, Any]:
    seen = Person.objects.visible_to(reader).annotate(words=_text("name"))
    shown = (F("event"), Value("people"), by_key(seen, "person"), by_key(seen, "person", "words"))
    return _columns(Contribution.objects.filter(event__in=ids), (*shown, NO_NUMBER, NO_ID, NO_WORDS, NOTHING, NOTHING))


def _columns(rows: QuerySet[Any], columns: tuple[Any, ...]) -> QuerySet[Any, Any]:
    names = [f"p{place}" for place in range(len(columns))]
    named: QuerySet[Any, Any] = rows.order_by().annotate(**dict(zip(names, columns, strict=True)))
    return named.values_list(*names)
