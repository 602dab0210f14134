"""Who sits on panels, as each reader may be shown it.

The seat of a member can tell which community they declared. Whoever may not read declarations is not told the seat, and
every reading of a reserved one is audited as a reading of what they declared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.lookups import by_key
from crm.panels.models import Membership, Panel, Seat
from crm.panels.tallies import with_taken
from crm.people.models import Person

MOST = 200  # members of one panel that its page shows


def may_see_seats(reader: Actor) -> bool:
    """Whether this reader may be told in which seat somebody sits."""
    return holds(reader, OFFICE_ROLES)


def shown_to(reader: Actor) -> QuerySet[Any]:
    """The memberships this reader may see, each with `knows_whom`: the one it stands in for, where they may know of
    it too."""
    seen = Membership.objects.visible_to(reader)
    rows: QuerySet[Any] = seen.for_list().annotate(knows_whom=by_key(seen, "substitutes"))
    return rows


def members_of(panel: Panel, *, reader: Actor, today: date) -> list[Membership]:
    """Those whose term holds today or is to come, of whom the reader may know, chair first. 1 query."""
    rows = shown_to(reader).filter(Q(last_day=None) | Q(last_day__gte=today), panel=panel)
    order = list(Membership.Part.values)
    return sorted(rows[:MOST], key=lambda row: (order.index(row.role), row.person.name, str(row.pk)))


def told_by_seats(members: Iterable[Any]) -> list[Person]:
    """The people whose declared community these rows tell, because they sit in a reserved seat or stand in for
    somebody who does."""
    found = {row.person_id: row.person for row in members if row.declaration_id or _is_reserved(row)}
    return list(found.values())


def _is_reserved(row: Any) -> bool:
    return bool(row.seat and row.seat.reserved_for_id)


def seats_of(panel: Panel, today: date) -> list[Seat]:
    """The seats that are there, with whether they are taken (`with_taken`). 1 query."""
    return with_taken(Seat.objects.filter(panel=panel), today)
