"""What the tests of the public directory share, and how each of its actions is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.directory.actions import correct_entry_by_link, list_group, make_entry_link, publish_champion_words
from crm.directory.details import EntryDetails, WordsDetails
from crm.directory.models import DirectoryEntry, EntryCorrection
from tests.crm.champions.helpers import an_appointment
from tests.world import World

NOBODY = AnonymousUser()
Call = tuple[Any, dict[str, Any]]


def entry_details(**changes: Any) -> EntryDetails:
    """Women who cook together agreed last week."""
    plain = {
        "about": "We cook and eat together.", "meets": "Tuesdays 10 to 12", "how_to_join": "Just come",
        "agreed_with": "the chair", "agreed_on": timezone.localdate(), "facts": {"step_free": "yes", "free": "partly"},
    }  # fmt: skip
    return EntryDetails(**{**plain, **changes})


def an_entry(world: World, **changes: Any) -> DirectoryEntry:
    """The group of the East in the directory."""
    group = changes.pop("organisation", world.group)
    there = DirectoryEntry.objects.filter(organisation=group).first()
    return there or list_group(actor=world.amina, organisation=group, details=entry_details(**changes))


def linked(world: World) -> DirectoryEntry:
    """The entry, with a link for the group."""
    return make_entry_link(actor=world.amina, entry=an_entry(world))


def a_correction(world: World) -> EntryCorrection:
    """The group said that the day is wrong."""
    entry = linked(world)
    return correct_entry_by_link(actor=NOBODY, entry=entry, secret=entry.secret, words="We meet on Wednesdays now.")


def words_details(**changes: Any) -> WordsDetails:
    """Chen, in his own words."""
    plain = {"shown_name": "Chen", "words": "I listen first.", "agreed_on": timezone.localdate()}
    return WordsDetails(**{**plain, **changes})


def some_words(world: World) -> Any:
    """Chen's words on the site."""
    return publish_champion_words(actor=world.lead, appointment=an_appointment(world), details=words_details())


def _by_link(world: World, **more: Any) -> Call:
    entry = linked(world)
    return NOBODY, {"entry": entry, "secret": entry.secret, **more}


CALLS: dict[str, Callable[[World], Call]] = {
    "list_group": lambda w: (w.amina, {"organisation": w.group, "details": entry_details()}),
    "change_entry": lambda w: (w.amina, {"entry": an_entry(w), "details": entry_details(meets="Fridays")}),
    "confirm_entry": lambda w: (w.amina, {"entry": an_entry(w), "how": "text", "with_whom": "the chair"}),
    "take_entry_off": lambda w: (w.amina, {"entry": an_entry(w), "reason": "They asked us to"}),
    "make_entry_link": lambda w: (w.amina, {"entry": an_entry(w)}),
    "confirm_entry_by_link": _by_link,
    "correct_entry_by_link": lambda w: _by_link(w, words="We meet on Wednesdays now."),
    "settle_correction": lambda w: (w.amina, {"correction": a_correction(w), "outcome": "Changed the day"}),
    "publish_champion_words": lambda w: (w.lead, {"appointment": an_appointment(w), "details": words_details()}),
    "take_champion_words_off": lambda w: (w.lead, {"words": some_words(w)}),
}
