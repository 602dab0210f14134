"""The raw numbers of who is at the table, counted in the database. They leave only through `reports`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from crm.panels.models import Membership, Panel, Seat
from crm.panels.rules.members import FOR_SEATS

ALL = "all"
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Tallies:
    """Distinct people by (panel, what, which); the panel `ALL` is everybody once, wherever and however often they sit.

    `what` is people, lived, seated, locality or community. `seats` are the seats there are, each with `taken`.
    """

    people: Mapping[Key, int]
    seats: Mapping[Any, Sequence[Seat]]

    def number(self, *key: Hashable) -> int:
        """How many; 0 where nobody was counted."""
        return self.people.get(key, 0)


def sitting(today: date) -> QuerySet[Membership]:
    """Who sits at a table today: substitutes count when they come, not here. People who asked us to stop using their
    record are in no list and stay counted."""
    rows = Membership.objects.standing(today).filter(panel__ended_on=None)
    return rows.exclude(role=Membership.Part.SUBSTITUTE).order_by()


def count(today: date, communities: Sequence[Any]) -> Tallies:
    """Everything the report tells about today, of these communities. 3 queries, however many people there are: each
    person of a panel is read once, and told apart here."""
    rows, found = sitting(today), defaultdict[Key, set[Any]](set)
    fields = ("panel", "person", "person__locality", "lived_experience", "seat")
    for panel, person, locality, lived, seat in rows.values_list(*fields).iterator():
        for where in (panel, ALL):
            found[where, "people"].add(person)
            found[where, "locality", locality].add(person)
            if lived:
                found[where, "lived"].add(person)
            if seat is not None:
                found[where, "seated"].add(person)
    for panel, person, community in _who_declared(rows, communities).values_list("panel", "person", ANCESTOR):
        for where in (panel, ALL):
            found[where, "community", community].add(person)
    return Tallies({key: len(people) for key, people in found.items()}, _seats(today))


ANCESTOR = "person__declared_communities__community__enclosing__ancestor"


def _who_declared(rows: QuerySet[Membership], communities: Sequence[Any]) -> QuerySet[Membership]:
    """With each community they declared for keeping seats and did not take back, and those it lies in. What they
    declared for anything else is not looked at."""
    return rows.filter(
        person__declared_communities__withdrawn_on=None,
        person__declared_communities__purpose__key=FOR_SEATS,
        person__declared_communities__purpose__ended_on=None,
        person__declared_communities__community__enclosing__ancestor__in=communities,
    )


def _seats(today: date) -> dict[Any, list[Seat]]:
    """The seats of every panel that meets, with whether somebody sits there."""
    taken = Membership.objects.standing(today).filter(seat=OuterRef("pk")).order_by()
    rows = Seat.objects.filter(ended_on=None, panel__in=Panel.objects.current().order_by())
    found: dict[Any, list[Seat]] = {}
    for seat in rows.select_related("reserved_for").annotate(taken=Exists(taken)).order_by("name", "id"):
        found.setdefault(seat.panel_id, []).append(seat)
    return found
