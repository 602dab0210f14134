"""What the server loads before it makes its workers, so that they share it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import get_ns_resolver
from django.utils import translation

from crm.languages.dates import day_in_words


def load_for_all_workers() -> None:
    """Load every page's code, the addresses and words of each language, and how days are written. Each worker would
    load them for itself otherwise."""
    share_addresses(get_resolver())
    day_in_words(date.min, settings.LANGUAGE_CODE)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Monday")
            _ = get_resolver().reverse_dict


def share_addresses(root: URLResolver) -> None:
    """Give all languages one table of the addresses that no language changes: all but the public site's.

    Django makes a table of every address for each language it meets, because an address may be translated: 44 MiB for
    twenty languages, of which ours need 9. Parts with a name (`workspace:`) have tables of their own, which would be
    made when a worker first writes such an address."""
    _share(root)
    for prefix, resolver in list(root.namespace_dict.values()):
        _share(get_ns_resolver(prefix, resolver, tuple(resolver.pattern.converters.items())))


class _SameInEvery(dict[str | None, Any]):
    """What Django keeps by language, where every language has the same."""

    def __init__(self, table: Any) -> None:
        super().__init__()
        self.table = table

    def __contains__(self, language: object) -> bool:
        return True

    def __getitem__(self, language: str | None) -> Any:
        return self.table


def _share(resolver: Any) -> bool:
    """Whether no language changes an address in here; then all of them have one table from now on."""
    inside = [_share(pattern) for pattern in resolver.url_patterns if isinstance(pattern, URLResolver)]
    patterns = [resolver.pattern, *(pattern.pattern for pattern in resolver.url_patterns)]
    if not all(inside) or not all(_is_plain(pattern) for pattern in patterns):
        return False
    if not isinstance(resolver._reverse_dict, _SameInEvery):
        resolver._reverse_dict = _SameInEvery(resolver.reverse_dict)
        resolver._namespace_dict = _SameInEvery(resolver.namespace_dict)
        resolver._app_dict = _SameInEvery(resolver.app_dict)
        resolver._populate = _stays_full  # whoever fills a table above calls it for each language
    return True


def _is_plain(pattern: Any) -> bool:
    """Whether a pattern is text: neither a language's prefix nor words to be translated."""
    return isinstance(getattr(pattern, "_route", getattr(pattern, "_regex", None)), str)


def _stays_full() -> None:
    """In place of Django's filling of a table."""
