"""A page on paper: a tagged PDF made from the page, small enough to print."""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from typing import Any

import pytest

from cms import paper
from cms.paper import NoPaper, can_make_paper
from cms.rules import NotReady
from tests.cms.conftest import PublicSite
from tests.cms.test_easy_read_checks import a_picture

pytestmark = pytest.mark.once


def address(site: PublicSite, kind: str, code: str, size: str = "page") -> str:
    return f"/{code}/paper/{site.page(kind, code).translation_key}/{size}.pdf"


def unpacked(made: bytes) -> bytes:
    """What a PDF holds, with its packed parts unpacked."""
    parts = [made]
    for packed in re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(packed))
    return b"".join(parts)


@pytest.mark.skipif(not can_make_paper(), reason="WeasyPrint is not installed")
def test_an_easy_read_page_in_urdu_prints_on_four_tagged_sheets_at_most(site: PublicSite) -> None:
    own = a_picture()
    own.save()
    page = site.page("easy_read", "ur")
    sections = page.sections.get_prep_value()
    sections[0]["value"]["rows"][0]["value"]["own_picture"] = own.pk
    page.sections = json.dumps(sections)
    page.save_revision().publish()
    response = site.read(address(site, "easy_read", "ur"))
    made = response.content
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert made.startswith(b"%PDF")
    inside = unpacked(made)
    assert b"/MarkInfo" in inside
    assert b"/StructTreeRoot" in inside
    assert b"/Lang (ur)" in inside
    assert b"/DisplayDocTitle true" in inside
    assert b"/Figure" not in inside, "a picture beside its words is silent: a figure would have to say what it shows"
    words = page.title.split()[0].encode("utf-16-be").hex().encode()
    assert b"/ActualText <feff" + words in inside.replace(b"\n", b""), "Urdu letters are drawn in parts that share"
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", inside)) <= 4


@pytest.mark.skipif(not can_make_paper(), reason="WeasyPrint is not installed")
def test_easy_read_that_takes_more_than_four_sheets_does_not_go_live(site: PublicSite) -> None:
    page = site.page("easy_read")
    sections = page.sections.get_prep_value()
    sections[0]["value"]["rows"] = sections[0]["value"]["rows"] * 14
    page.sections = json.dumps(sections)
    with pytest.raises(NotReady, match=r"On paper this is \d pages. 4 are the most"):
        page.save()


def test_what_the_machine_cannot_make_is_not_offered(site: PublicSite, monkeypatch: Any) -> None:
    def cannot(html: str) -> bytes:
        raise NoPaper

    monkeypatch.setattr("cms.views.pdf_of", cannot)
    assert site.read(address(site, "page", "en")).status_code == 404
    assert site.read(address(site, "page", "en", "huge")).status_code == 404
    monkeypatch.setattr("cms.ways.can_make_paper", lambda: False)
    assert ".pdf" not in site.read("/en/come-and-talk/").content.decode()


def test_a_maker_that_fails_says_so(monkeypatch: Any) -> None:
    monkeypatch.setattr(paper, "MAKER", paper.MAKER.with_name("not-there.py"))
    with pytest.raises(NoPaper):
        paper.pdf_of("<head></head>")


def test_a_file_is_made_once_until_the_page_changes(site: PublicSite, monkeypatch: Any) -> None:
    made: list[str] = []
    monkeypatch.setattr("cms.views.pdf_of", lambda html: made.append(html) or b"%PDF")
    for _ in range(3):
        assert site.read(address(site, "page", "en")).content == b"%PDF"
    assert len(made) == 1
    page = site.page("page")
    page.title = "Another title"
    page.save_revision().publish()
    site.read(address(site, "page", "en"))
    assert "Another title" in made[1]
