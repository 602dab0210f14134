"""What must be got right about a person, shown wherever a reader meets them: on their page, in lists, at the log.

Rooms above (access needs, privacy) put in a source that answers for many people at once, so that a list costs the same
for one row as for ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import asked_by
from crm.base.together import load_together
from crm.people.loading import flag_parts
from crm.people.models import Person
from crm.people.safety import interpreter_words, reading_words, words_of


@dataclass(frozen=True)
class Flag:
    """One thing to get right: the instruction for everyone, and the need itself only for readers who may see it.

    `about` is whose need it is when it is not the person's own ("her father"). Lower `order` comes first.
    """

    words: str
    need: str = ""
    about: str = ""
    order: int = 100


person_flags: Registry[Callable[[Actor, Sequence[Person]], Mapping[Any, Sequence[Flag]]]] = Registry("flags of people")


def flags_of(people: Sequence[Person], *, reader: Actor) -> dict[Any, list[Flag]]:
    """The flags of several people by their id: 1 query for what they are made of, and what a source asks besides.
    People without flags are left out."""
    load_together(people, *flag_parts)
    found: dict[Any, list[Flag]] = {}
    for source in person_flags:
        for pk, flags in source(reader, people).items():
            found.setdefault(pk, []).extend(flags)
    return {pk: sorted(flags, key=lambda flag: flag.order) for pk, flags in found.items() if flags}


def asked_of_flags(reader: Actor, keys: Sequence[UUID]) -> list[tuple[Any, ...]]:
    """What the sources of flags will ask about the people with these keys, to be asked ahead."""
    return asked_by(person_flags, reader, keys) if keys else []


def show_flags(people: Iterable[Person | None], *, reader: Actor) -> None:
    """Give each person of a page its `flags`, for templates/components/flags.html, with as many queries as `flags_of`.
    Whom the reader may not see (whom a promise was made to, say) is left out by whoever asks, and gets no flags."""
    present = [person for person in people if person is not None]
    found = flags_of(present, reader=reader) if present else {}
    for person in present:
        person.__dict__["flags"] = found.get(person.pk, [])


def safety_flags(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Flag]]:
    """What keeps each of them safe, and how to speak with them: for everybody who sees the person. No query."""
    return {person.pk: list(_own_flags(person)) for person in people}


def _own_flags(person: Person) -> Iterator[Flag]:
    said = [(words_of(rule), 10) for rule in person.safe_rules.all()]
    said += [
        (person.contact_rules, 20),
        (reading_words(person.language_uses.all()), 40),
        (interpreter_words(person), 50),
    ]
    return (Flag(words, order=order) for words, order in said if words)
