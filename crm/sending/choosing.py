"""Which version of a letter a reader gets, and what must be said when it is not the one they need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crm.languages.models import Language
from crm.sending.models import Format, LetterTemplate, LetterVersion

NO_LANGUAGE = "There are no {language} words for this letter. It goes in English"
NOT_CHECKED = "No speaker has checked the {language} words of this letter. It goes in English"
NO_EASY_READ = "There is no Easy Read version of this letter{tongue}. It goes in standard words"
OLDER = "The {words} words are older than the ones they were made from"


@dataclass(frozen=True)
class Chosen:
    """The version, None when there is none at all, and in words what is missing for this reader."""

    version: LetterVersion | None
    fell_back: tuple[str, ...] = ()


def current_versions(letter: LetterTemplate) -> list[LetterVersion]:
    """The newest version in each language and format. 1 query unless they are loaded."""
    newest: dict[tuple[object, str], LetterVersion] = {}
    for version in sorted(letter.versions.all(), key=lambda one: one.number):
        newest[version.language_id, version.format] = version
    return sorted(newest.values(), key=lambda one: (one.language is not None, one.in_words))


def choose_version(letter: LetterTemplate, language: Language | None, form: str) -> Chosen:
    """Their language comes before their form. Words nobody checked are never sent: the reader gets English, and the
    officer is told before."""
    versions = current_versions(letter)
    written = form if form in LetterVersion.WRITTEN else Format.STANDARD
    told = []
    own = [one for one in versions if one.language_id == (language.pk if language else None)]
    ready = list(_sendable(letter, own))
    if language and not ready:
        told.append((NOT_CHECKED if own else NO_LANGUAGE).format(language=language.name))
        ready = list(_sendable(letter, [one for one in versions if one.language_id is None]))
    found = next((one for one in ready if one.format == written), None)
    if found is None and written == Format.EASY_READ:
        told.append(NO_EASY_READ.format(tongue=f" in {language.name}" if language and not told else ""))
        found = next((one for one in ready if one.format == Format.STANDARD), None)
    if found is not None and is_old(found, versions):
        told.append(OLDER.format(words=found.in_words))
    return Chosen(found, tuple(told))


def _sendable(letter: LetterTemplate, current: Iterable[LetterVersion]) -> Iterable[LetterVersion]:
    """The newest that may be sent of each: a draft nobody checked does not push out the checked words before it."""
    for one in current:
        before = [v for v in letter.versions.all() if (v.language_id, v.format) == (one.language_id, one.format)]
        found = next((v for v in sorted(before, key=lambda v: -v.number) if v.may_be_sent), None)
        if found is not None:
            yield found


def is_old(version: LetterVersion, current: Iterable[LetterVersion]) -> bool:
    """Whether the words it was made from have changed since."""
    source = version.made_from
    if source is None:
        return False
    return any(
        (one.language_id, one.format) == (source.language_id, source.format) and one.number > source.number
        for one in current
    )
