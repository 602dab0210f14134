"""What editors place and what the record fills, in a real browser: axe, small screens, and the strict policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from cms.models import Banner, DirectoryPage, GlossaryPage, HardWord, Problem, SiteDocument
from cms.templatetags.pictures import SIZE
from tests.cms.conftest import PublicSite
from tests.cms.test_easy_read_checks import a_picture
from tests.cms.test_in_browser import PLAIN, SMALL_TARGETS, Reader, a_browser
from tests.crm.directory.helpers import an_entry, linked, some_words
from tests.engagement.forums.helpers import a_public_forum
from tests.looking import nothing_found_by_axe

pytestmark = pytest.mark.journey


@pytest.fixture
def answers(site: PublicSite) -> dict[str, Any]:
    """Address → what the site answers for a page with every block, and every page that the record fills."""
    world = site.world
    an_entry(world, show_phone=True)
    some_words(world)
    a_public_forum(world)
    picture = a_picture(licence="cc_by")
    picture.save()
    document = SiteDocument(title="Report 2026", file=picture.file, html_twin=site.page("home"))
    document.save()
    every = [
        {"type": "picture", "value": {"image": {"image": picture.pk, "alt_text": "The hall", "decorative": False},
                                      "caption": "Where we meet"}},
        {"type": "document", "value": document.pk},
        {"type": "forums", "value": {"locality": "", "community": "", "most": 5}},
        {"type": "groups", "value": {"locality": "", "language": "", "community": "", "access": "", "most": 3}},
        {"type": "champions", "value": {"locality": "", "most": 3}},
        {"type": "calls", "value": {"most": 3}},
    ]  # fmt: skip
    page = site.page("page")
    page.body = json.dumps([*page.body.get_prep_value(), *every])
    page.save_revision().publish()
    HardWord.objects.create(word="Forum", meaning="a meeting.", picture="meeting")
    Banner.objects.create(words="Our phone line is down.", urgent=True, link=site.page("home"))
    Problem.objects.create(covers="site", words="A film lacks captions.", whom="Deaf people")
    below = {"locale": site.page("home").locale, "summary": "What is here."}
    site.page("home").add_child(instance=GlossaryPage(title="Hard words", slug="hard-words", **below))
    directory = DirectoryPage.objects.filter(locale__language_code="en").first()
    secret = linked(world).secret
    addresses = ("/en/come-and-talk/", "/ur/groups/", "/en/hard-words/", "/en/accessibility/", "/en/search/",
                 directory.url if directory else "/en/groups/", f"/listed/my/{secret}/", "/brand.css")  # fmt: skip
    found = {address: site.read(address) for address in addresses}
    found["/en/search/"] = site.reader.post("/en/search/", {"words": "mosque"})
    stored = picture.get_rendition(SIZE)
    picture_answer = site.read("/brand.css")
    picture_answer.content, picture_answer.headers["Content-Type"] = stored.file.read(), "image/png"
    return {**found, stored.url: picture_answer}


@pytest.fixture
def browser(answers: dict[str, Any]) -> Iterator[Browser]:
    """Opened after the answers: in its thread the database is another."""
    with a_browser() as opened:
        yield opened


def test_editors_own_blocks_and_pages_of_the_record_keep_nobody_out(
    answers: dict[str, Any],
    browser: Browser,
) -> None:
    reader = Reader(answers, browser, viewport={"width": 1280, "height": 800})
    for address in answers:
        if address.startswith(("/media/", "/brand")):
            continue
        page = reader.open(address)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert reader.too_wide(PLAIN) == [], (address, width)
            assert page.evaluate(SMALL_TARGETS) == [], (address, width)
            nothing_found_by_axe(page)
        assert reader.problems == [], "the policy or a missing file"
