"""Several kinds of parts of some records, loaded with one query instead of one for each kind.

A person has ways, rules, languages, hats and roles: five small tables. Asked one after the other they cost five round
trips, which is most of what a page costs. Asked together they come as one list, each row as a JSON list in words, and
become the same rows that `prefetch_related` would have put in place.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, Func, IntegerField, JSONField, QuerySet, TextField, Value
from django.db.models.query import ModelIterable

from crm.base.kept import kept_for_all

M = TypeVar("M", bound=models.Model, covariant=True)
AS_THEY_ARE = (CharField, TextField, IntegerField, JSONField)  # what JSON gives is what the column holds


class TogetherQuerySet(QuerySet[M]):
    """A queryset whose records come with parts that were loaded together."""

    _parts: tuple[str, ...] = ()
    _lists: tuple[str, ...] = ()

    def with_parts(self, *paths: str) -> Self:
        """Load what these paths name with one query for all of them: rows that point here ("ways"), with what they
        point to themselves ("roles__organisation", or several: "reach__community", "reach__through"), and linked
        records ("languages"). In the order of their models."""
        rows = self.all()
        rows._parts = (*self._parts, *(path for path in paths if path not in self._parts))
        return rows

    def with_lists(self, *paths: str) -> Self:
        """Load the same as plain lists, for rows that are only shown: `event.listed["topics"]`. Putting parts in place
        makes a manager for each row and part, which took a third of the time of a list of contacts."""
        rows = self.all()
        rows._lists = paths
        return rows

    def _clone(self) -> Self:
        rows: Self = super()._clone()  # type: ignore[misc]  # the stubs do not name it
        rows._parts, rows._lists = self._parts, self._lists
        return rows

    def _fetch_all(self) -> None:
        first_time = self._result_cache is None
        super()._fetch_all()
        if first_time and issubclass(self._iterable_class, ModelIterable):
            load_together(self._result_cache or [], *self._parts)
            list_together(self._result_cache or [], *self._lists)


@dataclass(frozen=True)
class _Part:
    """One kind of part: where its rows are, which column says whose they are, and the models to make of a row."""

    name: str
    base: type[models.Model]
    owner: str
    model: type[models.Model]
    start: str = ""
    follows: tuple[str, ...] = ()

    @classmethod
    @functools.cache
    def of(cls, model: type[models.Model], name: str, follows: tuple[str, ...]) -> _Part:
        field: Any = model._meta.get_field(name)
        if field.many_to_many:
            own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
            return cls(name, field.remote_field.through, own, field.related_model, f"{other}__", follows)
        return cls(name, field.related_model, field.field.name, field.related_model, "", follows)

    def rows(self, keys: Iterable[Any]) -> QuerySet[Any, Any]:
        """Name, whose it is and the row itself, of all that belong to these records."""
        return _told(self).filter(**{f"{self.owner}__in": list(keys)})

    def made_of(self, told: list[list[Any]]) -> models.Model:
        """The row, with what it points to."""
        row, *others = [_made(model, values) for (model, _), values in zip(self.shapes(), told, strict=True)]
        assert row is not None, "a part has a key"
        for link, other in zip(self.follows, others, strict=True):
            setattr(row, link, other)
        return row

    def in_order(self, rows: list[Any]) -> list[Any]:
        """As the model orders them."""
        if len(rows) < 2:
            return rows
        for name in reversed([str(name) for name in self.model._meta.ordering or ("pk",)]):
            rows.sort(key=attrgetter(name.removeprefix("-")), reverse=name.startswith("-"))
        return rows

    def shapes(self) -> list[tuple[Any, str]]:
        """The models a row tells of, each with the beginning of its columns' names."""
        links = [(self.model._meta.get_field(link).related_model, f"{self.start}{link}__") for link in self.follows]
        return [(self.model, self.start), *links]


@functools.cache
def _told(part: _Part) -> QuerySet[Any, Any]:
    """All rows of one kind, still to be narrowed. Naming their columns takes longer than asking, so it is done once; a
    queryset never changes, and each use narrows a copy."""
    # A list for each model: PostgreSQL makes none of more than a hundred columns.
    models_told = [_List(*_columns(model, start)) for model, start in part.shapes()]
    rows = part.base._default_manager.order_by()
    return rows.values_list(Value(part.name), f"{part.owner}_id", _InWords(*models_told))


class _List(Func):
    """Columns as a JSON list: a name for each value would be read with it."""

    function = "json_array"
    output_field: Any = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same in PostgreSQL."""
        return self.as_sql(compiler, connection, function="json_build_array", **context)


class _InWords(_List):
    """Lists as a JSON list, in words: as JSON it would be read, written and read again on its way through another
    question's JSON."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same in PostgreSQL."""
        return super().as_postgresql(compiler, connection, template="%(function)s(%(expressions)s)::text", **context)


def load_together(records: Sequence[models.Model], *paths: str) -> None:
    """Put the parts of these records in place, as `prefetch_related_objects` would, with one query; with none when all
    of them are in place already."""
    if not records:
        return
    missing = [path for path in paths if not _has(records, path.partition("__")[0])]
    for record, part, rows in _found(records, missing):
        _put(record, part, rows)


def list_together(records: Sequence[models.Model], *paths: str) -> None:
    """Give these records their parts as lists, with one query: `record.listed[name]`."""
    if not paths:
        return
    for record in records:
        record.__dict__["listed"] = {}
    for record, part, rows in _found(records, paths):
        record.__dict__["listed"][part.name] = rows


def _found(
    records: Sequence[models.Model], paths: Sequence[str]
) -> Iterator[tuple[models.Model, _Part, list[models.Model]]]:
    """Each record, each kind of part, and the parts of that kind it has, in order."""
    if not records or not paths:
        return
    parts = {part.name: part for part in _parts_of(type(records[0]), *paths)}
    found: dict[tuple[str, Any], list[Any]] = defaultdict(list)
    for name, owner, told in rows_of_parts(tuple(parts.values()), each_once(record.pk for record in records)):
        found[name, owner].append(parts[name].made_of(json.loads(told)))
    for record in records:
        for name, part in parts.items():
            yield record, part, part.in_order(found[name, record.pk])


def asks_of_parts(model: type[models.Model], keys: Iterable[Any], *paths: str) -> tuple[Any, ...]:
    """What loading these parts of the records with these keys will ask, to be asked ahead (`crm.base.kept`)."""
    return rows_of_parts, _parts_of(model, *paths), each_once(keys)


def each_once(keys: Iterable[Any]) -> tuple[Any, ...]:
    """Keys in an order of their own, so that what is asked ahead for records is what is asked when they have come."""
    return tuple(sorted(set(keys)))


def _parts_of(model: type[models.Model], *paths: str) -> tuple[_Part, ...]:
    follows: dict[str, list[str]] = {}
    for path in paths:
        name, _, link = path.partition("__")
        follows.setdefault(name, []).extend([link] if link else [])
    return tuple(_Part.of(model, name, tuple(links)) for name, links in follows.items())


@kept_for_all
def rows_of_parts(parts: tuple[_Part, ...], keys: tuple[Any, ...]) -> QuerySet[Any, Any]:
    """The rows of these parts of the records with these keys."""
    first, *rest = [part.rows(keys) for part in parts]
    return first.union(*rest, all=True) if rest else first


def _has(records: Sequence[models.Model], name: str) -> bool:
    return all(name in getattr(record, "_prefetched_objects_cache", {}) for record in records)


def _put(record: models.Model, part: _Part, rows: list[Any]) -> None:
    if part.base is part.model:
        for row in rows:
            setattr(row, part.owner, record)
    record.__dict__.setdefault("_prefetched_objects_cache", {})[part.name] = _InPlace(record, part.name, rows)


class _InPlace:
    """The parts of a record where Django looks for them (`person.ways.all()`). Nearly all are only gone through, so the
    queryset of just this record's parts is made when something else is asked: to narrow, count or order them."""

    def __init__(self, record: models.Model, name: str, rows: list[Any]) -> None:
        self._record, self._name, self._rows = record, name, rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def __getattr__(self, asked: str) -> Any:
        if asked.startswith("__"):
            raise AttributeError(asked)
        in_place = self._record.__dict__["_prefetched_objects_cache"]
        del in_place[self._name]
        loaded = getattr(self._record, self._name).all()
        loaded._result_cache, loaded._prefetch_done = self._rows, True
        in_place[self._name] = loaded
        return getattr(loaded, asked)


def _columns(model: type[models.Model], start: str) -> list[str]:
    return [f"{start}{field.attname}" for field in model._meta.concrete_fields]


def _made(model: type[models.Model], told: list[Any]) -> models.Model | None:
    """The record; None where there is none that a row points to."""
    names, key, to_read = _shape_of(model)
    if told[key] is None:
        return None
    for place, field in to_read:
        if told[place] is not None:
            told[place] = _read(field, told[place])
    return model.from_db(DEFAULT_DB_ALIAS, names, told)


@functools.cache
def _shape_of(model: type[models.Model]) -> tuple[list[str], int, list[tuple[int, Any]]]:
    """The names of a model's columns, where its key stands, and those whose values JSON does not know as they are."""
    fields = model._meta.concrete_fields
    to_read = [(place, field) for place, field in enumerate(fields) if not isinstance(field, AS_THEY_ARE)]
    return [field.attname for field in fields], [field.primary_key for field in fields].index(True), to_read


def _read(field: Any, told: Any) -> Any:
    """A value as the database would have given it: JSON knows no days, ids or times."""
    value = field.to_python(told)
    # SQLite keeps times without their zone, which is always UTC.
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
