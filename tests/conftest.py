"""What every test can ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from _pytest import runner
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase
from django.urls import get_resolver
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from cms.freshness import shelf
from crm.accounts.models import User
from crm.base.room import with_room
from settings.sharing import share_addresses
from tests import databases, grounds, questions
from tests.world import World

# A busy machine is no fault of what is tested: how long one example takes says nothing.
hypothesis_settings.register_profile("heard", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("heard")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only` is for the second database: what touches none has run on the first."""
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")
    parser.addoption("--note-questions", metavar="FOLDER", help="write down what each test asks of the database")
    parser.addoption("--noted-questions", metavar="FOLDER", help="leave out tests that ask nothing the others do not")


def pytest_configure(config: pytest.Config) -> None:
    """Tests say "today" when they are read and again when they run. In the last hour of a day the whole run happens a
    little after midnight instead, so that it has one day only."""
    now = datetime.now(ZoneInfo("Europe/London"))
    if now.hour == 23:
        time_machine.travel((now + timedelta(days=1)).replace(hour=0, minute=5)).start()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "" if config.getoption("numprocesses", None) else "alone")
    if worker and (folder := config.getoption("--note-questions")):
        notebook = questions.Notebook(Path(folder), worker)
        config.pluginmanager.register(notebook)
        writing = ExitStack()
        writing.enter_context(questions.noted(notebook))
        config.add_cleanup(writing.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what exists on the other database alone, or was tried already: there is nothing to skip."""
    other = {item for item in items for mark in item.iter_markers("only_on") if mark.args[0] != connection.vendor}
    if config.getoption("--database-only"):
        other |= {item for item in items if item.get_closest_marker("once") or not touches_the_database(item)}
    if folder := config.getoption("--noted-questions"):
        other |= asks_nothing_new([item for item in items if item not in other], Path(folder))
    if other:
        config.hook.pytest_deselected(items=list(other))
    items[:] = sorted((item for item in items if item not in other), key=turn)


def asks_nothing_new(items: list[pytest.Item], folder: Path) -> set[pytest.Item]:
    """The tests whose every question others ask as well (`tests.questions`)."""
    here = {item.nodeid: item for item in items}
    noted = {test: asked for test, asked in questions.read(folder).items() if test in here}
    sure = {
        test for test, item in here.items() if test not in noted or item.get_closest_marker("both") or commits(item)
    }
    run = questions.enough(noted, sure)
    questions.keep_left_out(folder, len(here) - len(run))
    return {item for test, item in here.items() if test not in run}


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded until now stays: Python need not look through it again and again for what may go. A sixth of the
    time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 25, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """A test calls as deeply as a page does, and deeper: without room for it a seventh of all tests' time went."""
    return with_room(partial(runner.pytest_runtest_protocol, item, nextitem))


def turn(item: pytest.Item) -> int:
    """When a test has its turn. What stands on the same comes together, because changing the ground takes time; what
    takes longest comes first, because two workers then finish together."""
    order = ("long", "demonstration", "journey", "commits", "alone", "public_pages", "world", "plain")
    if marked := next((name for name in ("long", "journey") if item.get_closest_marker(name)), ""):
        return order.index(marked)
    if commits(item):
        return order.index("commits")
    return order.index(stands_on(item) or ("alone" if touches_the_database(item) else "plain"))


def _asked(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def touches_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, itself or through what it asks for."""
    return item.get_closest_marker("django_db") is not None or bool(
        _asked(item) & {"db", "transactional_db", "live_server"}
    )


def commits(item: pytest.Item) -> bool:
    """Whether a test runs without a transaction around it, so that what it writes stays."""
    marker = item.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & _asked(item) or (marker and marker.kwargs.get("transaction")))


def stands_on(item: pytest.Item) -> str:
    """Which of `grounds.GROUNDS` a test asked for; "" for none. What is committed is the test's own."""
    return "" if commits(item) else next((name for name in grounds.GROUNDS if name in _asked(item)), "")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database: a copy of a template, so that no run and no worker goes through all migrations again."""
    share_addresses(get_resolver())  # as the server does: else each language reads all addresses for itself
    with django_db_blocker.unblock():
        databases.copy_template()
    yield
    with django_db_blocker.unblock():
        grounds.stand_on("")
        databases.drop_copy()


@pytest.fixture
def _ground(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What the test asked for lies in the database before its own transaction or savepoint begins.

    A test that commits (a browser journey, say) leaves what it committed. The next that needs the database gets a new
    copy, which takes less time than emptying 150 tables and leaves what migrations filled in."""
    with django_db_blocker.unblock():
        grounds.stand_on(stands_on(request.node))
    yield
    if commits(request.node):
        databases.emptied.set()


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """pytest-django's own, which begins the test's transaction: ours comes before it."""


@pytest.fixture(scope="session", autouse=True)
def _no_emptying() -> None:
    """Django would empty every table after each test that commits; the next one gets a copy anyway."""
    TransactionTestCase._fixture_teardown = lambda self: None  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def _links_looked_at_once() -> None:
    """After each test SQLite would look through every table for links that lead nowhere. Where no row was written since
    it last did, it need not: most tests of the demonstration only read."""
    asked = TestCase._should_check_constraints

    def should_check(self: TestCase, opened: Any) -> bool:
        return bool(asked(self, opened) and databases.written_since_last_asked(opened))

    TestCase._should_check_constraints = should_check  # type: ignore[method-assign]


@pytest.fixture
def world(db: None) -> World:
    """The invented council and its cast."""
    return grounds.world()


@pytest.fixture
def public_pages(world: World) -> World:
    """The invented council with the demonstration's public site."""
    return world


@pytest.fixture
def demonstration(db: None) -> str:
    """The whole demonstration, loaded once for all tests that ask for it; what loading it said."""
    return grounds.said_while_loading()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits of one test must not stop the next, nor pages made ready under its settings be read by it."""
    cache.clear()
    shelf.clear()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody has signed in: `signed_in(world.amina).get(...)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return sign_in
