"""The demonstration's public site: a home page and one topic with its Easy Read twin, in three languages.

The words lie in `cms/data/demonstration`, one file a language. A machine translated them and nobody has checked them;
every page says so. The council's name, numbers and addresses come from its own record.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.html import escape
from wagtail.models import Locale, Page, Site

from cms.languages import make_locales
from cms.models import EasyReadPage, HomePage, InformationPage, PublicPage
from cms.offices import open_the_editor
from cms.versions import MadeHow
from crm.areas.models import Council
from crm.base.demonstration import Say

WORDS = Path(__file__).parent / "data" / "demonstration"
SLUGS = {"home": "home", "page": "come-and-talk", "easy_read": "easy-read"}


def load_pages(say: Say) -> None:
    """Make the pages, or bring them to the words in the files. Running it again changes nothing."""
    make_locales()
    _root()
    open_the_editor(apps)
    council = Council.objects.first()
    name = council.name if council else settings.WAGTAIL_SITE_NAME
    languages = [code for code, _ in settings.LANGUAGES if (WORDS / f"{code}.json").exists()]
    english: dict[str, PublicPage] = {}
    for code in languages:
        words = json.loads((WORDS / f"{code}.json").read_text(encoding="utf-8"))
        pages = _pages_in(code, _filled(words, name), english)
        english = english or pages
        if english is pages:
            _open_site(pages["home"], name)
    say(f"Public site: {3 * len(languages)} pages in {len(languages)} languages")


def _pages_in(code: str, words: dict[str, Any], english: dict[str, PublicPage]) -> dict[str, PublicPage]:
    locale = Locale.objects.get(language_code=code)
    root = _root()
    made: dict[str, PublicPage] = {}
    kinds: list[tuple[str, type[PublicPage], str | None]] = [
        ("home", HomePage, None),
        ("page", InformationPage, "home"),
        ("easy_read", EasyReadPage, "page"),
    ]
    for name, kind, above in kinds:
        fields = {**_fields(words[name]), **_how_made(words["made"]), "locale": locale}
        # Home pages lie side by side, so each needs a slug of its own; it is not part of the address.
        fields["slug"] = f"{SLUGS[name]}-{code}" if name == "home" else SLUGS[name]
        if english:
            fields["translation_key"] = english[name].translation_key
        fields["made_from"] = _made_from(name, made, english)
        made[name] = _put(kind, made[above] if above else root, fields)
    return made


def _filled(value: Any, council: str) -> Any:
    """The words with the council's name in them; inside rich text it is escaped."""
    if isinstance(value, dict):
        return {name: _filled(inner, council) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, council) for inner in value]
    return value.replace("{council}", escape(council) if value.startswith("<") else council)


def _fields(words: dict[str, Any]) -> dict[str, Any]:
    """The words as a page takes them: bodies as their stored text."""
    return {name: json.dumps(value) if isinstance(value, list) else value for name, value in words.items()}


def _made_from(name: str, made: dict[str, PublicPage], english: dict[str, PublicPage]) -> Page | None:
    """A translation is made from the English page of its own kind, and English Easy Read from the full page."""
    source = english.get(name) or (made["page"] if name == "easy_read" else None)
    return Page.objects.get(pk=source.pk) if source is not None else None


def _root() -> Page:
    """The root of the page tree, which `migrate` makes."""
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _how_made(made: dict[str, str]) -> dict[str, Any]:
    """Who made the words and how. Nobody checked them, and nothing here says that somebody did."""
    return {
        "made_by": made["by"],
        "made_how": MadeHow(made["how"]),
        "review_date": date.fromisoformat(made["review_date"]),
    }


def _put(kind: type[PublicPage], parent: Page, fields: dict[str, Any]) -> PublicPage:
    """Make the page below its parent, or change the one that is there. An unchanged page is left alone."""
    page = kind._default_manager.child_of(parent).filter(slug=fields["slug"], locale=fields["locale"]).first()
    if page is None:
        page = kind(live=False, **fields)
        parent.add_child(instance=page)
    elif page.live and _same(page, kind(**fields)):
        return page
    else:
        for name, value in fields.items():
            setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _same(there: PublicPage, wanted: PublicPage) -> bool:
    return there.words() == wanted.words() and there.made_how == wanted.made_how and not there.is_stale


def _open_site(home: PublicPage, name: str) -> None:
    """The site begins at this page. Wagtail's own welcome page goes."""
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": name}
    )
    Page.objects.filter(depth=2, content_type__model="page").exclude(pk=home.pk).delete()
