"""What a person asked us to stop, shown wherever a reader meets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crm.base.actors import Actor
from crm.people.flags import Flag
from crm.people.models import Person
from crm.privacy.reports import standing_objections


def objection_flags(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Flag]]:
    """What each of them objected to, for everybody who sees the person: 1 query."""
    found: dict[Any, list[Flag]] = defaultdict(list)
    rows = standing_objections().filter(person__in=[person.pk for person in people]).select_related("purpose")
    for objection in rows:
        what = f"about: {objection.purpose.name}" if objection.purpose else "at all"
        found[objection.person_id].append(Flag(f"Do not get in touch {what}. They objected.", order=5))
    return found
