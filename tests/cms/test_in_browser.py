"""The public site in a real browser: axe, small screens, large words, and the strict policy, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from cms.freshness import shelf
from cms.models import PAGE_TYPES, MessagePage, PublicPage
from tests import browsers, grounds
from tests.cms.conftest import LANGUAGES, PublicSite
from tests.looking import nothing_found_by_axe, nothing_lost_in_forced_colours

pytestmark = pytest.mark.journey
HERE = "https://public.example"
EASY_READ = "/{}/come-and-talk/easy-read/"
PLAIN = ""
VERSIONS = "/workspace/versions/"
TWICE = "html{font-size:200%}"
SPACED = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
WIDER_THAN_SCREEN = """worn => worn.filter(css => {
    const sheet = new CSSStyleSheet(), root = document.documentElement;
    sheet.replaceSync(css);
    if (css) document.adoptedStyleSheets = [sheet];
    const wider = root.scrollWidth > root.clientWidth;
    if (css) document.adoptedStyleSheets = [];
    return wider;
})"""
SMALL_TARGETS = """[...document.querySelectorAll('a:not(.govuk-skip-link)')]
    .filter(a => { const box = a.getBoundingClientRect(); return box.height < 24 || box.width < 24 })
    .map(a => a.textContent.trim())"""


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """Address → what the site answers for a page of every kind in three languages, the questions of a reader, and what
    is missing; and how pages stand as a checker reads it. All of it once, before the browser opens: in its thread the
    database is another."""
    cache.clear()
    shelf.clear()  # what the test before made ready
    with django_db_blocker.unblock():
        grounds.stand_on("public_pages")
        with grounds.taken_back():
            site, checker = PublicSite(grounds.world()), Client()
            checker.force_login(site.world.checker)
            addresses = [*map(EASY_READ.format, LANGUAGES), *addresses_of_every_kind(site), "/brand.css"]
            return {address: site.read(address) for address in addresses} | {VERSIONS: checker.get(VERSIONS)}


def addresses_of_every_kind(site: PublicSite) -> Iterator[str]:
    """A page of every kind in three languages, the questions of a reader, and what is missing."""
    key = site.page("page").translation_key
    for code in LANGUAGES:
        yield from (page.get_url() for page in in_every_kind(site, code))
        yield from (f"/{code}/{path}" for path in (f"ask/{key}/", f"ask/{key}/F-K7M-4PX/", "nothing-here/"))


def in_every_kind(site: PublicSite, code: str) -> Iterator[PublicPage]:
    """One page of each kind in a language; where the demonstration has none, one with words of another page."""
    home, told = site.page("home", code), site.page("page", code)
    for kind in PAGE_TYPES:
        rows = kind._default_manager.live().filter(locale=home.locale)
        if (there := rows.first()) is not None:
            yield there
        elif issubclass(kind, MessagePage):
            english = kind._default_manager.filter(locale__language_code="en").first()
            slug = f"made-{kind.__name__.lower()}"
            words = {"title": told.title, "summary": told.summary, "body": told.body}
            page = kind(**words, slug=slug, locale=home.locale, live=True)
            page.translation_key = english.translation_key if english else page.translation_key
            home.add_child(instance=page)
            yield page


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium, as the machine has it."""
    with sync_playwright() as playwright:
        try:
            opened = browsers.opened_by(playwright)
        except PlaywrightError as problem:
            pytest.skip(f"No Chromium here: {type(problem).__name__}")
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def browser(answers: dict[str, Any]) -> Iterator[Browser]:
    """One for the file: starting it takes longer than most of its tests."""
    with a_browser() as opened:
        yield opened


class Reader:
    """A browser window whose every request is answered with what the site said, without a server between."""

    def __init__(self, answers: dict[str, Any], browser: Browser, **looks: Any) -> None:
        self.answers = answers
        self.problems: list[str] = []
        self.page: Page = browser.new_context(**looks).new_page()
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda message: self.problems.append(message.text))

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))
        else:
            answer = self.answers[path]
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    def open(self, address: str) -> Page:
        """Go to a page."""
        self.page.goto(HERE + address)
        return self.page

    def too_wide(self, *worn: str) -> list[str]:
        """Those of the reader's own styles on top with which the page is wider than the screen. They come from the
        browser, not from the page: the policy has no say."""
        found: list[str] = self.page.evaluate(WIDER_THAN_SCREEN, worn)
        return found


def test_every_kind_of_page_keeps_nobody_out(answers: dict[str, Any], browser: Browser) -> None:
    """Axe, three widths, words twice as large or spaced out, and forced colours: each of them on every kind of page.
    What axe says of contrast it says once of each kind of element (`tests/looking.py`): the three languages share most.
    """
    reader = Reader(answers, browser, viewport={"width": 320, "height": 800})
    for address in answers.keys() - {"/brand.css", VERSIONS}:
        page = reader.open(address)
        for width, worn in ((320, [PLAIN]), (1280, [PLAIN]), (360, [PLAIN, TWICE, SPACED])):
            page.set_viewport_size({"width": width, "height": 800})
            assert reader.too_wide(*worn) == [], (address, width)
        assert page.evaluate(SMALL_TARGETS) == [], address
        assert [words for words in reader.problems if "404" not in words] == [], "the policy or a missing file"
        nothing_found_by_axe(page)
        nothing_lost_in_forced_colours(page)


def test_how_pages_stand_scrolls_in_its_own_box_on_the_narrowest_phone(
    answers: dict[str, Any], browser: Browser
) -> None:
    page = (reader := Reader(answers, browser, viewport={"width": 320, "height": 800})).open(VERSIONS)
    assert reader.too_wide(PLAIN, TWICE) == []
    assert page.locator(".heard-table-wrap").evaluate("e => e.scrollWidth > e.clientWidth")


def test_easy_read_words_are_large_and_beside_their_picture(answers: dict[str, Any], browser: Browser) -> None:
    for width, pixels in ((360, 22), (1280, 24)):
        reader = Reader(answers, browser, viewport={"width": width, "height": 800})
        for code in LANGUAGES:
            page = reader.open(EASY_READ.format(code))
            words, picture = page.locator(".heard-row__words").first, page.locator(".heard-row__picture").first
            assert words.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= pixels
            beside, at = words.bounding_box(), picture.bounding_box()
            assert beside is not None
            assert at is not None
            assert (at["x"] > beside["x"]) is (code == "ur"), "the picture stands where reading starts"
            assert at["y"] < beside["y"] + beside["height"]


def test_what_cannot_be_pressed_on_paper_is_not_printed(answers: dict[str, Any], browser: Browser) -> None:
    page = Reader(answers, browser).open(EASY_READ.format("en"))
    after = "getComputedStyle(document.querySelector('.heard-foot a[href^=\"/\"]'), '::after').content"
    page.emulate_media(media="print")
    assert page.evaluate(after) in ("none", "normal"), "an address without the name of the site"
    expect(page.locator(".heard-brand__search")).to_be_hidden()


def test_easy_read_prints_on_at_most_four_sheets(answers: dict[str, Any], browser: Browser) -> None:
    reader = Reader(answers, browser, viewport={"width": 1280, "height": 800})
    for code in LANGUAGES:
        printed = reader.open(EASY_READ.format(code)).pdf(format="A4")
        assert 1 <= printed.count(b"/Type /Page\n") <= 4


def test_nothing_is_lost_in_forced_colours(answers: dict[str, Any], browser: Browser) -> None:
    reader = Reader(answers, browser, viewport={"width": 360, "height": 800}, forced_colors="active")
    page = reader.open(EASY_READ.format("ur"))
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    for kind in (".heard-unchecked", ".heard-checked", ".heard-step--main", ".heard-brand"):
        assert page.locator(kind).first.evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid", kind
