"""What a person asked us to stop, shown wherever a reader meets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.base.actors import Actor
from crm.people.flags import Flag
from crm.people.models import Person
from crm.privacy.models import Objection
from crm.privacy.reports import objections_that_stand


def objection_flags(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Flag]]:
    """What each of them objected to, for everybody who sees the person. No query: objections come with the people."""
    return {person.pk: [_flag(objection) for objection in objections_that_stand(person)] for person in people}


def _flag(objection: Objection) -> Flag:
    what = f"about: {objection.purpose.name}" if objection.purpose else "at all"
    return Flag(f"Do not get in touch {what}. They objected.", order=5)
