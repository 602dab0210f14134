"""The raw numbers of who is at the table, counted in the database. They leave only through `reports`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.panels.meetings import with_meetings
from crm.panels.models import Membership, Panel, Seat
from crm.panels.rules.members import FOR_SEATS, still_said

ALL = "all"
DIGITS = re.compile(r"(\d+)")
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Tallies:
    """Distinct people by (panel, what, which); the panel `ALL` is everybody once, wherever and however often they sit.

    `what` is people, lived, seated, came, spoke, locality or community. `seats` are the seats there are (`with_taken`);
    `meetings` how many there were in 12 months, by panel.
    """

    people: Mapping[Key, int]
    seats: Mapping[Any, Sequence[Seat]]
    meetings: Mapping[Any, int]

    def number(self, *key: Hashable) -> int:
        """How many; 0 where nobody was counted."""
        return self.people.get(key, 0)


def sitting(day: date) -> QuerySet[Membership]:
    """Who sits at a table on a day: substitutes count when they come, not here. People who asked us to stop using their
    record are in no list and stay counted."""
    rows = Membership.objects.standing(day).filter(panel__ended_on=None)
    return rows.exclude(role=Membership.Part.SUBSTITUTE).order_by()


def count(as_of: date, today: date, communities: Sequence[Any]) -> Tallies:
    """Everything the report tells of these communities: people as they sat at the end of `as_of`, with the meetings of
    the 12 months until then; seats as they are today. What was taken back since counts no longer. 3 queries, however
    many people there are: each person of a panel is read once, and told apart here."""
    rows, found, meetings = sitting(as_of), defaultdict[Key, set[Any]](set), dict[Any, int]()
    fields = ("panel", "person", "person__locality", "lived_experience", "in_seat", "met", "came", "spoke")
    seated = Q(seat__isnull=False) & still_said()
    told = with_meetings(rows.annotate(in_seat=seated), as_of).values_list(*fields)
    for panel, person, locality, lived, seat, met, came, spoke in told.iterator():
        for where in (panel, ALL):
            found[where, "people"].add(person)
            found[where, "locality", locality].add(person)
            for what, holds in (("lived", lived), ("seated", seat), ("came", came), ("spoke", spoke)):
                if holds:
                    found[where, what].add(person)
        meetings[panel] = met
    for panel, person, community in _who_declared(rows, as_of, communities).values_list("panel", "person", ANCESTOR):
        for where in (panel, ALL):
            found[where, "community", community].add(person)
    meetings[ALL] = sum(meetings.values())
    return Tallies({key: len(people) for key, people in found.items()}, _seats(today), meetings)


ANCESTOR = "person__declared_communities__community__enclosing__ancestor"


def _who_declared(rows: QuerySet[Membership], as_of: date, communities: Sequence[Any]) -> QuerySet[Membership]:
    """With each community they had declared by then for keeping seats and did not take back, and those it lies in. What
    they declared for anything else is not looked at."""
    return rows.filter(
        person__declared_communities__declared_on__lte=as_of,
        person__declared_communities__withdrawn_on=None,
        person__declared_communities__purpose__key=FOR_SEATS,
        person__declared_communities__purpose__ended_on=None,
        person__declared_communities__community__enclosing__ancestor__in=communities,
    )


def _seats(today: date) -> dict[Any, list[Seat]]:
    """The seats of every panel that meets."""
    found: dict[Any, list[Seat]] = {}
    for seat in with_taken(Seat.objects.filter(panel__in=Panel.objects.current().order_by()), today):
        found.setdefault(seat.panel_id, []).append(seat)
    return found


def with_taken(seats: Any, today: date) -> list[Any]:
    """The seats that are there, by name, seat 2 before seat 10. `sits`: somebody sits there today. `taken`: and where
    it is kept for somebody, they said themselves that it is for them, and did not take that back."""
    sitting_there = Membership.objects.standing(today).filter(seat=OuterRef("pk")).order_by()
    rows = seats.filter(ended_on=None).select_related("reserved_for")
    told = {"sits": Exists(sitting_there), "taken": Exists(sitting_there.filter(still_said()))}
    return sorted(rows.annotate(**told).order_by("name", "id"), key=_in_order)


def _in_order(seat: Seat) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part.lower()) for part in DIGITS.split(seat.name)]
