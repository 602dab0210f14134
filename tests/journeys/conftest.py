"""A real browser for the journeys, and what each page is looked over for."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests import grounds
from tests.world import PASSWORD, World, make_world

AXE_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text()
# WCAG 2.2 AA, and what axe advises beside it; only what it finds is handed over, which is far quicker on long pages.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Forced colours change colours: the rules about those are asked again.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}  # WCAG 1.4.10, reflow
TABLET = {"width": 768, "height": 1024}  # WCAG 1.4.4, text resized: twice the size on a screen of ordinary width
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Where the browser is; None lets Playwright use its own."""
    return os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="package")
def browser(django_db_setup: None, django_db_blocker: Any) -> Iterator[Browser]:
    """Chromium, without a window: one for all journeys, because starting it takes longer than most of them.

    Playwright runs a loop in this thread, and inside it Django keeps other connections than outside: those outside are
    closed before, those inside after.
    """
    with django_db_blocker.unblock():
        grounds.stand_on("")
        connections.close_all()
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield opened
        with django_db_blocker.unblock():
            connections.close_all()
        opened.close()


@pytest.fixture
def site(browser: Browser, live_server: Any, settings: Any) -> Iterator[str]:
    """The address of the invented council's installation. Passkeys are bound to a name, so it is called localhost.

    Pages ask for more behind the reader's back: what is still being answered when a journey ends is answered first,
    because the next journey gets another database."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    with _answers_counted() as being_answered:
        yield address
        until = time.monotonic() + 10
        while being_answered() and time.monotonic() < until:
            time.sleep(0.01)


@contextmanager
def _answers_counted() -> Iterator[Callable[[], int]]:
    """Gives a function that tells how many threads of the journeys' server are answering a request now."""
    answering: set[int] = set()

    def begin(**kwargs: Any) -> None:
        answering.add(threading.get_ident())

    def end(**kwargs: Any) -> None:
        answering.discard(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield lambda: len(answering - {threading.main_thread().ident})
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)


@pytest.fixture
def cast(site: str) -> World:
    """The invented council, committed, so that the browser's requests see it."""
    return make_world()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page: `open_page()` on a phone, `open_page(viewport=…, java_script_enabled=False)` otherwise.

    Fails the test afterwards if the browser refused something by policy, or a script broke.
    """
    said: list[str] = []
    with ExitStack() as opened:

        def make(**options: Any) -> Page:
            # Without the worker that gets pages at hand behind the back of every journey: one journey is about it.
            usual = {"viewport": PHONE, "base_url": site, "service_workers": "block"}
            context = browser.new_context(**{**usual, **options})
            opened.callback(context.close)
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda problem: said.append(f"Error: {problem}"))
            return page

        yield make
    assert [words for words in said if "Content Security Policy" in words or "Error" in words] == []


@pytest.fixture
def sign_in() -> Callable[[Page, Any], None]:
    """Signs in as somebody would: by the page."""

    def by_the_page(page: Page, user: Any) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/workspace/**")

    return by_the_page


@pytest.fixture
def look_over() -> Callable[..., None]:
    """Looks a page over: axe, the narrowest phone, text at twice its size, and colours that the reader forces.

    `look_over(page, within="details[open]")` looks at what has just changed on a long page that was looked over before.
    """

    def whole(page: Page, within: str = "") -> None:
        nothing_found_by_axe(page, within=within)
        before = page.viewport_size
        page.set_viewport_size(NARROWEST)
        _fits(page, "at 320 pixels")
        page.set_viewport_size(TABLET)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        _fits(page, "with text at 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(before or PHONE)
        page.emulate_media(forced_colors="active")
        nothing_found_by_axe(page, COLOURS, within=within)
        page.emulate_media(forced_colors="none")

    return whole


def nothing_found_by_axe(page: Page, options: dict[str, Any] = AXE, within: str = "") -> None:
    """Axe finds nothing on the page, or on what `within` selects of it. The script is handed over once for each page
    opened."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([within, options]) => axe.run(within || document, options).then(found => found.violations)", [within, options]
    )
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == [], page.url


def _fits(page: Page, when: str) -> None:
    beyond = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter(e => {"
        " const r = e.getBoundingClientRect(); return r.width && r.right > window.innerWidth + 1 })"
        ".map(e => e.tagName + '.' + e.className).slice(0, 5)"
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not scrolls, f"{page.url} scrolls sideways {when}: {beyond}"
