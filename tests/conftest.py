"""What every test can ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase

from crm.accounts.models import User
from tests import databases
from tests.world import World, make_world


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only` is for the second database: what touches none has run on the first."""
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what exists on the other database alone, or was tried already: there is nothing to skip."""
    other = {item for item in items for mark in item.iter_markers("only_on") if mark.args[0] != connection.vendor}
    if config.getoption("--database-only"):
        other |= {item for item in items if item.get_closest_marker("once") or not touches_the_database(item)}
    if other:
        config.hook.pytest_deselected(items=list(other))
        items[:] = [item for item in items if item not in other]


def touches_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, itself or through what it asks for."""
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database: a copy of a template, so that no run and no worker goes through all migrations again."""
    with django_db_blocker.unblock():
        databases.copy_template()
    yield
    with django_db_blocker.unblock():
        databases.drop_copy()


@pytest.fixture(autouse=True)
def _whole_database(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """A test that commits (a browser journey, say) leaves what it committed. The next that needs the database gets a
    new copy, which takes less time than emptying 150 tables and leaves what migrations filled in."""
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    commits = bool({"transactional_db", "live_server"} & names) or (marker and marker.kwargs.get("transaction"))
    if commits or marker or "db" in names:
        with django_db_blocker.unblock():
            databases.fresh_if_emptied()
    yield
    if commits:
        databases.emptied.set()


@pytest.fixture(scope="session", autouse=True)
def _no_emptying() -> None:
    """Django would empty every table after each test that commits; the next one gets a copy anyway."""
    TransactionTestCase._fixture_teardown = lambda self: None  # type: ignore[method-assign]


@pytest.fixture
def world(db: None) -> World:
    """The invented council and its cast."""
    return make_world()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits of one test must not stop the next."""
    cache.clear()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which somebody has signed in: `signed_in(world.amina).get(...)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return sign_in
