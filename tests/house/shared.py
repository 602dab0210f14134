"""A world that a whole file of tests looks at: made once in a transaction that is taken back when the file is done.

Each test runs in a savepoint of its own (pytest-django's `db`), so that nothing one test writes reaches the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests import databases
from tests.world import World, make_world


@contextmanager
def one_world(blocker: Any, fill: Callable[[World], Any] = lambda world: None) -> Iterator[World]:
    """The invented council, filled further, for as long as the file's tests run."""
    with blocker.unblock():
        if databases.emptied.is_set():
            databases.copy_template()
            databases.emptied.clear()
        whole = transaction.atomic()
        whole.__enter__()
        try:
            world = make_world()
            fill(world)
        except BaseException:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            raise
    yield world
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
