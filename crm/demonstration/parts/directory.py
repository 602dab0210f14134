"""The public directory of the demonstration: every second group that stands for a community agreed to be read of, most
confirmed it since, a few must be asked again; and champions who said something in public."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.champions.models import Appointment
from crm.demonstration.chance import Chance
from crm.directory.models import ChampionWords, DirectoryEntry, EntryFact, How
from crm.organisations.models import Organisation

KINDS = ("community_group", "faith", "charity", "network", "club", "user_led")
MOST = 40
WITH_WHOM = ("the chair", "the secretary", "a trustee", "the worker", "two members")
MEETS = ("Tuesdays 10 to 12", "Every day but Sunday", "First Wednesday of the month", "Fridays after prayer",
         "Saturdays 2 to 4", "Mondays and Thursdays, mornings")  # fmt: skip
JOIN = ("Just come", "Phone first, so that somebody meets you", "Ask for the worker at the door", "Come with a friend")
SAID = (
    "I listen first. Then I ask who was not in the room.",
    "My mother was never asked. Now I make sure that somebody asks.",
    "Bring your questions. I take them to the table and bring the answers back.",
    "I know how it is to wait for a letter you cannot read.",
)


def load_directory(say: Say) -> None:
    """Load entries with their facts, and champions' words; after groups and champions."""
    chance, today = Chance("heard/directory"), timezone.localdate()
    rows = Organisation.objects.filter(kind__in=KINDS, closed_on=None).exclude(description="").order_by("name", "pk")
    groups = [group for place, group in enumerate(rows[: 2 * MOST]) if place % 2 == 0]
    entries = write_new([_entry(group, chance) for group in groups], verb=Verb.ENTRY_LISTED)
    attach([fact for entry in entries for fact in _facts(entry, chance)])
    standing = Appointment.objects.standing(today).order_by("first_day", "pk")[: len(SAID)]
    words = [
        ChampionWords(appointment=one, person_id=one.person_id, shown_name=one.name.split()[0], words=said,
                      agreed_on=today - timedelta(days=20))
        for one, said in zip(standing, SAID, strict=False)
    ]  # fmt: skip
    write_new(words, verb=Verb.CHAMPION_WORDS_PUBLISHED)
    say(f"Public directory: {len(entries)} groups. Champions in their own words: {len(words)}.")


def _entry(group: Organisation, chance: Chance) -> DirectoryEntry:
    today = timezone.localdate()
    agreed = today - timedelta(days=chance.randint(30, 700))
    confirmed = min(agreed + timedelta(days=chance.randint(10, 300)), today) if chance.happens(70) else None
    return DirectoryEntry(
        organisation=group,
        about=group.description,
        meets=chance.choice(MEETS),
        how_to_join=chance.choice(JOIN),
        show_phone=chance.happens(40),
        agreed_with=chance.choice(WITH_WHOM),
        agreed_on=agreed,
        confirmed_on=confirmed,
        confirmed_how=chance.choice((How.LINK, How.TEXT, How.PHONE)) if confirmed else "",
        confirmed_with=chance.choice(WITH_WHOM) if confirmed else "",
    )


def _facts(entry: DirectoryEntry, chance: Chance) -> list[EntryFact]:
    answers = (*[EntryFact.Answer.YES] * 7, EntryFact.Answer.PARTLY, *[EntryFact.Answer.NO] * 2)
    asked = [about for about in EntryFact.About.values if chance.happens(45)]
    return [EntryFact(entry=entry, about=about, answer=chance.choice(answers)) for about in asked]
