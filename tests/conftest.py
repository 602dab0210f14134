"""What every test can ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from crm.accounts.models import User
from tests.world import World, make_world


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
