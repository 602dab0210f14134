"""Every address has a row of the permissions table and refuses whoever the row refuses, for the whole cast."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from crm.base.permissions import PERMISSIONS, Row
from crm.base.views import BUTTON_WORDS
from tests.house.addresses import Address, Finder, our_addresses
from tests.house.shared import one_world
from tests.world import World

ADDRESSES = our_addresses()
ANSWERS = {200, 201, 204, 301, 302, 303, 304, 400, 404, 405, 409, 410, 412, 415, 422, 428}
API_METHODS = ("GET", "POST", "PATCH", "DELETE")
SIGN_IN = "/accounts/login/"


def test_every_address_has_a_row_of_the_permissions_table():
    nameless = [str(address) for address in ADDRESSES if not address.rows()]
    assert not nameless, (
        f"{nameless} name no permission. Give the view `permission = permissions.<row>`, an API view "
        "`permissions_by_method`, or `row = PUBLIC_PAGE` if anyone may open it."
    )
    strange = [
        f"{method} {address}: row {row.name}"
        for address in ADDRESSES
        for method, row in address.rows().items()
        if PERMISSIONS.get(row.name) is not row
    ]
    assert not strange, f"Not in the table: {strange}"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all addresses."""
    with one_world(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def cast(world, django_db_blocker) -> dict[str, tuple[Any, Client]]:
    """Everybody with a browser they signed in with once."""
    with django_db_blocker.unblock():
        return {name: (member, _browser_of(member)) for name, member in world.everybody().items()}


@pytest.fixture(scope="module")
def paths(world: World, django_db_blocker: Any) -> dict[Address, str]:
    """Every address with real ids. One of each record for all addresses, because making a forum takes longer than
    showing it; what a test does to one of them is taken back."""
    with django_db_blocker.unblock():
        finder = Finder(world)
        return {address: finder.path(address) for address in ADDRESSES}


def _browser_of(member: Any) -> Client:
    browser = Client(raise_request_exception=False)
    if member.is_authenticated:
        browser.force_login(member)
    return browser


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_every_address_refuses_whoever_its_row_refuses_and_nobody_else(address, paths, cast):
    path = paths[address]
    wrong = []
    for method, row in address.rows().items():
        shown = 0
        for name, (member, browser) in cast.items():
            for tried in _tries(address, method, row, name, shown):
                status, where = _open(browser, tried, path)
                fault = _fault(address, row, member, status, where)
                if fault:
                    wrong.append(f"{tried} {path} as {name}: {fault}")
            shown += row.open_to(member)
    assert not wrong, "\n".join([f"Row {[row.name for row in address.rows().values()]} of {address}:", *wrong])


NO_METHOD = "TURN"  # no page answers it


def _tries(address: Address, method: str, row: Row, name: str, shown: int) -> list[str]:
    """Pages check before they look at the method: whoever is refused is refused a POST too. Two of the cast try it. And
    whoever a page lets in is told that it does not know a method of no meaning: only the first of them opens it whole,
    because building a page takes ten times as long as letting somebody in, and test_lists.py opens every page twice.
    What is public lets in everybody before it knows who asks: one member opens it, and nobody."""
    if row.public and shown:
        return [method] if name == "nobody" else []
    if address.is_api:
        return [method]
    if shown:
        return [NO_METHOD]
    return [method, "POST"] if not row.public and name in ("nobody", "stranger") else [method]


def _open(browser: Client, method: str, path: str) -> tuple[int, str]:
    response = browser.generic(method, path, data=b"{}" if method != "GET" else b"", content_type="application/json")
    return response.status_code, response.headers.get("Location", "")


def _fault(address: Address, row: Row, member, status: int, where: str) -> str:
    """What is wrong with the answer; empty when nothing is."""
    to_sign_in = status == 302 and where.startswith(SIGN_IN)
    if row.open_to(member):
        if status in ANSWERS and not (to_sign_in and not row.public):
            return ""
        # The row says "ever"; a record's own condition may still refuse this one.
        return "" if status == 403 and row.condition and address.wants else f"should open, answered {status} {where}"
    if member.is_authenticated or address.is_api or getattr(address.view, "answers_scripts", False):
        refused = status == (403 if member.is_authenticated else 401)
    else:
        refused = to_sign_in
    return "" if refused else f"should be refused, answered {status} {where}"


def test_every_method_the_api_answers_has_a_row():
    for address in ADDRESSES:
        if not address.is_api or not hasattr(address.view, "permissions_by_method"):
            continue
        answered = {
            m for m in API_METHODS if hasattr(address.view, m.lower()) and m.lower() in address.view.http_method_names
        }
        missing = answered - set(address.rows())
        assert not missing, f"{address} answers {sorted(missing)} without a row in permissions_by_method."


BUTTONS = [
    address
    for address in ADDRESSES
    if address.route.startswith("workspace/") and not ("get" in address.view.http_method_names
                                                       and hasattr(address.view, "get"))
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", BUTTONS, ids=str)
def test_whoever_opens_the_address_of_a_button_is_led_to_its_page(address, world, paths, signed_in):
    (row,) = address.rows().values()
    member = next(one for one in (world.amina, world.lead, world.manager, world.administrator) if row.open_to(one))
    answer = signed_in(member).get(paths[address], follow=True)
    assert answer.status_code == 200, answer.redirect_chain
    assert len(answer.redirect_chain) == 1
    assert BUTTON_WORDS in html.unescape(answer.content.decode())
