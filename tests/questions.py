"""What each test asks of the database, so that the second database is asked everything once and not all of it again.

On the first database every test runs, and what it asked is written down. On the second run the fewest and quickest
tests that together ask every question the others ask. A question is the SQL without its values, and what about the
values one database may take otherwise than another: texts longer than a column, letters other than English ones,
characters that no text may hold, numbers too large for a column.

`make test` does so; `TEST_EVERYTHING=yes`, and pytest alone, run every test on the second database too.
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
MANY = re.compile(r"\((?:%s|\?)(?:, ?(?:%s|\?))*\)(?:, ?\((?:%s|\?)(?:, ?(?:%s|\?))*\))*")
NUMBER = re.compile(r"\d+")  # how many, which alias, which savepoint
LEAST_COST = 0.02  # seconds: what running any test takes


class Notebook:
    """Writes down what each test asked and how long it took."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._path = folder / f"{worker}.json"
        self._asked: set[int] = set()
        self._tests: dict[str, tuple[float, list[int]]] = {}
        self._thread = threading.get_ident()

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """One question, before it is put (`connection.execute_wrapper`). What the journeys' server asks in threads of
        its own belongs to no test."""
        if threading.get_ident() == self._thread:
            for values in params if many else [params]:
                self._asked.add(question(str(sql), values))
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
        self._path.write_text(json.dumps(self._tests))


def question(sql: str, values: Any) -> int:
    """What is asked, whatever it is asked about; as a number, because there are a million."""
    many = values.values() if isinstance(values, dict) else values or ()
    return _shape(sql) ^ zlib.crc32(" ".join(sorted(set(_odd(many)))).encode())


@lru_cache(maxsize=10_000)
def _shape(sql: str) -> int:
    return zlib.crc32(NUMBER.sub("0", MANY.sub("(…)", sql)).encode())


def _odd(values: Iterable[Any]) -> Iterator[str]:
    """What one database may take otherwise than another."""
    for value in values:
        if isinstance(value, str):
            if len(value) > 200:
                yield "long"
            if not value.isascii():
                yield "letters"
            if "\0" in value:
                yield "nothing"
        elif isinstance(value, int) and abs(value) >= LARGEST:
            yield "large"


@contextmanager
def noted(notebook: Notebook) -> Iterator[None]:
    """While this lasts, every question goes into the notebook."""
    with connection.execute_wrapper(notebook):
        yield


def read(folder: Path) -> dict[str, tuple[float, Asked]]:
    """Test → seconds and questions, of all workers; empty where none was kept."""
    return {
        test: (seconds, frozenset(asked))
        for path in sorted(folder.glob("*.json"))
        for test, (seconds, asked) in json.loads(path.read_text()).items()
    }


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
