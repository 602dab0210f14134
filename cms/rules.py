"""What stands between a page and the public, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.easyread import LONG_SENTENCE, MOST_PAGES, TOO_LONG_SENTENCE, remarks_on_row, rows_of
from cms.translating import translators_of
from cms.versions import LONGEST_UNTIL_REVIEW, CheckMethod, MadeHow, Provenance
from cms.words import mark_of, sentences
from crm.accounts.models import User
from crm.base.rules import Blocker

if TYPE_CHECKING:
    from cms.details import CheckDetails
    from cms.models import MediaVersion, PublicPage

STALE = Blocker(
    "stale",
    "What this was made from has changed. Bring it up to date, or say why it may go out as it is.",
    "stale_reason",
)
STEPS_OF_WORKFLOW = {
    "access": Blocker(
        "no_access_check", "Nobody has checked that everybody can use these words. Send it for checking."
    ),
    "community": Blocker("no_community_check", "Nobody it is for has read these words. Send it for checking."),
}
OWN_WORK = Blocker("own_work", "Somebody else than the maker must check it.", "checked_by")


NO_COUNCIL = Blocker("council_missing", "There is no council yet. Run load_areas first")
NO_ADDRESS = Blocker(
    "address_missing", "SITE_ADDRESS must name the address of the site, like https://heard.example.gov.uk"
)


class NotReady(ValidationError):
    """A page was to go live and its rules say no. `blockers` holds every reason."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__([blocker.words for blocker in blockers])


def blockers_to_going_live(page: PublicPage) -> list[Blocker]:
    """Every reason why this page cannot be live yet."""
    return [
        *_blockers_of_review(page),
        *_blockers_of_check(page),
        *_blockers_of_words(page),
        *_blockers_of_the_newsroom(page),
    ]


def blockers_to_opening(council: Any, hostname: str, other: Any) -> list[Blocker]:
    """Why the public site cannot begin yet. `other` is another site of Wagtail's that has its address."""
    found = [*([] if council else [NO_COUNCIL]), *([] if hostname else [NO_ADDRESS])]
    if other is not None:
        name, at = other.site_name or other.pk, f"{other.hostname}:{other.port}"
        words = f"Another site, \u201c{name}\u201d, has the address {at} already. Delete it or give it another"
        found.append(Blocker("address_taken", words))
    return found


def blockers_to_showing(media: MediaVersion) -> list[Blocker]:
    """Every reason why a film or a recording cannot be shown yet; a place for a planned one shows nobody's work."""
    found = [] if settings.SHOW_UNREVIEWED_LANGUAGES or not media.file else _missing_check(media)
    if media.file and media.is_stale and not media.stale_reason:
        found.append(STALE)
    if media.file and media.kind == "bsl" and not media.captions:
        found.append(Blocker("no_captions", "A film needs captions. Add them as a VTT file.", "captions"))
    return found


def may_media_be_shown(media: MediaVersion) -> bool:
    """Whether the public may see or hear it: it is marked as shown, and checked or this is the demonstration."""
    return media.shown and (settings.SHOW_UNREVIEWED_LANGUAGES or not media.file or not _missing_check(media))


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


def _blockers_of_check(page: PublicPage) -> list[Blocker]:
    """The check must be of these words, and nobody checks their own translation."""
    found = []
    if page.made_from_mark and page.is_stale and not page.stale_reason:
        found.append(STALE)
    if settings.SHOW_UNREVIEWED_LANGUAGES:
        return found
    if page.was_checked_for_other_words():
        words = (
            "The words have changed since they were checked. Have them checked again, or say which slip you corrected."
        )
        found.append(Blocker("checked_before", words, "checked_by"))
    if page.is_checked and same_person(page.checked_by, page.made_by):
        found.append(OWN_WORK)
    return found


def blockers_to_signing_off(page: PublicPage, details: CheckDetails, actor: User) -> list[Blocker]:
    """What is missing of a check, and why this person cannot be the one who signs it off."""
    found = _missing_of_check(details)
    if details.made_how not in MadeHow.values or details.made_how == MadeHow.MACHINE_ONLY:
        words = "A machine made these words. A person must work on them before they can be signed off"
        found.append(Blocker("machine_only", words, "made_how"))
    if details.review_date is None or details.review_date > timezone.localdate() + LONGEST_UNTIL_REVIEW:
        found.append(Blocker("review_too_late", "Choose a day within the next 12 months", "review_date"))
    if actor.pk in {page.worked_on_by_id, *translators_of(page)}:
        found.append(Blocker("own_translation", "You worked on these words. Somebody else must sign them off"))
    return found


def _missing_of_check(details: CheckDetails) -> list[Blocker]:
    found = []
    if not details.checked_by.strip():
        found.append(Blocker("checker_missing", "Write who checked it", "checked_by"))
    elif same_person(details.checked_by, details.made_by):
        found.append(OWN_WORK)
    if details.checked_on is None:
        found.append(Blocker("day_missing", "Write when it was checked", "checked_on"))
    elif details.checked_on > timezone.localdate():
        found.append(Blocker("day_ahead", "The day must be today or in the past", "checked_on"))
    if details.check_method not in CheckMethod.values:
        found.append(Blocker("method_missing", "Choose how it was checked", "check_method"))
    return found


def same_person(checker: str, maker: str) -> bool:
    """Whether two names are the same, however they are typed."""
    return bool(checker.strip()) and " ".join(checker.split()).casefold() == " ".join(maker.split()).casefold()


def _missing_check(made: Provenance) -> list[Blocker]:
    found = []
    if made.made_how == MadeHow.MACHINE_ONLY:
        words = "A machine made these words. A person must work on them before the public reads them."
        found.append(Blocker("machine_only", words, "made_how"))
    if not made.is_checked:
        words = "Nobody has checked these words. Say who checked them, when and how."
        found.append(Blocker("not_checked", words, "checked_by"))
    return found


def _missing_review(page: PublicPage) -> list[Blocker]:
    found = _missing_check(page)
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
    found += _blockers_of_pictures(page) if page.is_easy_read else _blockers_of_body(page)
    # Counting sheets takes seconds: it is left until everything else is right.
    return found or (_blockers_of_sheets(page) if page.is_easy_read else [])


def _blockers_of_sheets(page: Any) -> list[Blocker]:
    """Easy Read is printed and handed out: four sheets are the most. A machine that cannot print says nothing."""
    if (sheets := page.sheets()) <= MOST_PAGES:
        return []
    words = f"On paper this is {sheets} pages. {MOST_PAGES} are the most: say less, or make two pages of it."
    return [Blocker("too_many_sheets", words, "sections")]


def _blockers_of_the_newsroom(page: Any) -> list[Blocker]:
    """Where a workflow is set, its two checks must be of these words; and a statement is signed by somebody."""
    if settings.SHOW_UNREVIEWED_LANGUAGES:
        return []
    found = []
    if hasattr(page, "signed_by") and not (page.signed_by and page.signed_on and page.compliance):
        words = "Nobody has signed this statement. Say who signs it, on which day, and how far they say it complies."
        found.append(Blocker("not_signed", words, "signed_by"))
    missing = _checks_of_workflow(page) - _checks_passed(page) if page.pk else set()
    return [*found, *(blocker for kind, blocker in STEPS_OF_WORKFLOW.items() if kind in missing)]


def _checks_of_workflow(page: Any) -> set[str]:
    """The checks by named people that the workflow of a page asks for; Wagtail's own workflow asks for none."""
    workflow = page.get_workflow()
    if workflow is None:
        return set()
    checks = apps.get_model("cms", "NamedCheck").objects.filter(active=True, workflow_tasks__workflow=workflow)
    return set(checks.values_list("kind", flat=True))


def _checks_passed(page: Any) -> set[str]:
    """The checks that somebody made of these very words."""
    rows = apps.get_model("cms", "Review").objects.filter(page_id=page.pk, mark=mark_of(page.words()))
    return set(rows.values_list("kind", flat=True))


def _blockers_of_pictures(page: Any) -> list[Blocker]:
    """Easy Read has a picture in every row, and no words in a picture: they would be in one language only."""
    found = []
    for number, row in enumerate(rows_of(page.sections), start=1):
        if any(remark.code == "no-picture" for remark in remarks_on_row(row, language="", explained=())):
            found.append(Blocker("no_picture", f"Row {number} has no picture. Choose one.", "sections"))
        own = row.get("own_picture")
        if own is not None and not own.no_words:
            words = f"Row {number}: say of the picture “{own.title}” that no words are in it, or choose another."
            found.append(Blocker("words_in_picture", words, "sections"))
    return found


def _blockers_of_body(page: Any) -> list[Blocker]:
    """A document stands beside a page that says the same."""
    documents = [block.value for block in getattr(page, "body", None) or () if block.block_type == "document"]
    without = [document for document in documents if document is not None and document.html_twin_id is None]
    words = "“{}” is only a file. Choose the page that says the same, in the list of documents."
    return [Blocker("document_without_page", words.format(document.title), "body") for document in without]
