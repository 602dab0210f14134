"""What each test asks of the database, so that the second database is asked everything once and not all of it again.

On the first database every test runs, and what it asked is written down. On the second run the fewest and quickest
tests that together ask every question the others ask. A question is a part of the SQL without its values: a column that
is read, a table and by what it is joined, a condition with all that it asks inside, an order, a column that is changed;
and the whole of whatever groups, unites, locks, takes each once, adds or takes away rows. And what about the values one
database may take otherwise than another: texts longer than a column, letters other than English ones, characters that
no text may hold, numbers too large for a column.

`make test` does so where running every test on the second database too would take it beyond ten minutes;
`TEST_EVERYTHING=yes`, and pytest alone, run every test there in any case.
"""

from __future__ import annotations

import heapq
import json
import re
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

Asked = frozenset[int]
LARGEST = 2**31
NOTHING_ODD = 0  # the number of no words at all
MANY = re.compile(r"\((?:%s|\?)(?:, ?(?:%s|\?))*\)(?:, ?\((?:%s|\?)(?:, ?(?:%s|\?))*\))*")
# How many, which alias, which savepoint. This and what follows begin with one of a few characters, which Python's
# expressions look for many times quicker.
NUMBER = re.compile(r"[A-Z\d](?:(?<=\d)\d*|(?<=\b[A-Z])\d+)")
# How words about savepoints begin. Each has a name of its own: remembered by it, they would push out all others.
OF_SAVEPOINTS = {"SAVEPOIN", "RELEASE ", "ROLLBACK"}
# Where SQL is cut, outside brackets.
CLAUSES = re.compile(
    r"\(|\)| (?=(?:FROM|WHERE|SET|ORDER BY|LIMIT|GROUP BY|HAVING|UNION|INTERSECT|EXCEPT|FOR UPDATE|RETURNING)\b)"
)
CONDITIONS = re.compile(r"\(|\)| AND ")
LISTED = re.compile(r"\(|\)|, ?")
JOINS = re.compile(r" (?=(?:INNER|LEFT OUTER) JOIN )")
TOGETHER = re.compile(r"^DISTINCT\b|\bOVER\b")
BRACKETS = re.compile(r"[()]")
LEAST_COST = 0.02  # seconds: what running any test takes


class Notebook:
    """Writes down what each test asked and how long it took."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._path = folder / f"{worker}.json"
        self._asked: set[int] = set()
        self._tests: dict[str, tuple[float, list[int]]] = {}
        self._parts: dict[int, list[int]] = {}
        self._thread = threading.get_ident()

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """One question, before it is put (`connection.execute_wrapper`). What the journeys' server asks in threads of
        its own belongs to no test."""
        if threading.get_ident() == self._thread:
            text = sql if isinstance(sql, str) else str(sql)
            for values in params if many else (params,):
                whole = as_a_whole(text, values)
                self._asked.add(whole)
                if whole not in self._parts:
                    self._parts[whole] = sorted(questions(text, values))
        return execute(sql, params, many, context)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A test, from making what it stands on to clearing up."""
        self._asked.clear()
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """How long it took, without what it stands on: the next test stands on the same."""
        if report.when == "call":
            self._tests[report.nodeid] = (report.duration, sorted(self._asked))

    def pytest_sessionfinish(self) -> None:
        """Keep it for the second database."""
        self._path.write_text(json.dumps([self._tests, list(self._parts.items())]))


def as_a_whole(sql: str, values: Any) -> int:
    """A question not yet taken apart, whatever it is asked about; as a number, because there are a million."""
    if sql[:8] in OF_SAVEPOINTS:
        return _number(sql[:8])
    return _whole(sql) ^ _oddness(values)


def questions(sql: str, values: Any) -> Asked:
    """What is asked, whatever it is asked about: every part of it."""
    plain, with_values = _taken_apart(_without_values(sql))
    oddness = _oddness(values)
    return frozenset([*map(_number, plain), *(_number(part) ^ oddness for part in with_values)])


@lru_cache(maxsize=30_000)
def _whole(sql: str) -> int:
    return _number(_without_values(sql))


def _without_values(sql: str) -> str:
    return NUMBER.sub("0", MANY.sub("(…)", sql))


def _number(words: str) -> int:
    return zlib.crc32(words.encode())


def _oddness(values: Any) -> int:
    many = values.values() if isinstance(values, dict) else values or ()
    return _number(" ".join(sorted(set(odd)))) if (odd := _odd(many)) else NOTHING_ODD


def _taken_apart(sql: str) -> tuple[list[str], list[str]]:
    """A question that adds rows, groups, unites, locks or takes each once means something as a whole only."""
    first, *rest = _cut(sql, CLAUSES)
    clauses = {clause.partition(" ")[0]: clause for clause in rest}
    conditions = _conditions(clauses.get("WHERE", ""))
    if first.startswith("UPDATE ") and "SET" in clauses and clauses.keys() <= {"SET", "WHERE"}:
        return [], [*(f"{first} SET {each}" for each in _cut(clauses["SET"][4:], LISTED)), *conditions]
    tables, columns = clauses.get("FROM", ""), _cut(first.removeprefix("SELECT "), LISTED)
    one_by_one = first.startswith("SELECT ") and {"FROM"} <= clauses.keys() <= {"FROM", "WHERE", "ORDER", "LIMIT"}
    together = ("DISTINCT" in first or "OVER" in first) and any(map(TOGETHER.search, columns))
    if not one_by_one or "(SELECT" in tables or together:
        return [], [sql]
    order = [clauses[word] for word in ("ORDER", "LIMIT") if word in clauses]
    return [*columns, *JOINS.split(tables), *order], conditions


def _conditions(clause: str) -> list[str]:
    """Each of those that must all be true, with all that it asks inside."""
    condition = clause.removeprefix("WHERE ")
    while condition.startswith("(") and _closes(condition) == len(condition):
        condition = condition[1:-1]
    return _cut(condition, CONDITIONS) if condition else []


def _closes(words: str) -> int:
    """Where the bracket closes that opens them."""
    depth = 0
    for at in BRACKETS.finditer(words):
        depth += 1 if at[0] == "(" else -1
        if not depth:
            return at.end()
    return -1


def _cut(words: str, where: re.Pattern[str]) -> list[str]:
    """Cut where it says, but never inside brackets."""
    depth, start, found = 0, 0, []
    for at in where.finditer(words):
        if at[0] == "(":
            depth += 1
        elif at[0] == ")":
            depth -= 1
        elif not depth:
            found.append(words[start : at.start()])
            start = at.end()
    return [*found, words[start:]]


def _odd(values: Iterable[Any]) -> list[str]:
    """What one database may take otherwise than another. It is asked about every value of the run: what most of them
    are comes first."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            if len(value) > 200:
                found.append("long")
            if not value.isascii():
                found.append("letters")
            if "\0" in value:
                found.append("nothing")
        elif isinstance(value, int) and not -LARGEST < value < LARGEST:
            found.append("large")
    return found


@contextmanager
def noted(notebook: Notebook) -> Iterator[None]:
    """While this lasts, every question goes into the notebook."""
    with connection.execute_wrapper(notebook):
        yield


def read(folder: Path) -> dict[str, tuple[float, Asked]]:
    """Test → seconds and questions, of all workers; empty where none was kept."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        tests, parts_of = json.loads(path.read_text())
        parts = dict(parts_of)
        for test, (seconds, asked) in tests.items():
            found[test] = (seconds, frozenset().union(*(parts[whole] for whole in asked)))
    return found


def keep_left_out(folder: Path, many: int) -> None:
    """Keep how many tests the second database was spared. Every worker finds the same number."""
    (folder / "left-out").write_text(str(many))


def left_out(folder: Path) -> int:
    """How many; 0 where none was kept."""
    kept = folder / "left-out"
    return int(kept.read_text()) if kept.exists() else 0


def enough(tests: dict[str, tuple[float, Asked]], sure: Iterable[str] = ()) -> set[str]:
    """The tests that run whatever they ask (`sure`), and those that ask what is left: always the one next that asks
    most new questions for its time. What cannot be known to ask nothing new runs."""
    chosen = set(sure)
    known: set[int] = set().union(*(tests[test][1] for test in chosen if test in tests))
    waiting = [(-_worth(tests[test], known), test) for test in tests.keys() - chosen]
    heapq.heapify(waiting)
    while waiting:
        before, test = heapq.heappop(waiting)
        worth = _worth(tests[test], known)
        if worth and -before > worth:  # others asked some of it meanwhile
            heapq.heappush(waiting, (-worth, test))
        elif worth:
            chosen.add(test)
            known |= tests[test][1]
    return chosen


def _worth(test: tuple[float, Asked], known: set[int]) -> float:
    seconds, asked = test
    return len(asked - known) / max(seconds, LEAST_COST)
