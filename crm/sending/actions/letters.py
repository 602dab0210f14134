"""The letters the council keeps: loaded, given new words, checked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.languages.models import Language
from crm.privacy.models import Purpose
from crm.sending import permissions, rules
from crm.sending.details import VersionDetails
from crm.sending.files import LetterFile
from crm.sending.models import Format, LetterTemplate, LetterVersion
from crm.sending.reaching import english_is_none


@action(permissions.load_letter_templates)
def load_letter_templates(*, actor: Actor, letters: Sequence[LetterFile]) -> int:
    """Add letters that are not there yet, and words in a language or format that a letter has none of; what the council
    wrote stays. Words in a language that is not loaded, and letters for a purpose that is not, are left out. Gives how
    many versions were added. Raises `InputBlocked` with what is wrong in the words."""
    purposes = {purpose.key: purpose for purpose in Purpose.objects.all()}
    languages = {language.code: language for language in Language.objects.all()}
    added = 0
    for file in sorted(letters, key=lambda one: (one.language != "en", one.format != Format.STANDARD)):
        letter = LetterTemplate.objects.filter(key=file.key).first()
        if file.purpose not in purposes or (file.language != "en" and file.language not in languages):
            continue
        if letter is None:
            letter = write(LetterTemplate(key=file.key, name=file.name, purpose=purposes[file.purpose]),
                           verb=Verb.LETTER_ADDED)  # fmt: skip
        tongue = english_is_none(languages.get(file.language))
        if letter.versions.filter(language=tongue, format=file.format).exists():
            continue
        source = letter.versions.filter(language=None, format=Format.STANDARD).order_by("-number").first()
        details = VersionDetails(file.subject, file.body, tongue, file.format, source, file.machine_draft)
        refuse_input_if(rules.blockers_to_version(letter, details))
        write(_version(letter, details, None), verb=Verb.LETTER_WORDED)
        added += 1
    return added


@action(permissions.add_letter_version)
def add_letter_version(
    *, actor: User, letter: LetterTemplate, details: VersionDetails, expected_version: int | None = None
) -> LetterVersion:
    """Give a letter new words in one language and format. Messages keep the words they were made with. Raises `Stale`,
    `InputBlocked` with every placeholder that is wrong."""
    fresh = lock(letter, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_version(fresh, details))
    version = write(_version(fresh, details, actor), verb=Verb.LETTER_WORDED)
    write(fresh, verb=Verb.LETTER_WORDED, linked={"versions": (None, str(version.pk))})
    return version


def _version(letter: LetterTemplate, details: VersionDetails, actor: User | None) -> LetterVersion:
    tongue = english_is_none(details.language)
    last = letter.versions.filter(language=tongue, format=details.format).aggregate(last=Max("number"))["last"]
    is_source = tongue is None and details.format == Format.STANDARD
    return LetterVersion(
        letter=letter,
        language=tongue,
        format=details.format,
        number=(last or 0) + 1,
        subject=details.subject.strip(),
        body=details.body.replace("\r\n", "\n").strip(),
        made_from=None if is_source else details.made_from,
        machine_draft=details.machine_draft,
        written_by=actor,
    )


@action(permissions.check_letter_version)
def check_letter_version(
    *, actor: User, version: LetterVersion, checked_by: str, expected_version: int | None = None
) -> LetterVersion:
    """A speaker of the language, or Easy Read readers, found the words right: from now on people get them. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(version, expected_version=expected_version)
    found = list(rules.blockers_to_checking(fresh, checked_by))
    refuse_if([blocker for blocker in found if blocker is rules.CHECKED])
    refuse_input_if(found)
    fresh.checked_by, fresh.checked_on = checked_by.strip(), timezone.localdate()
    return write(fresh, verb=Verb.LETTER_CHECKED)
