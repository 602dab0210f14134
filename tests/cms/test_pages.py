"""What a reader who has not signed in gets."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import get_language_info

from cms.words import words_in
from tests.cms.conftest import ADDRESSES, LANGUAGES, PublicSite


class Outline(HTMLParser):
    """The start tags of a page in order, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def having(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of this name."""
        return [attributes for name, attributes in self.tags if name == tag]


def outline(response: Any) -> Outline:
    return Outline(response.content.decode())


def test_every_page_says_its_language_and_direction(site: PublicSite) -> None:
    for address in ADDRESSES:
        response = site.read(address)
        code = address.split("/")[1]
        html = outline(response).having("html")[0]
        assert (response.status_code, html["lang"], html["dir"]) == (200, code, "rtl" if code == "ur" else "ltr")
        assert response.headers["Content-Language"] == code
        assert ("public.rtl.css" in response.content.decode()) == (code == "ur")


def test_languages_in_their_own_scripts_come_before_anything_else(site: PublicSite) -> None:
    for address in ADDRESSES:
        page = outline(site.read(address))
        names = [name for name, _ in page.tags[page.tags.index(next(tag for tag in page.tags if tag[0] == "body")) :]]
        assert names[:3] == ["body", "a", "nav"], "only the skip link stands before the languages"
        links = [tag for tag in page.having("a") if tag.get("hreflang") in LANGUAGES and tag.get("lang")]
        assert {link["hreflang"] for link in links} == set(LANGUAGES) - {address.split("/")[1]}
        for link in links:
            assert link["dir"] == ("rtl" if link["lang"] == "ur" else "ltr")
        text = site.read(address).content.decode()
        assert all(f">{get_language_info(code)['name_local']}<" in text for code in LANGUAGES)


def test_a_page_needs_no_script_and_no_inline_style(site: PublicSite) -> None:
    for address in ADDRESSES:
        response = site.read(address)
        page = outline(response)
        assert not page.having("script")
        assert not [tag for tag, attributes in page.tags if "style" in attributes or tag == "style"]
        assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def test_a_reader_is_given_no_cookie_and_the_same_page_as_everybody(site: PublicSite) -> None:
    for address in ADDRESSES:
        response = site.read(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"].startswith("public")


def test_unchecked_words_carry_a_banner_in_their_language_and_in_english_and_stay_out_of_search(
    site: PublicSite,
) -> None:
    for address in ADDRESSES:
        text = site.read(address).content.decode()
        assert '<meta name="robots" content="noindex">' in text
        assert "Nobody has checked these words yet. They may be wrong." in text
        if not address.startswith("/en/"):
            banner = text[text.index('class="heard-unchecked"') :]
            assert re.search(r"<p>[^A-Za-z<]+</p><p lang=\"en\" dir=\"ltr\">", banner)


def test_who_checked_is_never_invented(site: PublicSite) -> None:
    for code in LANGUAGES:
        for kind in ("home", "page", "easy_read"):
            page = site.page(kind, code)
            assert (page.checked_by, page.checked_on, page.check_method) == ("", None, "")
    assert "No one has checked this page yet." in site.read("/en/").content.decode()


def test_a_missing_language_stays_in_the_list_and_offers_to_read_the_page(site: PublicSite) -> None:
    page = site.page("page", "ti")
    page.unpublish()
    english = outline(site.read("/en/come-and-talk/"))
    link = next(tag for tag in english.having("a") if tag.get("lang") == "ti")
    assert link["href"] == f"/ti/not-yet/{page.translation_key}/"
    there = site.read(str(link["href"]))
    text = there.content.decode()
    assert there.status_code == 200
    assert outline(there).having("html")[0]["lang"] == "ti"
    assert "ብትግርኛ" in text
    assert "tel:01134960100" in text
    current = next(tag for tag in outline(there).having("span") if tag.get("aria-current"))
    assert current["lang"] == "ti"


def test_the_offer_to_read_a_page_leads_to_the_page_once_it_is_there(site: PublicSite) -> None:
    page = site.page("page", "ti")
    response = site.read(f"/ti/not-yet/{page.translation_key}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ti/come-and-talk/")


def test_an_english_home_page_is_never_served_as_urdu(site: PublicSite) -> None:
    site.page("home", "ur").unpublish()
    response = site.read("/ur/")
    assert response.status_code == 302
    assert "/ur/not-yet/" in response.headers["Location"]
    there = site.read(response.headers["Location"])
    assert outline(there).having("html")[0]["lang"] == "ur"
    assert "یہ صفحہ ابھی اردو میں نہیں ہے" in there.content.decode()


def test_what_is_not_there_is_404_and_not_a_redirect(site: PublicSite) -> None:
    for address in ("/en/nothing-here/", "/fr/", "/ur/come-and-talk/nothing/", "/workspace/nothing/"):
        assert site.read(address).status_code == 404, address


BROWSERS = {
    "ur-PK,ur;q=0.9,en;q=0.8": "/ur/",
    "en;q=0.5, ti": "/ti/",
    "fr,de": "/en/",
    "fr;q=1,UR;q=0.2": "/ur/",
    "ur;q=0,en": "/en/",
    "ur;q=nonsense": "/en/",
    "": "/en/",
}


def test_the_front_door_follows_what_the_browser_reads(site: PublicSite) -> None:
    for reads, goes_to in BROWSERS.items():
        response = site.read("/", **{"Accept-Language": reads})
        assert (response.status_code, response.headers["Location"]) == (302, goes_to), reads
        assert "Accept-Language" in response.headers["Vary"]
        assert not response.cookies


def test_a_language_that_was_chosen_is_remembered_in_the_browser_alone(site: PublicSite) -> None:
    page = outline(site.read("/en/come-and-talk/"))
    link = next(tag for tag in page.having("a") if tag.get("hreflang") == "ur")
    assert link["href"] == f"/ur/choose/{site.page('page').translation_key}/"
    response = site.read(str(link["href"]))
    assert (response.status_code, response.headers["Location"]) == (302, "/ur/come-and-talk/")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ur", True, "Lax")
    assert site.read("/", **{"Accept-Language": "pl"}).headers["Location"] == "/ur/"
    site.reader.cookies["language"] = "xx"
    assert site.read("/", **{"Accept-Language": "pl"}).headers["Location"] == "/pl/"


def test_a_missing_page_helps_in_the_language_of_its_address(site: PublicSite) -> None:
    response = site.read("/ur/nothing-here/")
    text = response.content.decode()
    assert response.status_code == 404
    assert 'lang="ur" dir="rtl"' in text
    assert "یہ صفحہ یہاں نہیں ہے" in text
    assert "tel:01134960100" in text
    assert 'href="/ti/"' in text
    assert "This page is not here" in site.read("/workspace/nothing/").content.decode()


def test_a_mistake_of_ours_is_told_in_the_language_of_the_address(site: PublicSite, monkeypatch: Any) -> None:
    def fails(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.views.shown_page", fails)
    site.reader.raise_request_exception = False
    response = site.read("/ti/come-and-talk/")
    assert response.status_code == 500
    assert "ብወገንና ጸገም ኣጋጢሙ" in response.content.decode()


def test_numbers_and_english_names_keep_their_own_order_in_urdu(site: PublicSite) -> None:
    text = site.read("/ur/come-and-talk/").content.decode()
    assert "<bdi>12</bdi>" in text
    assert "<bdi>1:30</bdi>" in text
    assert '<bdi lang="en">Northbrook Council</bdi>' in text
    assert '<bdi dir="ltr">0113 496 0100</bdi>' in text
    assert '<address class="heard-address" lang="en"><bdi>Mill Street Community Centre<br>Mill Street</bdi>' in text


def test_the_workspace_stays_english_whatever_the_browser_reads(site: PublicSite, signed_in: Any) -> None:
    response = signed_in(site.world.amina).get("/workspace/help/", headers={"Accept-Language": "ur"})
    assert response.headers["Content-Language"] == settings.LANGUAGE_CODE


# Files that take seconds to make, and forms for each page: tests/cms/test_paper.py and test_asking.py.
SLOW_OR_ASKING = re.compile(r"\.pdf$|/ask/")


@pytest.mark.once
def test_no_link_of_the_site_is_dead(site: PublicSite) -> None:
    waiting, seen = {"/"}, set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = site.reader.get(address, follow=True)
        assert response.status_code == 200, address
        if not address.startswith(("/workspace/", "/accounts/")):
            hrefs = {str(tag.get("href")) for tag in outline(response).having("a")}
            found = {href for href in hrefs if href.startswith("/") and not SLOW_OR_ASKING.search(href)} - seen
            # One page says for each page and language that it is not there: that of some pages is enough.
            waiting |= {href for href in found if "/not-yet/" not in href or address in ADDRESSES}
    assert len(seen) > len(ADDRESSES)


def test_the_mark_of_the_words_is_the_same_in_whatever_order_the_database_keeps_the_fields() -> None:
    kept = [
        {"heading": "Where", "text": "<p>At the library.</p>"},
        {"text": "<p>At the library.</p>", "heading": "Where"},
    ]
    assert [list(words_in(block)) for block in kept] == [["Where", "At the library."]] * 2
