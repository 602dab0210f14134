"""Why a message cannot be written, sent or settled, and what is wrong with the words of a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from crm.base.rules import Blocker
from crm.base.text import personal_details
from crm.people.models import ContactWay, Person
from crm.privacy.models import Purpose
from crm.sending.details import Recipient, VersionDetails
from crm.sending.models import NOT_BEGUN, Format, LetterTemplate, LetterVersion, Message
from crm.sending.reaching import fresh_person, route_to
from crm.sending.registry import kind_of
from crm.sending.rendering import placeholders_in, stray_braces

MOST_AT_ONCE = 200  # each is asked about afresh, in one transaction that others wait for

TO_ONE = Blocker("recipient_missing", "Choose one person, one group, or one address", "to")
NO_GUEST = Blocker("address_wrong", "Give an e-mail address or a phone number", "to")
NO_LETTER = Blocker("letter_missing", "There is no letter of this kind. A lead adds its words first", "template_key")
NO_WORDS = Blocker(
    "letter_empty", "This letter has no words yet that may be sent. A lead writes them first", "template_key"
)
NO_PURPOSE = Blocker("purpose_missing", "Choose what it is sent for", "purpose")
TOO_MANY = Blocker("too_many", f"Send at most {MOST_AT_ONCE} messages at a time", "messages")
NOT_DRAFT = Blocker("message_not_draft", "This message is on its way or was sent already")
GONE = Blocker("message_gone", "This message went out, or may have. It cannot be taken back")
WITHDRAWN = Blocker("message_withdrawn", "This message was withdrawn already")
NOTHING_TO_DECIDE = Blocker("nothing_to_decide", "There is nothing to decide about this message")
NOT_TO_PRINT = Blocker("message_not_to_print", "This message does not wait to be posted")
NOT_TO_PHONE = Blocker("message_not_to_phone", "This message does not wait for a call")
NO_RESULT = Blocker("result_missing", "Choose how it ended", "result")
NO_DECISION = Blocker("decision_missing", "Choose what to do", "decision")
BLANKED = Blocker("message_blanked", "The words of this message were deleted. Write a new one")

NO_SUBJECT = Blocker("subject_missing", "Write a subject", "subject")
NO_BODY = Blocker("body_missing", "Write the words of the letter", "body")
BRACES = Blocker("placeholder_broken", "A brace { or } stands alone. Placeholders look like {name}", "body")
CHECKED = Blocker("version_checked", "This version was checked already")
NOT_SAID_WHO = Blocker(
    "checked_by_missing", "Write who checked it, like: an Urdu speaker of the women’s group", "checked_by"
)
NOT_WRITTEN = Blocker("format_wrong", "Words are written as standard or Easy Read", "format")
OTHER_LETTER = Blocker("source_of_another", "It can only be made from a version of the same letter", "made_from")

OTHER_VERSION = Blocker("version_of_another", "Choose a version of this letter", "version")


def blockers_to_sending(person: Person, purpose: Purpose, *, form: str = Format.STANDARD) -> list[Blocker]:
    """Why this person cannot be reached safely for this purpose now; empty when they can. At most 16 queries."""
    fresh = fresh_person(person.pk)
    reasons = route_to(fresh, purpose, form=form).reasons if fresh else ("",)
    return [no_safe_way(reasons)] if reasons else []


def no_safe_way(reasons: Sequence[str]) -> Blocker:
    """That there is no safe way, with every reason."""
    return Blocker("no_safe_way", f"There is no safe way to reach them for this. {'. '.join(reasons)}"[:290])


def blockers_to_drafting(
    to: Recipient, purpose: Purpose | None, letter: LetterTemplate | None, values: Mapping[str, str | date], way: str
) -> Iterator[Blocker]:
    """What is missing before a message can be written."""
    if len([one for one in (to.person, to.organisation, to.guest.strip()) if one]) != 1:
        yield TO_ONE
    if to.guest.strip() and "@" not in to.guest and not any(sign.isdigit() for sign in to.guest):
        yield NO_GUEST
    if purpose is None:
        yield NO_PURPOSE
    if way and way not in ContactWay.Kind.values:
        yield Blocker("way_unknown", "Choose a way from the list", "way")
    if letter is None:
        yield NO_LETTER
    else:
        yield from _about_values(letter, values)


def _about_values(letter: LetterTemplate, values: Mapping[str, str | date]) -> Iterator[Blocker]:
    kind = kind_of(letter.key)
    for name in sorted(kind.needed):
        if not str(values.get(name, "")).strip():
            yield Blocker("value_missing", f"Say what stands for {{{name}}}: {kind.known[name]}", "values")
    for name in sorted(set(values) - set(kind.known)):
        yield Blocker("value_unknown", f"This letter has no {{{name}}}", "values")


def blockers_to_queueing(message: Message) -> Iterator[Blocker]:
    """Why a message cannot be sent from the state it is in."""
    if message.state not in (Message.State.DRAFT, Message.State.HELD):
        yield NOT_DRAFT
    if message.blanked_on:
        yield BLANKED


def blockers_to_withdrawing(message: Message) -> Iterator[Blocker]:
    """Only what has not begun can be taken back."""
    if message.state == Message.State.WITHDRAWN:
        yield WITHDRAWN
    elif message.state not in NOT_BEGUN:
        yield GONE


def blockers_to_deciding(message: Message, decision: str) -> Iterator[Blocker]:
    """Whether it went out is decided where nobody knows; sending again also where it failed or was held back."""
    states = {"went_out": {Message.State.NOT_KNOWN},
              "send_again": {Message.State.NOT_KNOWN, Message.State.FAILED, Message.State.HELD}}  # fmt: skip
    if decision not in states:
        yield NO_DECISION
    elif message.state not in states[decision]:
        yield NOTHING_TO_DECIDE
    elif decision == "send_again" and message.blanked_on:
        yield BLANKED


def blockers_to_version(letter: LetterTemplate, details: VersionDetails) -> Iterator[Blocker]:
    """Everything wrong with the words of a letter: placeholders that do not exist, are missing or tell too much."""
    if not details.subject.strip():
        yield NO_SUBJECT
    if not details.body.strip():
        yield NO_BODY
    if details.format not in LetterVersion.WRITTEN:
        yield NOT_WRITTEN
    if details.made_from is not None and details.made_from.letter_id != letter.pk:
        yield OTHER_LETTER
    if stray_braces(details.body) or stray_braces(details.subject):
        yield BRACES
    yield from _about_placeholders(letter, details)
    for found in personal_details(details.subject):
        yield Blocker("subject_personal", f"Others may see the subject. Take {found} out", "subject")


def _about_placeholders(letter: LetterTemplate, details: VersionDetails) -> Iterator[Blocker]:
    kind = kind_of(letter.key)
    known = kind.known
    listed = ", ".join(f"{{{name}}}" for name in known)
    for name in placeholders_in(details.body):
        if name not in known:
            yield Blocker("placeholder_unknown", f"{{{name}}} is not known here. You can use {listed}", "body")
    for name in sorted(kind.needed):
        if details.body.strip() and name not in placeholders_in(details.body):
            yield Blocker("placeholder_missing", f"{{{name}}} must stand in the words: {known[name]}", "body")
    for name in placeholders_in(details.subject):
        if name not in kind.in_subject:
            yield Blocker("subject_personal", f"Others may see the subject. {{{name}}} must not stand there", "subject")


def blockers_to_checking(version: LetterVersion, checked_by: str) -> Iterator[Blocker]:
    """What is missing before a version counts as checked."""
    if version.checked_on:
        yield CHECKED
    if not checked_by.strip():
        yield NOT_SAID_WHO
