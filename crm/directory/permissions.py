"""Who may keep the public directory, and what a group may do by its own link."""

from __future__ import annotations

import secrets

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.champions.models import Appointment
from crm.directory.models import KEEPERS, ChampionWords, DirectoryEntry, EntryCorrection
from crm.organisations.models import Organisation


def _keeps(actor: Actor, entry: DirectoryEntry) -> bool:
    return DirectoryEntry.objects.visible_to(actor).filter(pk=entry.pk).exists()


def _holds_the_link(entry: DirectoryEntry, secret: str) -> bool:
    return bool(entry.digest) and secrets.compare_digest(entry.digest, DirectoryEntry.digest_of(secret))


@permission("Read the public directory as it is kept", roles=KEEPERS, scope="read")
def read_directory(*, actor: Actor) -> bool:
    """Everyone who meets people, those of groups they see; publishers, what stands in public."""
    return True


@permission("Put a group into the public directory", roles=FIELD_ROLES)
def list_group(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read the group; somebody in it must have agreed."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()


@permission("Change an entry of the public directory", roles=FIELD_ROLES)
def change_entry(*, actor: Actor, entry: DirectoryEntry) -> bool:
    """Everyone who may read the group."""
    return _keeps(actor, entry)


@permission("Write down that a group confirmed its entry", roles=FIELD_ROLES)
def confirm_entry(*, actor: Actor, entry: DirectoryEntry) -> bool:
    """Everyone who may read the group."""
    return _keeps(actor, entry)


@permission("Take an entry off the public directory", roles=FIELD_ROLES)
def take_entry_off(*, actor: Actor, entry: DirectoryEntry) -> bool:
    """Everyone who may read the group."""
    return _keeps(actor, entry)


@permission("Make the link by which a group confirms its entry", roles=FIELD_ROLES)
def make_entry_link(*, actor: Actor, entry: DirectoryEntry) -> bool:
    """Everyone who may read the group."""
    return _keeps(actor, entry)


@permission("Confirm one's own entry by its link", public=True)
def confirm_entry_by_link(*, actor: Actor, entry: DirectoryEntry, secret: str) -> bool:
    """Whoever holds the link that was made last."""
    return _holds_the_link(entry, secret)


@permission("Say by the link what is wrong in one's own entry", public=True)
def correct_entry_by_link(*, actor: Actor, entry: DirectoryEntry, secret: str) -> bool:
    """Whoever holds the link that was made last."""
    return _holds_the_link(entry, secret)


@permission("Settle what a group said is wrong", roles=FIELD_ROLES)
def settle_correction(*, actor: Actor, correction: EntryCorrection) -> bool:
    """Everyone who may read the group."""
    return EntryCorrection.objects.visible_to(actor).filter(pk=correction.pk).exists()


@permission("Publish a champion's own words", roles=FIELD_ROLES)
def publish_champion_words(*, actor: Actor, appointment: Appointment) -> bool:
    """Everyone who may read the appointment; the champion must have agreed."""
    return Appointment.objects.visible_to(actor).filter(pk=appointment.pk).exists()


@permission("Take a champion's words off the public site", roles=FIELD_ROLES)
def take_champion_words_off(*, actor: Actor, words: ChampionWords) -> bool:
    """Everyone who may read the appointment."""
    return ChampionWords.objects.visible_to(actor).filter(pk=words.pk).exists()
