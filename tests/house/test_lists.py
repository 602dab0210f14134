"""A page or list costs the same queries for one row as for ten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from http.cookies import SimpleCookie
from traceback import format_exception
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import grounds
from tests.house.addresses import Address, Finder, our_addresses
from tests.house.variety import more_in, one_more
from tests.world import World

READERS = ("amina", "manager", "administrator", "auditor", "publisher")
ADDRESSES = [
    address
    for address in our_addresses()
    if address.route.startswith(("workspace/", "api/v1/")) and "GET" in address.rows()
]
Asked = list[str] | Exception


@pytest.mark.once
@pytest.mark.long
@pytest.mark.django_db
def test_a_page_costs_the_same_queries_for_one_row_and_for_ten(world: World) -> None:
    """One world for all addresses in one test: filling it takes far longer than asking, and two workers would each
    fill one."""
    wrong = [fault for name, (few, many) in _measured(world).items() if (fault := _fault(name, few, many))]
    assert not wrong, "\n\n".join(wrong)


def _fault(name: str, few: Asked, many: Asked) -> str:
    """What is wrong with an address; empty when nothing is."""
    for found in (few, many):
        if isinstance(found, Exception):
            return f"{name}: {''.join(format_exception(found))}"
    if len(many) == len(few):
        return ""
    return (
        f"{name}: {len(few)} queries for one row, {len(many)} for ten. Load what a row shows in for_list() or "
        f"for_page() (select_related, prefetch_related). With ten only:\n{_only_in(many, few)}\n"
        f"With one only:\n{_only_in(few, many)}"
    )


def _only_in(here: list[str], there: list[str]) -> str:
    """The queries that the other time did not ask, whatever they asked about."""
    more = Counter(map(_without_values, here)) - Counter(map(_without_values, there))
    return "\n".join(sql[:300] for sql in more.elements()) or "none"


def _without_values(sql: str) -> str:
    return re.sub(r"\((?:\?, )+\?\)", "(?)", re.sub(r"'[^']*'", "?", sql))


def _measured(world: World) -> dict[str, tuple[Asked, Asked]]:
    """Address → its queries with one of each, and with ten.

    The first time, a page also asks what is asked once a process or session. So where the second time asks anything
    else than the first, the more are taken back and the first question is put again."""
    event = one_more(world, 1)  # with every link set, so that every query there can be is made
    finder = Finder(world, event=event)
    world.contact(organisations=[], people=[world.person])
    paths = {address: _tried(lambda a=address: finder.path(a)) for address in ADDRESSES}
    readers = Readers(world)
    few = {address: _queries(readers, address, path) for address, path in paths.items()}
    with grounds.taken_back():
        for number in range(2, 11):
            one_more(world, number)
            more_in(world, event, number)
        # Whom one met last stands first where one logs a contact.
        world.contact(organisations=[], people=[world.person])
        many = {address: _queries(readers, address, path) for address, path in paths.items()}
    for address, path in paths.items():
        if not _alike(few[address], many[address]):
            few[address] = _queries(readers, address, path)
    return {str(address): (few[address], many[address]) for address in ADDRESSES}


def _alike(few: Asked, many: Asked) -> bool:
    """Whether both asked the same, but for the values: nothing was asked once only that could hide a question more."""
    if isinstance(few, Exception) or isinstance(many, Exception):
        return False
    return Counter(map(_without_values, few)) == Counter(map(_without_values, many))


class Readers:
    """Browsers of those who may read, each signed in once."""

    def __init__(self, world: World) -> None:
        self._cast = [(member, Client()) for name in READERS if (member := getattr(world, name))]
        for member, browser in self._cast:
            browser.force_login(member)
        self.signed_in = {browser: str(browser.cookies.output(header="", sep=";")) for _, browser in self._cast}

    def of(self, address: Address) -> Client:
        """The first whom the address lets in."""
        row = address.rows()["GET"]
        return next((browser for member, browser in self._cast if row.open_to(member)), self._cast[0][1])


def _tried(find: Callable[[], Any]) -> Any:
    """What it gives, or the exception it raised: one address that breaks must not hide the others."""
    try:
        with transaction.atomic():
            return find()
    except Exception as problem:
        return problem


def _queries(readers: Readers, address: Address, path: Any) -> Asked:
    return path if isinstance(path, Exception) else _tried(lambda: _open(readers, address, path))


def _open(readers: Readers, address: Address, path: str) -> list[str]:
    """The queries of opening the page. What it wrote is undone."""
    cache.clear()
    reset_queries()  # Django keeps the last 9,000 and counts none beyond them
    browser = readers.of(address)
    browser.cookies = SimpleCookie(readers.signed_in[browser])  # no message for the next page
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(path)
        assert response.status_code < 500
        if response.streaming:
            b"".join(response.streaming_content)
    transaction.set_rollback(True)
    return [query["sql"] for query in captured.captured_queries]
