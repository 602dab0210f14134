"""A world that a whole file of tests looks at: made once in a transaction that is taken back when the file is done.

Each test runs in a savepoint of its own (pytest-django's `db`), so that nothing one test writes reaches the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from crm.base.writing import writing_allowed
from tests import grounds
from tests.world import World, make_world


@contextmanager
def one_world(blocker: Any, fill: Callable[[World], Any] = lambda world: None) -> Iterator[World]:
    """The invented council, filled further, for as long as the file's tests run."""
    with grounds.kept_while(blocker):
        with blocker.unblock():
            world = make_world()
            fill(world)
        yield world


def gone(*lists: Any) -> bool:
    """The council has these lists, as every council has: without them, so that loading them loads something."""
    with writing_allowed():
        return all(rows._default_manager.all().delete() for rows in lists)
