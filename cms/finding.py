"""Search across the pages of the site and the directory, forgiving of spelling and script.

There are some hundred pages in a language, so their keys are made once for each edition of the site and kept in memory;
groups are found by the record's own keys. What somebody looks for is sent by POST and written down nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from wagtail.models import Page

from cms import freshness
from cms.models import PublicPage
from crm.base.text import search_key, search_words
from crm.directory.models import DirectoryEntry
from crm.search.ranking import how_well

LONGEST = 100
MOST_WORDS = 8
MOST = 12
# Of 100: a title forgives a slip in a word; in all the words of a page, of which one is always a little like another,
# a word must stand whole, begin so or sound the same.
LEAST_IN_TITLE, LEAST_IN_WORDS = 70.0, 84.0
A_TITLE_FIRST = 100.0


@dataclass(frozen=True)
class Entry:
    """One page as search knows it: its title's key and the key of all its words."""

    title: str
    summary: str
    address: str
    language: str
    is_easy_read: bool
    title_key: str
    key: str


@dataclass(frozen=True)
class Found:
    """Pages in the reader's language, pages in the site's own, and groups."""

    pages: list[Entry]
    others: list[Entry]
    groups: list[DirectoryEntry]

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.others or self.groups)


def find(words: str, code: str) -> Found:
    """What these words may mean, for a reader of a language. In another language than the site's own, its pages come
    after the reader's."""
    asked = search_words(words[:LONGEST])[:MOST_WORDS]
    if not asked:
        return Found([], [], [])
    mark = freshness.stamp()
    others = [] if code == settings.LANGUAGE_CODE else _likely(asked, pages_in(settings.LANGUAGE_CODE, mark))
    return Found(_likely(asked, pages_in(code, mark)), others, _groups(asked, mark))


@lru_cache(maxsize=64)
def pages_in(code: str, mark: str) -> tuple[Entry, ...]:
    """Every page of a language that the public may read, as of an edition of the site."""
    rows = Page.objects.live().filter(locale__language_code=code).specific().order_by("path")
    return tuple(_entry(page) for page in rows if isinstance(page, PublicPage) and page.is_shown)


@lru_cache(maxsize=4)
def _group_keys(mark: str) -> dict[Any, tuple[str, str]]:
    """Entry → the key of its name, and of all anyone may read of it."""
    rows = DirectoryEntry.objects.public().for_list()
    return {entry.pk: (search_key(entry.organisation.name), search_key(_said(entry))) for entry in rows}


def _said(entry: DirectoryEntry) -> str:
    group = entry.organisation
    spoken = " ".join(f"{language.name} {language.own_name}" for language in group.languages.all())
    return f"{group.name} {entry.about} {entry.meets} {group.place} {group.area.name if group.area else ''} {spoken}"


def _entry(page: PublicPage) -> Entry:
    return Entry(
        title=page.title,
        summary=str(getattr(page, "summary", "")),
        address=page.url or "",
        language=page.language,
        is_easy_read=page.is_easy_read,
        title_key=search_key(page.title),
        key=search_key(" ".join(page.words())),
    )


def _likely(asked: Sequence[str], entries: Sequence[Entry]) -> list[Entry]:
    scored = [(_score(asked, entry.title_key, entry.key), place, entry) for place, entry in enumerate(entries)]
    return [entry for score, _, entry in sorted(scored, key=lambda row: (-row[0], row[1])) if score][:MOST]


def _groups(asked: Sequence[str], mark: str) -> list[DirectoryEntry]:
    scored = {pk: _score(asked, name, said) for pk, (name, said) in _group_keys(mark).items()}
    wanted = sorted((pk for pk in scored if scored[pk]), key=lambda pk: -scored[pk])[:MOST]
    rows = {entry.pk: entry for entry in DirectoryEntry.objects.public().for_list().filter(pk__in=wanted)}
    return [rows[pk] for pk in wanted if pk in rows]


def _score(asked: Sequence[str], title: str, words: str) -> float:
    """How likely something is meant; 0 for what is not. What the title answers comes before what is further down."""
    in_title, in_words = how_well(asked, title), how_well(asked, words)
    if in_title >= LEAST_IN_TITLE:
        return in_title + A_TITLE_FIRST
    return in_words if in_words >= LEAST_IN_WORDS else 0.0
