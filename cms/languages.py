"""Which languages the site speaks, and how a page leads to itself in each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info, override
from wagtail.models import Locale, Site

if TYPE_CHECKING:
    from cms.models import MediaVersion, PublicPage


@dataclass(frozen=True)
class Language:
    """A language of the site: its code (BCP 47), its own name in its own script, and which way it runs."""

    code: str
    own_name: str
    direction: str


@dataclass(frozen=True)
class VersionLink:
    """A link to a page in one language; `exists` says whether the page is there or only a page that says it is not.
    `choose` leads there too and remembers the language; empty where there is nothing to remember."""

    language: Language
    href: str
    current: bool
    exists: bool
    choose: str = ""


def language(code: str) -> Language:
    """The facts about a language. Raises KeyError when the settings know nothing about it."""
    facts = get_language_info(code)
    return Language(code=code, own_name=facts["name_local"], direction="rtl" if facts["bidi"] else "ltr")


def home_pages(request: HttpRequest) -> dict[str, Any]:
    """Language code → the home page that the public may read in it, in the order of the settings; two queries."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    homes = apps.get_model("cms", "HomePage").objects.live().select_related("locale")
    found = {home.language: home for home in homes.filter(translation_key=_key_of(site)) if home.is_shown}
    return {code: found[code] for code, _ in settings.LANGUAGES if code in found}


def answered_in() -> list[str]:
    """The languages in which the site has at least the words to say that a page is not there yet and to take a request:
    those that somebody checked; in the demonstration all."""
    return [
        code
        for code in settings.LANGUAGES_WITH_WORDS
        if settings.SHOW_UNREVIEWED_LANGUAGES or code in settings.SITE_WORDS_CHECKED_BY
    ]


def _key_of(site: Site) -> Any:
    return site.root_page.translation_key


def version_links(page: PublicPage, request: HttpRequest, reading: str = "") -> list[VersionLink]:
    """A link for every language the site speaks: to this page in it, or to the page that offers to read it aloud.

    `reading` is the language being read, when that is another than the page's own.
    """
    here = reading or page.language
    homes = home_pages(request)
    shown = {**homes} if page.language in homes and homes[page.language].pk == page.pk else _versions(page)
    shown[page.language] = page
    spoken = {*homes, page.language, *answered_in()}
    return [_link(code, page, shown.get(code), here, request) for code, _ in settings.LANGUAGES if code in spoken]


def _versions(page: PublicPage) -> dict[str, PublicPage]:
    rows = type(page)._default_manager.live().filter(translation_key=page.translation_key).select_related("locale")
    return {version.language: version for version in rows if version.is_shown}


def links_in(homes: dict[str, Any], links: Iterable[VersionLink]) -> list[VersionLink]:
    """Links for a page that is in every language with a first page, and beside them, to their own first screen, the
    languages that have words only; in the order of the settings."""
    others = [
        VersionLink(language(code), f"/{code}/", current=False, exists=False)
        for code in answered_in()
        if code not in homes
    ]
    order = {code: place for place, (code, _) in enumerate(settings.LANGUAGES)}
    return sorted([*links, *others], key=lambda link: order[link.language.code])


def voice_links(recordings: Iterable[MediaVersion], there: Iterable[VersionLink]) -> list[VersionLink]:
    """A link to each recording of a page, or the place of one, in a language that it cannot be read in: people speak
    Pahari, and few read it."""
    codes = {voice.language for voice in recordings} - {link.language.code for link in there}
    return [
        VersionLink(language(code), "#listen", current=False, exists=False)
        for code, _ in settings.LANGUAGES
        if code in codes
    ]


def _link(code: str, page: PublicPage, version: PublicPage | None, here: str, request: HttpRequest) -> VersionLink:
    href = (version.get_url(request) or "") if version else not_yet_address(code, page)
    choose = choose_address(code, page) if version else ""
    return VersionLink(language(code), href, current=code == here, exists=version is not None, choose=choose)


def choose_address(code: str, page: Any) -> str:
    """The address that remembers a language and leads on to the page in it."""
    with override(code):
        return reverse("public_choose", kwargs={"key": page.translation_key})


def not_yet_address(code: str, page: Any) -> str:
    """The address, in a language, of the page that says that this one is not there yet."""
    with override(code):
        return reverse("public_not_yet", kwargs={"key": page.translation_key})


def make_locales() -> None:
    """A Wagtail locale for every language in the settings. It makes no pages."""
    for code, _ in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def about_the_site(page: PublicPage, request: HttpRequest, known: Iterable[PublicPage] = ()) -> dict[str, str]:
    """Where the accessibility statement and what we do with data stand on the site: kind → address, in the language of
    a page or else in the site's own; empty for one the public may not read. `known` pages of the page's language are
    not asked for again; otherwise two queries."""
    found: dict[str, str] = {}
    for name, kind in (("accessibility", "AccessibilityPage"), ("privacy", "PrivacyPage")):
        model = apps.get_model("cms", kind)
        shown = [one for one in known if isinstance(one, model)] or _about(model, page)
        found[name] = (shown[0].get_url(request) or "") if shown else ""
    return found


def _about(model: Any, page: PublicPage) -> list[Any]:
    rows = model.objects.live().select_related("locale")
    there = rows.filter(locale__language_code__in=(page.language, settings.LANGUAGE_CODE))
    return sorted((one for one in there if one.is_shown), key=lambda one: one.language != page.language)
