"""The editor of our blocks in a real browser, beside Wagtail's own: what axe finds in ours it finds in Wagtail's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Route

from tests.cms import stock_editor
from tests.cms.conftest import PublicSite
from tests.cms.test_editor import enter
from tests.cms.test_in_browser import Reader, a_browser
from tests.looking import SCRIPT

pytestmark = pytest.mark.journey
EVERY = [
    {"type": "address", "value": {"words": "Mill Street", "language": "en"}},
    {"type": "picture", "value": {"image": None, "caption": ""}},
    {"type": "document", "value": None},
    {"type": "forums", "value": {"locality": "", "community": "", "most": 5}},
    {"type": "groups", "value": {"locality": "", "language": "", "community": "", "access": "", "most": 3}},
    {"type": "champions", "value": {"locality": "", "most": 3}},
    {"type": "calls", "value": {"most": 3}},
]
NAMED = """(rules, options, done) => done(rules.flatMap(rule =>
    rule.violations.map(({node}) => [rule.id, node.element.cloneNode(false).outerHTML])))"""
WAGTAILS_OWN = ("/cms/jsi18n/", "/cms/sprite/")


class Editor(Reader):
    """A window of the editor. What it asks for by itself while it stands (previews, comments) is left unanswered."""

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/") or path in self.answers:
            super()._answer(route)
        else:
            route.abort()


@pytest.fixture
def answers(site: PublicSite, signed_in: Any, settings: Any) -> dict[str, Any]:
    """Address → the form of a page with every block there is, of Easy Read, and of Wagtail's own blocks."""
    settings.ROOT_URLCONF = stock_editor.__name__
    page, easy = site.page("page"), site.page("easy_read")
    page.body = json.dumps([*page.body.get_prep_value()[:2], *EVERY])
    sections = easy.sections.get_prep_value()[:1]
    sections[0]["value"]["rows"] = sections[0]["value"]["rows"][:1]
    easy.sections = json.dumps(sections)
    client = enter(site, signed_in, "publisher")
    for one in (page, easy):
        one.save_revision()
    forms = [reverse("wagtailadmin_pages:edit", args=[one.pk]) for one in (page, easy)]
    return {address: client.get(address) for address in (stock_editor.ADDRESS, *forms, *WAGTAILS_OWN)}


@pytest.fixture
def browser(answers: dict[str, Any]) -> Iterator[Browser]:
    """Opened after the answers: in its thread the database is another."""
    with a_browser() as opened:
        yield opened


def test_our_blocks_add_nothing_that_axe_finds_and_wagtails_own_lack(
    answers: dict[str, Any],
    browser: Browser,
) -> None:
    editor = Editor(answers, browser)
    found = {address: what_axe_finds(editor, address) for address in answers if address not in WAGTAILS_OWN}
    stock = found.pop(stock_editor.ADDRESS)
    assert stock, "Wagtail's own blocks are clean now: ask the same of ours, and drop this comparison"
    assert {address: more for address, ours in found.items() if (more := ours - stock)} == {}


def what_axe_finds(editor: Editor, address: str) -> set[tuple[str, str]]:
    """Each rule that is broken, and by what kind of element: its name, type and role, not its id."""
    page = editor.open(address)
    page.wait_for_selector("[data-contentpath], .public-DraftEditor-content")
    page.evaluate(SCRIPT)
    found = page.evaluate(f"axe.run('main form', {{reporter: {NAMED}}})")
    return {(rule, kind(html)) for rule, html in found}


def kind(html: str) -> str:
    """What sort of element it is."""
    tag = html.split(">", maxsplit=1)[0]
    return " ".join([tag.split()[0], *sorted(re.findall(r'(?:type|role)="[^"]*"', tag))])
