"""The public directory: groups put in, changed, confirmed by themselves and taken off; and champions' public words."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.champions.models import Appointment
from crm.directory import permissions, rules
from crm.directory.details import EntryDetails, WordsDetails
from crm.directory.models import ChampionWords, DirectoryEntry, EntryCorrection, EntryFact, How
from crm.organisations.models import Organisation

WORDS = ("about", "meets", "how_to_join", "agreed_with")
CHOICES = ("show_phone", "show_email", "show_website", "agreed_on")


@action(permissions.list_group)
def list_group(*, actor: User, organisation: Organisation, details: EntryDetails) -> DirectoryEntry:
    """Put a group into the directory, once somebody in it agreed; one that was taken off comes back. Raises
    `InputBlocked`."""
    refuse_input_if(rules.blockers_to_listing(details, organisation))
    before = DirectoryEntry.objects.filter(organisation=organisation).first()
    if before is None:
        entry = write(_filled(DirectoryEntry(organisation=organisation), details), verb=Verb.ENTRY_LISTED)
        attach(_facts(entry, details))
        return entry
    fresh = lock(before)
    fresh.taken_off_on, fresh.taken_off_reason, fresh.confirmed_on = None, "", None
    return write(_filled(fresh, details), verb=Verb.ENTRY_LISTED, linked=_set_facts(fresh, details))


@action(permissions.change_entry)
def change_entry(
    *, actor: User, entry: DirectoryEntry, details: EntryDetails, expected_version: int | None = None
) -> DirectoryEntry:
    """Change what the directory says. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(entry, expected_version=expected_version)
    refuse_if(rules.blockers_to_using(fresh))
    refuse_input_if(rules.blockers_to_keeping(details))
    return write(_filled(fresh, details), verb=Verb.ENTRY_CHANGED, linked=_set_facts(fresh, details))


@action(permissions.confirm_entry)
def confirm_entry(
    *, actor: User, entry: DirectoryEntry, how: str, with_whom: str, expected_version: int | None = None
) -> DirectoryEntry:
    """Write down that the group said today, by text or on the phone, that its entry is right. Raises `Stale`,
    `Blocked`, `InputBlocked`."""
    fresh = lock(entry, expected_version=expected_version)
    refuse_if(rules.blockers_to_using(fresh))
    refuse_input_if(rules.blockers_to_confirming(how, with_whom))
    return _confirmed(fresh, how, with_whom.strip())


@action(permissions.confirm_entry_by_link)
def confirm_entry_by_link(*, actor: Actor, entry: DirectoryEntry, secret: str) -> DirectoryEntry:
    """The group itself says that its entry is right. Saying it twice a day changes nothing. Raises `Blocked`."""
    fresh = lock(entry)
    refuse_if(rules.blockers_to_using(fresh))
    return _confirmed(fresh, How.LINK, "")


@action(permissions.correct_entry_by_link)
def correct_entry_by_link(*, actor: Actor, entry: DirectoryEntry, secret: str, words: str) -> EntryCorrection:
    """The group itself says what is wrong; a colleague puts it right. Raises `Blocked`, `InputBlocked`."""
    refuse_if(rules.blockers_to_using(entry))
    refuse_input_if(rules.blockers_to_correcting(words))
    correction = EntryCorrection(entry=entry, words=words.strip(), said_on=timezone.localdate())
    return write(correction, verb=Verb.ENTRY_CORRECTED)


@action(permissions.settle_correction)
def settle_correction(
    *, actor: User, correction: EntryCorrection, outcome: str, expected_version: int | None = None
) -> EntryCorrection:
    """Say what became of what a group said. Raises `Stale`, `InputBlocked`."""
    fresh = lock(correction, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_settling(fresh, outcome))
    fresh.settled_on, fresh.settled_by, fresh.outcome = timezone.localdate(), actor, outcome.strip()
    return write(fresh, verb=Verb.ENTRY_SETTLED)


@action(permissions.make_entry_link)
def make_entry_link(*, actor: User, entry: DirectoryEntry, expected_version: int | None = None) -> DirectoryEntry:
    """Make the link by which the group confirms or corrects its entry. The one before stops working. Raises `Stale`,
    `Blocked`."""
    fresh = lock(entry, expected_version=expected_version)
    refuse_if(rules.blockers_to_using(fresh))
    fresh.link_number += 1
    fresh.digest = "made"  # the secret is worked out of the number, and only its hash is kept
    fresh.digest = DirectoryEntry.digest_of(fresh.secret)
    return write(fresh, verb=Verb.ENTRY_LINKED)


@action(permissions.take_entry_off)
def take_entry_off(
    *, actor: User, entry: DirectoryEntry, reason: str, expected_version: int | None = None
) -> DirectoryEntry:
    """Take a group off the directory at once; its link stops working. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(entry, expected_version=expected_version)
    refuse_if(rules.blockers_to_using(fresh))
    refuse_input_if([] if reason.strip() else [rules.NO_REASON])
    fresh.taken_off_on, fresh.taken_off_reason, fresh.digest = timezone.localdate(), reason.strip(), ""
    return write(fresh, verb=Verb.ENTRY_TAKEN_OFF)


@action(permissions.publish_champion_words)
def publish_champion_words(
    *, actor: User, appointment: Appointment, details: WordsDetails, expected_version: int | None = None
) -> ChampionWords:
    """Put a champion's own words on the site, or change them. Raises `Stale`, `InputBlocked`."""
    refuse_input_if(rules.blockers_to_champion_words(details, appointment))
    before = ChampionWords.objects.filter(appointment=appointment).first()
    words = lock(before, expected_version=expected_version) if before else ChampionWords(appointment=appointment)
    words.person_id, words.taken_off_on = appointment.person_id, None
    words.shown_name, words.words = details.shown_name.strip(), details.words.strip()
    words.agreed_on = details.agreed_on  # type: ignore[assignment]  # the rules refused a missing one
    return write(words, verb=Verb.CHAMPION_WORDS_PUBLISHED)


@action(permissions.take_champion_words_off)
def take_champion_words_off(*, actor: User, words: ChampionWords, expected_version: int | None = None) -> ChampionWords:
    """Take a champion's words off the site at once. Raises `Stale`, `Blocked`."""
    fresh = lock(words, expected_version=expected_version)
    refuse_if([rules.OFF_ALREADY] if fresh.taken_off_on else [])
    fresh.taken_off_on = timezone.localdate()
    return write(fresh, verb=Verb.CHAMPION_WORDS_TAKEN_OFF)


def _confirmed(entry: DirectoryEntry, how: str, with_whom: str) -> DirectoryEntry:
    entry.confirmed_on, entry.confirmed_how, entry.confirmed_with = timezone.localdate(), how, with_whom
    return write(entry, verb=Verb.ENTRY_CONFIRMED)


def _filled(entry: DirectoryEntry, details: EntryDetails) -> DirectoryEntry:
    for name in WORDS:
        setattr(entry, name, getattr(details, name).strip())
    for name in CHOICES:
        setattr(entry, name, getattr(details, name))
    return entry


def _facts(entry: DirectoryEntry, details: EntryDetails) -> list[EntryFact]:
    told = details.facts
    return [
        EntryFact(entry=entry, about=about, answer=told[about]) for about in EntryFact.About.values if about in told
    ]


def _set_facts(entry: DirectoryEntry, details: EntryDetails) -> dict[str, tuple[Any, Any]]:
    before = dict(entry.facts.values_list("about", "answer"))
    if before == dict(details.facts):
        return {}
    entry.facts.all().delete()
    attach(_facts(entry, details))
    return {"facts": (before, dict(details.facts))}
