"""Public pages are built once, kept, and built again when something the public reads has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.freshness import ReadyMade, Shelf, shelf
from crm.areas.actions import load_areas
from crm.areas.files import read_area_files
from crm.base.actors import SYSTEM
from tests.cms.conftest import ADDRESSES, PublicSite

ROOT = Path(settings.BASE_DIR)
FIRST_BUILD, READY_MADE = 30, 1


def queries(site: PublicSite, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert site.read(address).status_code == 200
    return len(asked)


def test_a_page_costs_at_most_30_queries_at_first_and_1_when_ready(site: PublicSite) -> None:
    for address in ADDRESSES:
        shelf.clear()
        assert queries(site, address) <= FIRST_BUILD
        assert queries(site, address) <= READY_MADE


def test_a_page_that_has_not_changed_is_not_sent_again(site: PublicSite) -> None:
    first = site.read("/ur/come-and-talk/")
    again = site.read("/ur/come-and-talk/", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_published_change_is_there_at_once(site: PublicSite) -> None:
    first = site.read("/en/come-and-talk/")
    page = site.page("page")
    page.title = "Come and talk about transport"
    page.save_revision().publish()
    then = site.read("/en/come-and-talk/", **{"If-None-Match": first.headers["ETag"]})
    assert then.status_code == 200
    assert "Come and talk about transport" in then.content.decode()
    assert "Come and talk about transport" in site.read("/en/").content.decode()


def test_a_new_telephone_number_is_there_at_once(site: PublicSite) -> None:
    site.read("/en/")
    files = read_area_files(ROOT / "crm/areas/data/birmingham")
    council = site.world.council
    files.council[0].values.update(name=council.name, code=council.code, contact_phone="0113 496 0222")
    load_areas(actor=SYSTEM, files=replace(files, areas=[], groupings=[], figures=[]))
    assert "0113 496 0222" in site.read("/en/").content.decode()


def test_an_unpublished_page_is_gone_at_once(site: PublicSite) -> None:
    assert site.read("/en/come-and-talk/easy-read/").status_code == 200
    site.page("easy_read").unpublish()
    assert site.read("/en/come-and-talk/easy-read/").status_code == 404
    assert "easy-read" not in site.read("/en/come-and-talk/").content.decode()


def test_a_browser_that_cannot_unpack_gets_the_page_plain(site: PublicSite) -> None:
    assert "Content-Encoding" not in site.read("/en/").headers
    assert site.read("/en/", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("address", ["/en/", "/ur/"])
def test_a_ready_made_page_says_the_same_as_a_fresh_one(site: PublicSite, settings: Any, address: str) -> None:
    settings.SECURE_HSTS_SECONDS = 60  # said over https alone
    reader = Client()
    for secure in (False, True):
        shelf.clear()
        fresh, ready = (reader.get(address, secure=secure) for _ in range(2))
        assert fresh.content == ready.content
        assert dict(fresh.headers) == dict(ready.headers)
        assert ("Strict-Transport-Security" in ready.headers) == secure
        assert "default-src 'none'" in ready.headers["Content-Security-Policy"]
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(address).headers["Location"] == f"https://testserver{address}"


@pytest.mark.once
def test_what_was_not_read_for_longest_makes_room() -> None:
    page = ReadyMade(content=b"x" * 40, packed=b"", etag="")
    shelf = Shelf(most=100)
    for path in ("/a/", "/b/"):
        shelf.put(path, "today", page)
    assert shelf.take("/a/", "today") is page
    shelf.put("/c/", "today", page)
    assert [shelf.take(path, "today") for path in ("/a/", "/b/", "/c/")] == [page, None, page]
    assert shelf.take("/a/", "tomorrow") is None, "of another edition"
