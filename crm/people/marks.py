"""Whoever is shown a restricted person leaves a mark, wherever they are met: on pages, in lists, by search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm.people.actions import read_restricted_people
from crm.people.models import Person


def mark_restricted_people(reader: Any, shown: Iterable[Person]) -> None:
    """Write down whom this reader is shown: each restricted person once; nothing is asked or written when there is
    none. `shown` must be people the reader may see. A stopped record has a mark of its own."""
    people = {person.pk: person for person in shown if person.restricted and person.stopped_on is None}
    if people:
        read_restricted_people(actor=reader, people=list(people.values()))
