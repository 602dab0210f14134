"""Room for calls inside calls.

Python (3.11 to 3.14, before the releases that mend it: CPython issue 142183) keeps what its calls hold in pieces of
16 KB. A call at the edge of one asks the system for another and gives it back when it returns; a page makes such calls
by the thousand, a sixth of its time. A call that needs much gets a large piece, and what it calls finds its place in
the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")
WORDS = 70_000  # of eight bytes: Python then takes a whole megabyte, of which only what is used is real memory


def with_room(work: Callable[[], Result]) -> Result:
    """Do some work that calls deeply. Returns what it returns, raises what it raises."""
    return work()


_code: Any = with_room.__code__
with_room.__code__ = _code.replace(co_stacksize=WORDS)
