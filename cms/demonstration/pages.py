"""Makes the demonstration's public site, or brings it to the words in the files. Running it again changes nothing.

Nobody has checked these words, and nothing here says that somebody did; every page says so. The council's name, its
numbers, its localities and its forums come from its own record.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page

from cms import models
from cms.demonstration.media import load_media
from cms.demonstration.words import Message, Words, body_of, languages, words_in_language
from cms.languages import make_locales
from cms.models import EasyReadPage, HomePage, PublicPage
from cms.offices import open_the_editor
from cms.opening import begin_at, root_of_pages
from cms.versions import MadeHow
from crm.areas.models import Area, Council
from crm.base.demonstration import Say
from engagement.forums.models import Forum

KINDS: dict[str, type[PublicPage]] = {
    "information": models.InformationPage, "news": models.NewsPage, "forum": models.ForumPage,
    "forums": models.ForumsPage, "panels": models.PanelsPage, "directory": models.DirectoryPage,
    "you_said": models.YouSaidPage, "report": models.ReportPage, "letters": models.LettersPage,
    "contact": models.ContactPage, "accessibility": models.AccessibilityPage, "privacy": models.PrivacyPage,
    "locality": models.LocalityPage,
}  # fmt: skip
EASY = "easy-read"
OF_THE_CITY = " of the city"
SIDES = {"Central": "centre", "East": "east", "North": "north", "South": "south", "West": "west"}
# Address of the page in English ("" for the first one) and whether it is Easy Read → the page.
English = dict[tuple[str, bool], PublicPage]


def load_pages(say: Say) -> None:
    """Make the pages, their films and their recordings."""
    make_locales()
    root = root_of_pages()
    open_the_editor(apps)
    council = Council.objects.first()
    name = council.name if council else settings.WAGTAIL_SITE_NAME
    english: English = {}
    made = 0
    for code in languages():
        words = words_in_language(code, name)
        if not english:
            words = replace(words, messages=[*words.messages, *_localities()])
        pages = pages_in(code, words, english, root)
        if not english:
            english = pages
            begin_at(pages["", False], name)
        made += len(pages)
    load_media(english)
    say(f"Public site: {made} pages in {len(languages())} languages")


def pages_in(code: str, words: Words, english: English, root: Page) -> English:
    """Make the pages of one language. `english` holds those they are made from, and is empty for English."""
    always = {**_how_made(words.made), "locale": Locale.objects.get(language_code=code)}
    # Home pages lie side by side, so each needs a slug of its own; it is not part of the address.
    home = _put(HomePage, root, {**always, **words.home, "slug": f"home-{code}"}, english.get(("", False)))
    made: English = {("", False): home}
    for message in words.messages:
        source = english.get((message.slug, False))
        fields = {**always, **message.fields, **_from_the_record(message), "slug": message.slug}
        page = made[message.slug, False] = _put(KINDS[message.kind], home, fields, source)
        if message.easy:
            source = english.get((message.slug, True))
            twin = _put(
                EasyReadPage, page, {**always, **message.easy, "slug": EASY}, source or page, source is not None
            )
            made[message.slug, True] = twin
    return made


def _from_the_record(message: Message) -> dict[str, Any]:
    """The forum that the page of one is about."""
    if message.kind != "forum":
        return {}
    return {"forum": Forum.objects.public().upcoming().first()}


def _localities() -> list[Message]:
    """A landing page for every locality of the council's own record."""
    words = "## Who works here\nThe team for {0} works with the groups near you. Ask for a visit, or come to a forum."
    return [
        Message(
            "locality",
            f"in-{slugify(where.removesuffix(OF_THE_CITY))}",
            {
                "title": f"Care and support in {where}",
                "summary": f"Forums and pages for {where}.",
                "body": json.dumps(body_of(words.format(where))),
                "locality": area,
            },
        )
        for area in Area.objects.localities()
        for where in [as_said(area.name)]
    ]


def as_said(name: str) -> str:
    """How people say where that is: in the centre of the city, or in a place that has a name of its own."""
    return f"the {SIDES[name]}{OF_THE_CITY}" if name in SIDES else name


def _how_made(made: dict[str, str]) -> dict[str, Any]:
    """Who made the words and how. Nobody checked them, and nothing here says that somebody did."""
    return {
        "made_by": made["by"],
        "made_how": MadeHow(made["how"]),
        "review_date": date.fromisoformat(made["review_date"]),
    }


def _put(
    kind: type[PublicPage], parent: Page, fields: dict[str, Any], source: PublicPage | None, translated: bool = True
) -> PublicPage:
    """Make the page below its parent, or change the one that is there; an unchanged one is left alone. `translated`
    says that it is its source in another language, not another format of it."""
    fields["made_from"] = source.page_ptr if source is not None else None
    if source is not None and translated:
        fields["translation_key"] = source.translation_key
    there = kind._default_manager.child_of(parent).filter(slug=fields["slug"], locale=fields["locale"])
    page = None if parent.is_leaf() else there.first()
    if page is None:
        # Live at once and without a revision: making one for each takes longer than all the rest.
        now = timezone.now()
        page = kind(live=True, first_published_at=now, last_published_at=now, **fields)
        parent.add_child(instance=page)
        return page
    if page.live and _same(page, kind(**fields)):
        return page
    for name, value in fields.items():
        setattr(page, name, value)
    page.bring_up_to_date()
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _same(there: PublicPage, wanted: PublicPage) -> bool:
    return there.words() == wanted.words() and there.made_how == wanted.made_how and not there.is_stale
