"""A real browser for the journeys, and what each page is looked over for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from crm.accounts.models import User
from tests import browsers, grounds
from tests.looking import nothing_found_by_axe, nothing_lost_in_forced_colours
from tests.world import PASSWORD, World, make_world

PHONE: ViewportSize = {"width": 320, "height": 640}  # the narrowest there is: WCAG 1.4.10, reflow
TABLET: ViewportSize = {"width": 768, "height": 1024}  # WCAG 1.4.4, text resized: twice as large on an ordinary screen
DESK: ViewportSize = {"width": 1280, "height": 900}


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
        opened = browsers.opened_by(playwright)
        yield opened
        with django_db_blocker.unblock():
            connections.close_all()
        opened.close()


@pytest.fixture
def site(browser: Browser, live_server: Any, settings: Any) -> Iterator[str]:
    """The address of the invented council's installation. Passkeys are bound to a name, so it is called localhost.

    Pages ask for more behind the reader's back: what is still being answered when a journey ends is answered first,
    because the next journey gets another database. No thread keeps its connection: SQLite, closing the last one to a
    database that is gone, takes away the log of the one that has its name now."""
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
def sign_in_by_the_page() -> Callable[[Page, User], None]:
    """Signs in as somebody would, and stands on the first page of the workspace: for journeys that are about it."""

    def by_the_page(page: Page, user: User) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/workspace/**")

    return by_the_page


@pytest.fixture
def sign_in(site: str, signed_in: Callable[[User], Client]) -> Callable[[Page, User], None]:
    """Signs in without a page: the next page that is opened knows who opens it."""

    def by_the_cookie(page: Page, user: User) -> None:
        kept = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": kept.key, "value": kept.value, "url": site}])

    return by_the_cookie


@pytest.fixture
def look_over() -> Callable[..., None]:
    """Looks a page over: axe, the narrowest phone, text at twice its size, and colours that the reader forces.

    `look_over(page, also=DESK)` asks axe again on a wide screen, where tables are tables and columns stand side by
    side. What fits was asked at both sizes already that matter to it.
    """

    def whole(page: Page, also: ViewportSize | None = None) -> None:
        nothing_found_by_axe(page)
        before = page.viewport_size or PHONE
        if before["width"] != PHONE["width"]:
            page.set_viewport_size(PHONE)
        _fits(page, "at 320 pixels")
        page.set_viewport_size(TABLET)
        _fits(page, "with text at 200 %", size="200%")
        if also:
            page.set_viewport_size(also)
            nothing_found_by_axe(page)
            nothing_lost_in_forced_colours(page)
        page.set_viewport_size(before)
        nothing_lost_in_forced_colours(page)

    return whole


def _fits(page: Page, when: str, size: str = "") -> None:
    beyond = page.evaluate(
        "size => { const root = document.documentElement; root.style.fontSize = size; try {"
        " return root.scrollWidth <= window.innerWidth ? null : [...document.querySelectorAll('body *')].filter(e => {"
        " const r = e.getBoundingClientRect(); return r.width && r.right > window.innerWidth + 1 })"
        ".map(e => e.tagName + '.' + e.className).slice(0, 5) } finally { root.style.fontSize = '' } }",
        size,
    )
    assert beyond is None, f"{page.url} scrolls sideways {when}: {beyond}"
