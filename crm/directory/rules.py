"""What is missing before a group or a champion can be read of in public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from crm.base.rules import Blocker
from crm.base.text import personal_details
from crm.champions.models import Appointment
from crm.directory.details import EntryDetails, WordsDetails
from crm.directory.models import DirectoryEntry, EntryCorrection, EntryFact, How
from crm.organisations.models import Organisation

NO_WORDS = Blocker("about_missing", "Write what the group does, for anyone to read", "about")
NOBODY_AGREED = Blocker("agreed_with_missing", "Write who in the group agreed to it, by role", "agreed_with")
NO_DAY = Blocker("agreed_on_missing", "Say on which day they agreed", "agreed_on")
FUTURE = Blocker("agreed_on_in_future", "The date must be today or in the past", "agreed_on")
CLOSED = Blocker("group_closed", "This group no longer exists")
THERE = Blocker("listed_already", "This group stands in the directory already. Change its entry")
BAD_FACT = Blocker("fact_unknown", "Choose Yes, Partly or No, or leave it", "facts")
NOT_THERE = Blocker("taken_off", "This entry was taken off the directory. Put the group in again first")
NO_REASON = Blocker("reason_missing", "Write why it is taken off", "reason")
NO_HOW = Blocker("how_missing", "Choose how they told us", "how")
NO_WITNESS = Blocker("confirmed_with_missing", "Write who in the group said that this is right, by role", "with_whom")
NOTHING_SAID = Blocker("words_missing", "Write what is wrong, in your own words", "words")
SETTLED = Blocker("settled", "This was settled already")
NO_OUTCOME = Blocker("outcome_missing", "Write what you did", "outcome")
NO_NAME = Blocker("shown_name_missing", "Write the name they want to be called in public", "shown_name")
NO_PUBLIC_WORDS = Blocker("words_missing", "Write what they say, in their own words", "words")
NO_AGREEMENT = Blocker("agreed_on_missing", "Say on which day they agreed to these words", "agreed_on")
TERM_OVER = Blocker("term_over", "The term of this champion is over")
OFF_ALREADY = Blocker("off_already", "These words were taken off already")


def blockers_to_listing(details: EntryDetails, organisation: Organisation) -> Iterator[Blocker]:
    """Everything that keeps a group from standing in the directory."""
    if organisation.closed_on is not None:
        yield CLOSED
    if DirectoryEntry.objects.filter(organisation=organisation, taken_off_on=None).exists():
        yield THERE
    yield from blockers_to_keeping(details)


def blockers_to_keeping(details: EntryDetails) -> Iterator[Blocker]:
    """Everything that keeps an entry from standing like this."""
    if not details.about.strip():
        yield NO_WORDS
    for what in personal_details(f"{details.about} {details.meets} {details.how_to_join}"):
        words = f"There is {what} in these words. Tick what may be shown instead, so that it stays the group's own"
        yield Blocker("personal_details", words, "about")
    if not details.agreed_with.strip():
        yield NOBODY_AGREED
    yield from _about_the_day(details.agreed_on, NO_DAY)
    if set(details.facts) - set(EntryFact.About.values) or set(details.facts.values()) - set(EntryFact.Answer.values):
        yield BAD_FACT


def _about_the_day(day: date | None, missing: Blocker) -> Iterator[Blocker]:
    if day is None:
        yield missing
    elif day > timezone.localdate():
        yield FUTURE


def blockers_to_using(entry: DirectoryEntry) -> Iterator[Blocker]:
    """Why nothing can be confirmed or corrected."""
    if entry.taken_off_on is not None:
        yield NOT_THERE


def blockers_to_confirming(how: str, with_whom: str) -> Iterator[Blocker]:
    """Why a colleague cannot write it down like this."""
    if how not in How.values or how == How.LINK:
        yield NO_HOW
    if not with_whom.strip():
        yield NO_WITNESS


def blockers_to_correcting(words: str) -> Iterator[Blocker]:
    """What a group must have written."""
    if not words.strip():
        yield NOTHING_SAID


def blockers_to_settling(correction: EntryCorrection, outcome: str) -> Iterator[Blocker]:
    """Why it cannot be settled like this."""
    if correction.settled_on is not None:
        yield SETTLED
    if not outcome.strip():
        yield NO_OUTCOME


def blockers_to_champion_words(details: WordsDetails, appointment: Appointment) -> Iterator[Blocker]:
    """Everything that keeps a champion's words from standing in public."""
    if not details.shown_name.strip():
        yield NO_NAME
    if not details.words.strip():
        yield NO_PUBLIC_WORDS
    for what in personal_details(details.words):
        yield Blocker("personal_details", f"There is {what} in these words. Take it out", "words")
    yield from _about_the_day(details.agreed_on, NO_AGREEMENT)
    if appointment.is_over:
        yield TERM_OVER
