"""What people said elsewhere that would help them take part: offered when a need is written down, never written down
by itself. Rooms above put in where they asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.people.models import Person


@dataclass(frozen=True)
class Told:
    """Somebody's own words, when they wrote or said them, and where, like: in their application."""

    words: str
    on: date
    where: str


told_elsewhere: Registry[Callable[[Actor, Person], Sequence[Told]]] = Registry("what people said would help")


def told_by(person: Person, *, reader: Actor) -> list[Told]:
    """What this reader may read of it, the newest first."""
    found = [told for look in told_elsewhere for told in look(reader, person)]
    return sorted(found, key=lambda told: told.on, reverse=True)
