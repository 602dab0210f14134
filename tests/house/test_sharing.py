"""What the server loads once for all its workers: one table of addresses for all languages, and the same addresses."""

from __future__ import annotations

import runpy
import subprocess
import sys
from types import ModuleType

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import NoReverseMatch, URLResolver, get_resolver, include, path, reverse
from django.urls.resolvers import RegexPattern
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.generic import View
from gunicorn.config import Config

from settings.sharing import share_addresses

LANGUAGES = [code for code, _name in settings.LANGUAGES]
page = View.as_view()


def addresses() -> URLResolver:
    """A site of its own, with every kind of address: plain, named, with a language before it, and translated."""
    named = ([path("one/<int:number>/", page, name="one")], "named")
    return URLResolver(
        RegexPattern(r"^/"),
        [
            path("plain/<int:number>/", page, name="plain"),
            path("inside/", include([path("deep/", page, name="deep"), path("named/", include(named))])),
            path("translated/", include([path(gettext_lazy("Search"), page, name="translated")])),
            *i18n_patterns(path("public/", page, name="public")),
        ],  # type: ignore[arg-type]
    )


def tables(site: URLResolver) -> dict[str, dict[str, list[object]]]:
    """Every address that Django can write, by language."""
    found = {}
    for language in [*LANGUAGES, None]:
        with translation.override(language):
            found[str(language)] = {str(name): site.reverse_dict.getlist(name) for name in site.reverse_dict}
    return found


def test_every_language_writes_the_same_addresses_as_before():
    as_django_makes_them, shared = addresses(), addresses()
    share_addresses(shared)
    assert tables(shared) == tables(as_django_makes_them)
    assert tables(shared)["ur"]["public"] != tables(shared)["en"]["public"]


def test_only_what_a_language_changes_has_a_table_for_each():
    site = addresses()
    share_addresses(site)
    tables(site)
    inside = [pattern for pattern in site.url_patterns if isinstance(pattern, URLResolver)]
    kept = {str(part.pattern): len({id(part.reverse_dict) for _ in _in_each_language()}) for part in inside}
    languages = len(LANGUAGES)
    assert kept == {"inside/": 1, "translated/": languages, "en/": languages}


def _in_each_language():
    for language in LANGUAGES:
        with translation.override(language):
            yield language


@pytest.mark.parametrize("language", [*LANGUAGES, None])
def test_our_own_addresses_are_written_in_every_language(language):
    share_addresses(get_resolver())
    with translation.override(language):
        assert reverse("workspace:home") == "/workspace/"
        assert reverse("account_login") == "/accounts/login/"
        assert reverse("public_search") == f"/{language or settings.LANGUAGE_CODE}/search/"
        with pytest.raises(NoReverseMatch):
            reverse("workspace:nothing_of_that_name")


def test_all_but_the_public_site_has_one_table():
    share_addresses(get_resolver())
    several = [
        str(part.pattern)
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and _table_in(part, "en") is not _table_in(part, "ur")
    ]
    assert several == ["en/"]


def _table_in(part: URLResolver, language: str) -> object:
    with translation.override(language):
        return part.reverse_dict


LOADS = """
import sys
import settings.wsgi
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pypdf", "fontTools", "weasyprint"}))
"""


def test_the_server_starts_without_what_reads_and_makes_pdfs():
    found = subprocess.run(
        [sys.executable, "-c", LOADS], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    assert found.stdout.split() == [], (
        "Each worker would hold it. Name it where it is needed (`cms/file_words.py` does)."
    )


def test_gunicorn_knows_every_setting_of_ours_and_opens_no_socket_to_command_it():
    """It passes over a setting that it does not know, without a word."""
    ours = runpy.run_path(str(settings.BASE_DIR / "settings" / "gunicorn.py"))
    given = {name: value for name, value in ours.items() if name.islower() and not name.startswith("_")}
    taken = Config()
    for name, value in given.items():
        if not isinstance(value, ModuleType):
            taken.set(name, value)
    assert taken.control_socket_disable
    assert taken.worker_class_str == "gthread"
