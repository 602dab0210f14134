"""A real browser for the journeys, and what each page is looked over for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.world import PASSWORD, World, make_world

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


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the invented council's installation. Passkeys are bound to a name, so it is called localhost."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    return address


@pytest.fixture
def cast(site: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """The invented council, committed, so that the browser's requests see it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread
    return make_world()


@pytest.fixture
def browser(cast: World) -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        connections.close_all()  # Django keeps another connection inside Playwright's loop
        yield opened
        connections.close_all()
        opened.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page: `open_page()` on a phone, `open_page(viewport=…, java_script_enabled=False)` otherwise.

    Fails the test afterwards if the browser refused something by policy, or a script broke.
    """
    said: list[str] = []

    def make(**options: Any) -> Page:
        page = browser.new_context(**{"viewport": PHONE, "base_url": site, **options}).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda problem: said.append(f"Error: {problem}"))
        return page

    yield make
    assert [words for words in said if "Content Security Policy" in words or words.startswith("Error")] == []


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
def look_over() -> Callable[[Page], None]:
    """Looks a page over: axe, the narrowest phone, text at twice its size, and colours that the reader forces."""

    def whole(page: Page) -> None:
        _axe(page)
        before = page.viewport_size
        page.set_viewport_size(NARROWEST)
        _fits(page, "at 320 pixels")
        page.set_viewport_size(TABLET)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        _fits(page, "with text at 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(before or PHONE)
        page.emulate_media(forced_colors="active")
        _axe(page, COLOURS)
        page.emulate_media(forced_colors="none")

    return whole


def _axe(page: Page, options: dict[str, Any] | None = None) -> None:
    found = Axe().run(page, options=options or AXE).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == [], page.url


def _fits(page: Page, when: str) -> None:
    beyond = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter(e => {"
        " const r = e.getBoundingClientRect(); return r.width && r.right > window.innerWidth + 1 })"
        ".map(e => e.tagName + '.' + e.className).slice(0, 5)"
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not scrolls, f"{page.url} scrolls sideways {when}: {beyond}"
