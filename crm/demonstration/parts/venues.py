"""Places to meet, invented, in real wards; what is known of getting in is full of gaps, as it is everywhere."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.parts.networks import officers_of_localities
from crm.demonstration.sign_ins import DATA
from crm.organisations.models import Organisation
from crm.venues.models import Venue, VenueFact

COLUMNS = ("name", "owner", "ward", "address", "how_to_get_there", "facts")
WITH_WHOM = ("the caretaker", "a member who uses a wheelchair", "the secretary", "")


def load_venues(say: Say) -> None:
    """Load venues and what somebody checked there."""
    lines, chance = read_table(DATA / "venues.csv", COLUMNS), Chance("heard/venues")
    wards = {ward.name: ward for ward in Area.objects.wards()}
    groups, officers = {group.name: group for group in Organisation.objects.all()}, officers_of_localities()
    moment = days_ago(520)
    venues = [
        Venue(
            id=chance.id_at(moment),
            name=line["name"],
            organisation=groups[line["owner"]] if line["owner"] else None,
            area=wards[line["ward"]],
            address=line["address"],
            how_to_get_there=line["how_to_get_there"],
            phone=f"+44121496{700 + number:04}",  # Ofcom keeps 0121 496 0000 to 0999 for drama
        )
        for number, line in enumerate(lines)
    ]
    backdate(write_new(venues, verb=Verb.VENUE_ADDED), [moment] * len(venues))
    found = [fact for venue, line in zip(venues, lines, strict=True) for fact in _facts(venue, line, chance, officers)]
    attach(found)
    say(f"Venues: {len(venues)}, with {len(found)} things known of them.")


def _facts(venue: Venue, line: Line, chance: Chance, officers: list[User]) -> list[VenueFact]:
    """Each fact as the file tells it: what, answer, days ago, and words."""
    facts = []
    for told in line["facts"].split(";") if line["facts"] else ():
        about, answer, days, *words = told.split(":")
        facts.append(
            VenueFact(
                venue=venue,
                about=about,
                answer=answer,
                words=":".join(words),
                checked_on=timezone.localdate() - timedelta(days=int(days)),
                checked_by=chance.choice(officers),
                checked_with=chance.choice(WITH_WHOM),
            )
        )
    return facts
