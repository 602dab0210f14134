"""What tests stand on: the invented council, its public site or the whole demonstration, made once for all tests in a
row that ask for it.

It lies in a transaction that stays open from one test to the next; each test has a savepoint of its own in it, so that
nothing one test writes reaches another. It is taken back when a test asks for something else. A test says what it
stands on by the fixture it asks for (`world`, `public_pages`, `demonstration`), and `tests/conftest.py` puts those that
stand on the same next to each other.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from cms.demonstration import load_pages
from crm.access.actions import load_need_types
from crm.access.files import shipped_need_types
from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from engagement.forums.actions.lists import load_offer_kinds
from engagement.forums.files import shipped_offer_kinds
from tests import databases
from tests.world import World, make_world


def _packed_world() -> bytes:
    """The cast as first made: every test unpacks objects of its own, so that none sees what another set on them. The
    council has the lists that come with Heard, as a council has: loading them took a sixth of every test of forums."""
    world = make_world()
    load_need_types(actor=SYSTEM, lines=shipped_need_types())
    load_offer_kinds(actor=SYSTEM, lines=shipped_offer_kinds())
    with writing_allowed():
        AuditEvent.objects.all()._raw_delete("default")  # the trail begins with the test
    return pickle.dumps(world)


def _packed_world_with_pages() -> bytes:
    packed = _packed_world()
    load_pages(lambda words: None)
    return packed


def _said_while_loading() -> str:
    said = StringIO()
    call_command("load_demonstration", stdout=said)
    return said.getvalue()


# Whoever asks for several gets the first: the public site lies in the invented council.
GROUNDS: dict[str, Callable[[], Any]] = {
    "demonstration": _said_while_loading,
    "public_pages": _packed_world_with_pages,
    "world": _packed_world,
}


class _Ground:
    """The one that lies open now: its name ("" for an empty database), and what making it gave."""

    def __init__(self) -> None:
        self.name, self.made, self.own = "", None, 0
        self._open = ExitStack()

    def change_to(self, name: str) -> None:
        if name and name == self.name:
            return
        self.name, self.made = "", None
        self._open.close()
        databases.fresh_if_emptied()
        if name:
            with ExitStack() as opened:
                opened.enter_context(taken_back())
                self.made = GROUNDS[name]()
                # PostgreSQL would ask again at the end of each test whether every row of it leads to one that is there.
                connection.check_constraints()
                self.name, self._open = name, opened.pop_all()


_ground = _Ground()


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that never stays."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def stand_on(name: str) -> None:
    """Make sure that what has this name lies in the database and nothing else does. Inside `kept_while` the file's own
    world stays."""
    if not _ground.own:
        _ground.change_to(name)


@contextmanager
def kept_while(blocker: Any) -> Iterator[None]:
    """A file's or a class's own transaction, for a world that it fills further. `blocker` is pytest-django's
    `django_db_blocker`."""
    with ExitStack() as whole:
        with blocker.unblock():
            stand_on("")
            whole.enter_context(taken_back())
        _ground.own += 1
        try:
            yield
        finally:
            _ground.own -= 1
            with blocker.unblock():
                whole.close()


@contextmanager
def with_more(blocker: Any) -> Iterator[World]:
    """The invented council, to be filled further for several tests in a row; what is added goes when they are done."""
    with blocker.unblock():
        stand_on("world")
        with taken_back():
            yield world()


def world() -> World:
    """The invented council and its cast, as objects of the test's own."""
    if _ground.name not in ("world", "public_pages"):
        return make_world()
    unpacked = pickle.loads(_ground.made)
    assert isinstance(unpacked, World)
    return unpacked


def said_while_loading() -> str:
    """What loading the demonstration said, line by line."""
    assert _ground.name == "demonstration", "Ask for the fixture `demonstration`."
    return str(_ground.made)
