"""One question in SQL, as `crm.base.kept` keeps it: where each value goes, and how its rows are read."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Expression, QuerySet

from crm.base.actors import Standing
from crm.base.json_rows import row_as_json
from crm.base.prepared import numbered, rows_of, with_its_constants

AN_ID: models.UUIDField[Any, Any] = models.UUIDField()
A_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*")  # as SQLite is told a time

_marks: list[UUID] = []


class NotKept(Exception):
    """This question cannot be kept, and why: a mistake in the code, never in what somebody typed."""


class Words(str):
    """Words that are put in each time, as ids and times are: the hash of a key, say. Plain words shape the question."""

    __slots__ = ()


class Pattern(Words):
    """Words that rows are looked for by. How many rows hold them decides how PostgreSQL should look, so a question with
    one is planned each time."""

    __slots__ = ()


class Written:
    """One question in SQL. `marks` stand for the values put in each time, `reach` for the teams and localities that the
    reader's roles reach: those are put in once for each set of roles (`reaching`)."""

    def __init__(self, rows: QuerySet[Any, Any], marks: list[Any], reach: list[Any], readers: int) -> None:
        self.rows = rows
        self.empty = False
        self.put_in = marks
        self.planned_anew = any(isinstance(mark, Pattern) for mark in marks)
        self.compiler: Any = rows.query.get_compiler(rows.db)
        connection = self.compiler.connection
        with connection.execute_wrapper(refuse):
            try:
                self.sql, params = self.compiler.as_sql()
            except EmptyResultSet:
                self.empty = True
                return
        self.params = list(params)
        self.places = _places(self.params, [*marks, *reach], connection)
        if not set(range(readers, len(marks))) <= {number for _, number in self.places}:
            raise NotKept("does not ask for a value that it was given.")
        self.columns = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(self.columns)

    def reaching(self, reach: list[UUID]) -> Written:
        """The same for roles that reach these teams and localities, as it is asked."""
        if self.empty:
            return self
        connection = self._connection
        here: Written = twin(self)
        values = [*self.put_in, *reach]
        here.params = self.params_for(values)
        here.places = [(place, number) for place, number in self.places if number < len(self.put_in)]
        if connection.vendor == "postgresql" and not self.planned_anew:
            here.sql, numbers = with_its_constants(connection, self.sql, here.params, self.put_in)
            here.params, here.places = [None] * len(numbers), list(enumerate(numbers))
        return here

    @property
    def _connection(self) -> Any:
        """This thread's: the question may have been written in another."""
        return connections[self.rows.db]

    @functools.cached_property
    def by_itself(self) -> str:
        """The text that the database is told when this question is asked alone."""
        return self.sql if self.planned_anew else numbered(self._connection, self.sql)

    @functools.cached_property
    def in_a_row(self) -> tuple[str, list[Any]]:
        """The same with each row as one JSON list, to stand beside other questions; and how its values are read."""
        return row_as_json(self.sql, self.columns, self._connection)

    def params_for(self, values: list[Any]) -> list[Any]:
        """The parameters for these values."""
        params = self.params.copy()
        for place, number in self.places:
            params[place] = _told(values[number], self._connection)
        return params

    def ask(self, values: list[Any], answer: list[Any] | None = None) -> list[Any]:
        """The rows for these values; made of what the database answered already, if it did."""
        if self.empty:
            return []
        compiler = twin(self.compiler)
        compiler.connection = self._connection
        if answer is None:
            params = self.params_for(values)
            answer = rows_of(compiler.connection, self.by_itself, params, planned_anew=self.planned_anew)
        compiler.get_converters = lambda expressions: self.converters
        compiler.execute_sql = lambda *args, **kwargs: [answer]
        rows = twin(self.rows)
        rows._query = twin(self.rows.query)
        rows._query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


class Inside(Expression):
    """A question that was written, inside another."""

    def __init__(self, sql: str, params: list[Any]) -> None:
        super().__init__(output_field=AN_ID)
        self.sql, self.params = sql, params

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """As it was written."""
        return f"({self.sql})", self.params

    def get_group_by_cols(self) -> list[Any]:
        """Nothing: it names nothing of what stands around it. Django would group by its rows, and PostgreSQL refuse."""
        return []

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes it the same as another: Django would look through how it was made."""
        return type(self), self.sql, tuple(self.params)


def twin(thing: Any) -> Any:
    """Another of the same that holds the same. Django copies a queryset so that it may be narrowed, which takes as long
    as reading some rows; these are read, once."""
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made


def reach_of(standing: Standing | None) -> tuple[Any, list[UUID]]:
    """The shape of these roles, which others have whose roles reach as many other places; and the places."""
    if standing is None:
        return None, []
    numbers: dict[UUID, int] = {}
    shape = [
        (role, *(place and numbers.setdefault(place, len(numbers)) + 1 for place in places))
        for role, *places in sorted(standing.grants, key=_in_order)
    ]
    return (tuple(shape), standing.is_active, standing.is_authenticated), list(numbers)


def _in_order(grant: tuple[Any, Any, Any]) -> tuple[Any, ...]:
    role, *places = grant
    return str(role), *(place is None for place in places), *map(str, places)


def marked(standing: Standing, pk: UUID, reach: dict[UUID, Any]) -> Standing:
    """Somebody with roles of this shape: marks in place of who they are and of where their roles reach."""
    grants = frozenset((role, team and reach[team], area and reach[area]) for role, team, area in standing.grants)
    return Standing(grants, pk, is_active=standing.is_active, is_authenticated=standing.is_authenticated)


def mark(number: int, value: Any) -> Any:
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


def refuse(*args: Any) -> Any:
    """In the place of asking the database."""
    raise NotKept("A question that is kept may not ask another one while it is written.")
