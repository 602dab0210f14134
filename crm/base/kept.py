"""Questions whose SQL is kept: written once for everybody with the same roles, and asked again with other values.

Who may see what makes long questions, and Django writes each anew for every page: that took most of the time of home
and of a record's page, many times what the database takes to answer. A question marked `@kept` is written once a day
for each set of roles; afterwards only the values are put in. The rows are read from the database every time: nothing
that was answered is kept.

What keeps it safe: the function sees no reader, only their roles and where these reach (`Standing`), and a mark in
place of each id, time and word to look for (`Words`), so that nothing else can get into what is kept. Whoever gains or
loses a role asks another question from then on, and everybody does at midnight. A question that asks the database while
it is written, loses a mark, or holds a time of its own is refused.
"""

from __future__ import annotations

import functools
import inspect
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from crm.base.actors import Actor, Standing
from crm.base.json_rows import read_rows, row_as_json
from crm.base.prepared import numbered, rows_of, with_its_constants

P = ParamSpec("P")
R = TypeVar("R")
MOST_TOGETHER = 100  # sets of questions asked as one, tens of thousands of letters each
MOST = 1000  # written questions a process keeps; the one that was not asked for longest goes first
AN_ID: models.UUIDField[Any, Any] = models.UUIDField()
A_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*")  # as SQLite is told a time

_written: OrderedDict[Any, _Written] = OrderedDict()
_one_at_a_time = threading.Lock()
_marks: list[UUID] = []
_ahead: ContextVar[dict[Any, list[Any]] | None] = ContextVar("asked ahead", default=None)


class NotKept(Exception):
    """This question cannot be kept, and why: a mistake in the code, never in what somebody typed."""


class Words(str):
    """Words that are put in each time, as ids and times are: the hash of a key, say. Plain words shape the question."""

    __slots__ = ()


class Pattern(Words):
    """Words that rows are looked for by. How many rows hold them decides how PostgreSQL should look, so a question with
    one is planned each time."""

    __slots__ = ()


PUT_IN = UUID | datetime | Words


def kept(question: Callable[Concatenate[Any, P], QuerySet[Any, R]]) -> Callable[Concatenate[Actor, P], list[R]]:
    """Ask a question and keep its SQL. The function takes the reader, then ids, times, `Words`, tuples of these, and
    plain values that shape the question (a number, a word, a day); it gives a queryset, and whoever calls it gets the
    rows."""
    return _Kept(question, by_reader=True)


def kept_for_all(question: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """The same for a question that is the same for every reader, or about what the reader has been found to see."""
    return _Kept(question, by_reader=False)


class _Kept:
    """A question whose SQL is kept."""

    def __init__(self, question: Callable[..., Any], *, by_reader: bool) -> None:
        if question.__closure__ or "<locals>" in question.__qualname__:
            raise NotKept(f"{question.__qualname__} must stand by itself: what it closes over would be kept.")
        functools.update_wrapper(self, question)
        self.question, self.by_reader = question, by_reader
        self.takes = inspect.signature(question)

    def __call__(self, *args: Any, **given: Any) -> Any:
        """The rows; those that were asked for ahead, if they were."""
        told = args
        if given or len(args) != len(self.takes.parameters):
            bound = self.takes.bind(*args, **given)
            bound.apply_defaults()
            told = bound.args
        if self.by_reader and getattr(told[0], "standing", None) is None:  # nobody, or Heard itself
            return list(self.question(*told))
        ahead = _ahead.get()
        if ahead and (name := (self, self.as_key(told))) in ahead:
            return ahead.pop(name)
        written, values = self.written(told)
        return written.ask(values)

    def as_key(self, told: tuple[Any, ...]) -> tuple[Any, ...]:
        """Who asks, and what is given."""
        return (told[0].pk, *told[1:]) if self.by_reader else told

    def written(self, told: tuple[Any, ...]) -> tuple[_Written, list[Any]]:
        """The question as it is kept, and the values to ask it with."""
        standing = told[0].standing if self.by_reader else None
        given = told[1:] if self.by_reader else told
        values: list[Any] = [told[0].pk] if self.by_reader else []
        shape: list[Any] = []
        for value in given:
            many = _slots(value)
            shape.append((isinstance(value, tuple), *(type(one) for one in many)) if many else value)
            values += many
        key = (self, standing, tuple(shape), timezone.localdate(), connections["default"].vendor)
        with _one_at_a_time:
            written = _written.get(key)
            if written is not None:
                _written.move_to_end(key)
                return written, values
        written = _write(self.question, standing, given, values)
        with _one_at_a_time:
            _written[key] = written
            while len(_written) > MOST:
                _written.popitem(last=False)
        return written, values


def _slots(value: Any) -> tuple[Any, ...]:
    """The ids, times and words of a value that are put in each time; empty for what shapes the question."""
    many = value if isinstance(value, tuple) else (value,)
    return many if all(isinstance(one, PUT_IN) for one in many) else ()


@contextmanager
def asked_ahead(asks: Iterable[tuple[Any, ...]]) -> Iterator[None]:
    """Ask several kept questions with one query: each a question and what it is given, the reader first. Whoever asks
    one of them inside, with the same, gets the rows that have come; what nobody asked ahead is asked by itself."""
    wanted = {(ask, ask.as_key(tuple(told))): ask.written(tuple(told)) for ask, *told in asks}
    before = _ahead.set(dict(zip(wanted, _together(list(wanted.values())), strict=True)))
    try:
        yield
    finally:
        _ahead.reset(before)


def _together(asked: list[tuple[_Written, list[Any]]]) -> list[list[Any]]:
    """The rows of each question, all of them with one query."""
    if any(written.planned_anew for written, _ in asked):
        raise NotKept("A question that is planned each time is asked by itself.")
    there = [(number, *one) for number, one in enumerate(asked) if not one[0].empty]
    if len(there) < 2:
        return [written.ask(values) for written, values in asked]
    sql = _in_one(tuple((number, written) for number, written, _ in there))
    params = [param for _, written, values in there for param in written.params_for(values)]
    answers: list[list[Any]] = [[] for _ in asked]
    for number, place, row in rows_of(connections["default"], sql, params):
        answers[number].append((place, row))
    return [
        written.ask(values, [] if written.empty else read_rows(answers[number], written.in_a_row[1]))
        for number, (written, values) in enumerate(asked)
    ]


@functools.lru_cache(maxsize=MOST_TOGETHER)
def _in_one(there: tuple[tuple[int, _Written], ...]) -> str:
    """Several questions as one, each row with its question's number, as the database is told it."""
    parts = [f"SELECT {number}, told.* FROM ({written.in_a_row[0]}) told" for number, written in there]  # noqa: S608
    return numbered(connections["default"], " UNION ALL ".join(parts))


class _Written:
    """One question in SQL: where each value goes, and how its rows are read."""

    def __init__(self, rows: QuerySet[Any, Any], marks: list[Any], readers: int) -> None:
        self.rows = rows
        self.empty = False
        self.planned_anew = any(isinstance(mark, Pattern) for mark in marks)
        self.compiler: Any = rows.query.get_compiler(rows.db)
        connection = self.compiler.connection
        connection.features.supports_json_field  # noqa: B018  # Django asks SQLite for it once
        with connection.execute_wrapper(_refuse):
            try:
                self.sql, params = self.compiler.as_sql()
            except EmptyResultSet:
                self.empty = True
                return
        self.params = list(params)
        self.places = _places(self.params, marks, connection)
        if not set(range(readers, len(marks))) <= {number for _, number in self.places}:
            raise NotKept("does not ask for a value that it was given.")
        if connection.vendor == "postgresql" and not self.planned_anew:
            self.sql, numbers = with_its_constants(connection, self.sql, self.params, marks)
            self.params, self.places = [None] * len(numbers), list(enumerate(numbers))
        self.columns = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(self.columns)

    @functools.cached_property
    def by_itself(self) -> str:
        """The text that the database is told when this question is asked alone."""
        return self.sql if self.planned_anew else numbered(self.compiler.connection, self.sql)

    @functools.cached_property
    def in_a_row(self) -> tuple[str, list[Any]]:
        """The same with each row as one JSON list, to stand beside other questions; and how its values are read."""
        return row_as_json(self.sql, self.columns, self.compiler.connection)

    def params_for(self, values: list[Any]) -> list[Any]:
        """The parameters for these values."""
        params = self.params.copy()
        for place, number in self.places:
            params[place] = _told(values[number], self.compiler.connection)
        return params

    def ask(self, values: list[Any], answer: list[Any] | None = None) -> list[Any]:
        """The rows for these values; made of what the database answered already, if it did."""
        if self.empty:
            return []
        compiler = _twin(self.compiler)
        compiler.connection = connections[self.rows.db]
        if answer is None:
            params = self.params_for(values)
            answer = rows_of(compiler.connection, self.by_itself, params, planned_anew=self.planned_anew)
        compiler.get_converters = lambda expressions: self.converters
        compiler.execute_sql = lambda *args, **kwargs: [answer]
        rows = _twin(self.rows)
        rows._query = _twin(self.rows.query)
        rows._query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


def _twin(thing: Any) -> Any:
    """Another of the same that holds the same. Django copies a queryset so that it may be narrowed, which takes as long
    as reading some rows; these are read, once."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


def _write(
    question: Callable[..., Any], standing: Standing | None, given: tuple[Any, ...], values: list[Any]
) -> _Written:
    marks = [_mark(number, value) for number, value in enumerate(values)]
    left = iter(marks)
    start = [] if standing is None else [standing.known_as(next(left))]
    told: list[Any] = []
    for value in given:
        if many := _slots(value):
            here = tuple(next(left) for _ in many)
            told.append(here if isinstance(value, tuple) else here[0])
        elif isinstance(value, models.Model):
            raise NotKept(f"{question.__qualname__} takes a record: give it the id.")
        else:
            told.append(value)
    with connections["default"].execute_wrapper(_refuse):
        rows = question(*start, *told)
    if any(isinstance(lookup, Prefetch) for lookup in rows._prefetch_related_lookups):
        raise NotKept(f"{question.__qualname__} fetches rows of its own beside: that question would not be kept.")
    try:
        return _Written(rows, marks, len(start))
    except NotKept as problem:
        raise NotKept(f"{question.__qualname__} {problem}") from problem


def _mark(number: int, value: Any) -> Any:
    """What stands for a value while a question is written: an id, a time or words that nothing has."""
    while len(_marks) <= number:
        _marks.append(uuid4())
    if isinstance(value, Words):
        return type(value)(f"words {_marks[number].hex}")
    if isinstance(value, datetime):
        return datetime(1, 1, 1, 0, 0, number, _marks[number].int % 1_000_000, tzinfo=UTC)
    return _marks[number]


def _places(params: list[Any], marks: list[Any], connection: Any) -> list[tuple[int, int]]:
    """Which of the values goes where. Each must be found, and no time may stand there that is none of them."""
    numbers = {_told(mark, connection): number for number, mark in enumerate(marks)}
    places = [(place, numbers[value]) for place, value in enumerate(params) if _hashable(value) and value in numbers]
    taken = {place for place, _ in places}
    for place, value in enumerate(params):
        if place in taken:
            continue
        if isinstance(value, datetime) or (isinstance(value, str) and A_TIME.fullmatch(value)):
            raise NotKept("holds a time of day: give it as a value.")
        if any(str(mark) in str(value) or str(mark).replace("-", "") in str(value) for mark in marks):
            raise NotKept("changes a value that it was given.")
    return places


def _hashable(value: Any) -> bool:
    return isinstance(value, UUID | datetime | str)


def _told(value: Any, connection: Any) -> Any:
    """A value as this database is told it."""
    if isinstance(value, Words):
        return str(value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return AN_ID.get_db_prep_value(value, connection)


def _refuse(*args: Any) -> Any:
    raise NotKept("A question that is kept may not ask another one while it is written.")


def forget() -> None:
    """Forget every question that was written."""
    with _one_at_a_time:
        _written.clear()
    _in_one.cache_clear()
