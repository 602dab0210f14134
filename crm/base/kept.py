"""Questions whose SQL is kept: written once for everybody with the same roles, and asked again with other values.

Who may see what makes long questions, and Django writes each anew for every page: that took most of the time of home
and of a record's page, many times what the database takes to answer. A question marked `@kept` is written once a day
for each set of roles. Which teams and localities these reach is put in once for all who reach the same, and afterwards
only the values are put in. The rows are read from the database every time: nothing that was answered is kept.

What keeps it safe: the function sees no reader, only their roles (`Standing`), and a mark in place of each team and
locality these reach and of each id, time and word to look for (`Words`), so that nothing else can get into what is
kept. Whoever gains or loses a role asks another question from then on, and everybody does at midnight. A question that
asks the database while it is written, loses a mark, or holds a time of its own is refused.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import connections, models
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from crm.base.actors import Actor, Standing
from crm.base.json_rows import read_rows
from crm.base.prepared import numbered, rows_of
from crm.base.written import Inside, NotKept, Pattern, Words, Written, mark, marked, reach_of, refuse

__all__ = [
    "NotKept",
    "Pattern",
    "Words",
    "asked_ahead",
    "forget",
    "inside",
    "kept",
    "kept_for_all",
    "kept_if_few",
    "keys_seen",
]

P = ParamSpec("P")
R = TypeVar("R")
MOST_TOGETHER = 100  # sets of questions asked as one, tens of thousands of letters each
FEW = 20  # values, where their number differs from time to time
MOST = 1000  # written questions a process keeps; the one that was not asked for longest goes first

_shelves: list[OrderedDict[Any, Written]] = [OrderedDict(), OrderedDict()]
_written, _for_any_reach = _shelves
_one_at_a_time = threading.Lock()
_ahead: ContextVar[dict[Any, list[Any]] | None] = ContextVar("asked ahead", default=None)


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

    def written(self, told: tuple[Any, ...]) -> tuple[Written, list[Any]]:
        """The question as it is kept, and the values to ask it with."""
        standing = told[0].standing if self.by_reader else None
        shape, values = self.parted(told)
        written = _found(_written, (*shape, standing))
        if written is None:
            for_any, reach = self.for_any_reach(told, standing, shape, values)
            written = for_any.reaching(reach)
            _put(_written, (*shape, standing), written)
        return written, values

    def parted(self, told: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[Any]]:
        """What shapes the question today, and the values that are put in each time."""
        values: list[Any] = [told[0].pk] if self.by_reader else []
        shape: list[Any] = []
        for value in told[self.by_reader :]:
            many = _slots(value)
            shape.append((isinstance(value, tuple), *(type(one) for one in many)) if many else value)
            values += many
        return (self, tuple(shape), timezone.localdate(), connections["default"].vendor), values

    def for_any_reach(
        self, told: tuple[Any, ...], standing: Standing | None, shape: tuple[Any, ...], values: list[Any]
    ) -> tuple[Written, list[Any]]:
        """The question with marks in place of what the roles reach; and what these do."""
        kind, reach = reach_of(standing)
        for_any = _found(_for_any_reach, (*shape, kind))
        if for_any is None:
            for_any = _write(self.question, standing, told[self.by_reader :], values, reach)
            _put(_for_any_reach, (*shape, kind), for_any)
        return for_any, reach


def inside(question: Callable[..., Any], reader: Actor, *given: Any) -> Any:
    """The one column of a question, for another question to look for a value in: `about_id__in=inside(readable, user)`.
    Of a kept question only the values are put in, where all of it would be made anew, and again for each question that
    stands around it. It must ask of nothing but itself (no `OuterRef` to what stands around it)."""
    standing = reader if isinstance(reader, Standing) else getattr(reader, "standing", None)
    if not isinstance(question, _Kept):
        return question(reader, *given)
    if standing is None:
        return question.question(reader, *given)
    told = (reader, *given)
    shape, values = question.parted(told)
    written, reach = question.for_any_reach(told, standing, shape, values)
    return [] if written.empty else Inside(written.sql, written.params_for([*values, *reach]))


def kept_if_few(question: Callable[..., list[R]], *told: Any) -> list[R]:
    """Ask a kept question; but write it anew where it is given so many values that it would hardly be asked with as
    many again."""
    many = sum(len(value) for value in told if isinstance(value, tuple)) > FEW
    return list(cast(_Kept, question).question(*told)) if many else question(*told)


@kept
def keys_seen(reader: Actor, model: Any) -> QuerySet[Any, Any]:
    """The keys of the records of one kind that somebody may see, to look `inside`."""
    rows: QuerySet[Any] = model._default_manager.all().visible_to(reader)
    return rows.order_by().values("pk")


def _found(shelf: OrderedDict[Any, Written], name: Any) -> Written | None:
    with _one_at_a_time:
        found = shelf.get(name)
        if found is not None:
            shelf.move_to_end(name)
        return found


def _put(shelf: OrderedDict[Any, Written], name: Any, written: Written) -> None:
    with _one_at_a_time:
        shelf[name] = written
        while len(shelf) > MOST:
            shelf.popitem(last=False)


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


def _together(asked: list[tuple[Written, list[Any]]]) -> list[list[Any]]:
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
def _in_one(there: tuple[tuple[int, Written], ...]) -> str:
    """Several questions as one, each row with its question's number, as the database is told it."""
    parts = [f"SELECT {number}, told.* FROM ({written.in_a_row[0]}) told" for number, written in there]  # noqa: S608
    return numbered(connections["default"], " UNION ALL ".join(parts))


def _write(
    question: Callable[..., Any],
    standing: Standing | None,
    given: tuple[Any, ...],
    values: list[Any],
    reach: list[UUID],
) -> Written:
    connections["default"].features.supports_json_field  # noqa: B018  # Django asks SQLite for it once
    marks = [mark(number, value) for number, value in enumerate(values)]
    there = {place: mark(number, place) for number, place in enumerate(reach, len(values))}
    left = iter(marks)
    start = [] if standing is None else [marked(standing, next(left), there)]
    told: list[Any] = []
    for value in given:
        if many := _slots(value):
            here = tuple(next(left) for _ in many)
            told.append(here if isinstance(value, tuple) else here[0])
        elif isinstance(value, models.Model):
            raise NotKept(f"{question.__qualname__} takes a record: give it the id.")
        else:
            told.append(value)
    with connections["default"].execute_wrapper(refuse):
        rows = question(*start, *told)
    if any(isinstance(lookup, Prefetch) for lookup in rows._prefetch_related_lookups):
        raise NotKept(f"{question.__qualname__} fetches rows of its own beside: that question would not be kept.")
    try:
        return Written(rows, marks, list(there.values()), len(start))
    except NotKept as problem:
        raise NotKept(f"{question.__qualname__} {problem}") from problem


def forget() -> None:
    """Forget every question that was written."""
    with _one_at_a_time:
        for shelf in _shelves:
            shelf.clear()
    _in_one.cache_clear()
