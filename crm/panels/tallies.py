"""The raw numbers of who is at the table, counted in the database. They leave only through `reports`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

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
    """Everything the report tells about today, of these communities. 7 queries, however many people there are."""
    rows, found = sitting(today), dict[Key, int]()
    people = Count("person", distinct=True)
    measures = {
        "people": people,
        "lived": Count("person", distinct=True, filter=Q(lived_experience=True)),
        "seated": Count("person", distinct=True, filter=Q(seat__isnull=False)),
    }
    for row in [{"panel": ALL, **rows.aggregate(**measures)}, *rows.values("panel").annotate(**measures)]:
        found |= {(row["panel"], name): row[name] for name in measures}
    declared = _who_declared(rows, communities)
    for what, path, among in (("locality", "person__locality", rows), ("community", ANCESTOR, declared)):
        for panel, which, number in among.values_list("panel", path).annotate(number=people):
            found[panel, what, which] = number
        for which, number in among.values_list(path).annotate(number=people):
            found[ALL, what, which] = number
    return Tallies(found, _seats(today))


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
