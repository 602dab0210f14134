"""A page or list costs the same queries for one row as for ten."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house.addresses import Address, Finder, our_addresses
from tests.house.variety import more_in, one_more

# Pages that make something beside reading, or answer before they read.
NOT_READ = ("accounts/", "brand.css", "<lang>", "")
READERS = ("amina", "manager", "administrator", "auditor", "publisher")
ADDRESSES = [
    address
    for address in our_addresses()
    if address.route.startswith(("workspace/", "api/v1/")) and "GET" in address.rows()
]


@pytest.fixture
def small_world(world):
    """One of each, with every link set, so that every query there can be is made."""
    world.event = one_more(world, 1)
    return world


def _queries(signed_in, world, address: Address, path: str) -> list[str]:
    row = address.rows()["GET"]
    reader = next((getattr(world, name) for name in READERS if row.open_to(getattr(world, name))), world.amina)
    browser = signed_in(reader)
    browser.get(path)  # what is asked once a process, or once a session
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = browser.get(path)
        assert response.status_code < 500
        if response.streaming:
            b"".join(response.streaming_content)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_a_page_costs_the_same_queries_for_one_row_and_for_ten(address, small_world, signed_in):
    world = small_world
    finder = Finder(world, event=world.event)
    path = finder.path(address)
    few = _queries(signed_in, world, address, path)
    for number in range(2, 11):
        one_more(world, number)
        more_in(world, world.event, number)
    many = _queries(signed_in, world, address, path)
    new = [sql for sql in many if sql not in few]
    assert len(many) == len(few), (
        f"{address}: {len(few)} queries for one row, {len(many)} for ten. Load what a row shows in for_list() or "
        "for_page() (select_related, prefetch_related). New ones:\n" + "\n".join(sql[:300] for sql in new[:6])
    )
