"""What is known of a venue's access, and what nobody has asked yet."""

from __future__ import annotations

from dataclasses import dataclass

from crm.venues.models import Venue, VenueFact
from crm.venues.rules import needs_checking

About = VenueFact.About
# How an officer asks: "We do not know if this place …".
ASKED_IN_WORDS: dict[str, str] = {
    About.STEP_FREE: "is step-free from the street to the room",
    About.ACCESSIBLE_TOILET: "has an accessible toilet",
    About.CHANGING_PLACES: "has a Changing Places toilet",
    About.HEARING_LOOP: "has a hearing loop that works",
    About.QUIET_ROOM: "has a quiet room",
    About.PRAYER_SPACE: "has a prayer space",
    About.PARKING: "has Blue Badge parking",
    About.TRANSPORT: "has a bus, tram or train nearby",
    About.LIGHTING: "has lighting that suits signing and lip-reading",
    About.WIFI: "has internet for captions and for people who join online",
    About.FOOD: "has a kitchen, or lets people bring food",
}


@dataclass(frozen=True)
class Line:
    """One thing about a venue: what was found, or that nobody has asked. `again` says that it is over a year old."""

    about: str
    label: str
    fact: VenueFact | None
    again: bool = False

    @property
    def question(self) -> str:
        """What to find out, as the end of a sentence."""
        return ASKED_IN_WORDS[self.about]


def access_of(venue: Venue) -> list[Line]:
    """Every thing that is looked at, in one order, known or not. No query when the facts are loaded."""
    known = {fact.about: fact for fact in venue.facts.all()}
    return [
        Line(about, label, fact := known.get(about), again=fact is not None and needs_checking(fact))
        for about, label in About.choices
    ]
