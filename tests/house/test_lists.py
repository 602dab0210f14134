"""A page or list costs the same queries for one row as for ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import grounds
from tests.house.addresses import Address, Finder, our_addresses
from tests.house.variety import more_in, one_more
from tests.world import World, make_world

READERS = ("amina", "manager", "administrator", "auditor", "publisher")
ADDRESSES = [
    address
    for address in our_addresses()
    if address.route.startswith(("workspace/", "api/v1/")) and "GET" in address.rows()
]
Asked = list[str] | Exception


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> dict[str, tuple[Asked, Asked]]:
    """Address → its queries with one of each, and with ten: the world is filled once for all addresses, because filling
    it takes far longer than asking. Nothing of it stays."""
    with grounds.kept_while(django_db_blocker), django_db_blocker.unblock():
        return _measured()


def _measured() -> dict[str, tuple[Asked, Asked]]:
    world = make_world()
    event = one_more(world, 1)  # with every link set, so that every query there can be is made
    finder = Finder(world, event=event)
    paths = {str(address): _tried(lambda a=address: finder.path(a)) for address in ADDRESSES}
    few = {str(address): _queries(world, address, paths[str(address)]) for address in ADDRESSES}
    for number in range(2, 11):
        one_more(world, number)
        more_in(world, event, number)
    many = {str(address): _queries(world, address, paths[str(address)]) for address in ADDRESSES}
    return {name: (few[name], many[name]) for name in few}


def _tried(find: Callable[[], Any]) -> Any:
    """What it gives, or the exception it raised: one address that breaks must not hide the others."""
    try:
        with transaction.atomic():
            return find()
    except Exception as problem:
        return problem


def _queries(world: World, address: Address, path: Any) -> Asked:
    return path if isinstance(path, Exception) else _tried(lambda: _open(world, address, path))


def _open(world: World, address: Address, path: str) -> list[str]:
    """The queries of opening the page again, after what is asked once a process or session. What it wrote is undone."""
    cache.clear()
    row = address.rows()["GET"]
    browser = Client()
    browser.force_login(next((m for m in (getattr(world, name) for name in READERS) if row.open_to(m)), world.amina))
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(path)
        assert response.status_code < 500
        if response.streaming:
            b"".join(response.streaming_content)
    transaction.set_rollback(True)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_a_page_costs_the_same_queries_for_one_row_and_for_ten(address, asked):
    few, many = asked[str(address)]
    for found in (few, many):
        if isinstance(found, Exception):
            raise found
    new = [sql for sql in many if sql not in few]
    assert len(many) == len(few), (
        f"{address}: {len(few)} queries for one row, {len(many)} for ten. Load what a row shows in for_list() or "
        "for_page() (select_related, prefetch_related). New ones:\n" + "\n".join(sql[:300] for sql in new[:6])
    )
