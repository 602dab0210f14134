"""What stands between a page and the public, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError

from cms.versions import MadeHow
from cms.words import sentences
from crm.base.rules import Blocker

if TYPE_CHECKING:
    from cms.models import PublicPage

# Easy Read: a sentence of more words than this gets a warning, and of more than that does not go live.
LONG_SENTENCE = 15
TOO_LONG_SENTENCE = 20


class NotReady(ValidationError):
    """A page was to go live and its rules say no. `blockers` holds every reason."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__([blocker.words for blocker in blockers])


def blockers_to_going_live(page: PublicPage) -> list[Blocker]:
    """Every reason why this page cannot be live yet."""
    return [*_blockers_of_review(page), *_blockers_of_words(page)]


def may_be_shown(page: PublicPage) -> bool:
    """Whether the public may read this page: it is live, and it is reviewed or this is the demonstration."""
    return page.live and not _blockers_of_review(page)


def needs_banner(page: PublicPage) -> bool:
    """Whether the page must say that nobody has checked it. Only the demonstration shows such a page at all."""
    return bool(_missing_review(page))


def long_sentences(words: list[str], limit: int = LONG_SENTENCE) -> list[str]:
    """The sentences with more words than the limit."""
    return [sentence for sentence in sentences(words) if len(sentence.split()) > limit]


def _blockers_of_review(page: PublicPage) -> list[Blocker]:
    return [] if settings.SHOW_UNREVIEWED_LANGUAGES else _missing_review(page)


def _missing_review(page: PublicPage) -> list[Blocker]:
    found = []
    if page.made_how == MadeHow.MACHINE_ONLY:
        words = "A machine made these words. A person must work on them before the public reads them."
        found.append(Blocker("machine_only", words, "made_how"))
    if not page.is_checked:
        words = "Nobody has checked these words. Say who checked them, when and how."
        found.append(Blocker("not_checked", words, "checked_by"))
    if page.locale.language_code not in settings.SITE_WORDS_CHECKED_BY:
        words = f"The buttons and notes of the site in {page.locale.get_display_name()} have not been checked."
        found.append(Blocker("site_words_not_checked", words))
    return found


def _blockers_of_words(page: Any) -> list[Blocker]:
    found = []
    if page.alias_of_id:
        found.append(Blocker("alias", "This page only repeats another. Make a version of its own."))
    same = page.still_in_source_language()
    if same:
        found.append(Blocker("still_in_source_language", f"Not translated yet: {same[0]}"))
    too_long = long_sentences(page.words(), TOO_LONG_SENTENCE) if page.is_easy_read else []
    if too_long:
        found.append(Blocker("sentence_too_long", f"Easy Read needs shorter sentences than: {too_long[0]}"))
    return found
