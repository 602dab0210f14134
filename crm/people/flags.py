"""What must be got right about a person, shown wherever a reader meets them: on their page, in lists, at the log.

Rooms above (access needs, privacy) put in a source that answers for many people at once, so that a list costs the same
for one row as for ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.people.models import Person, PersonLanguage, SafeContactRule
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
    """The flags of several people by their id, each source asked once. People without flags are left out."""
    found: dict[Any, list[Flag]] = {}
    for source in person_flags:
        for pk, flags in source(reader, people).items():
            found.setdefault(pk, []).extend(flags)
    return {pk: sorted(flags, key=lambda flag: flag.order) for pk, flags in found.items() if flags}


def show_flags(people: Iterable[Person | None], *, reader: Actor, may_be_hidden: bool = False) -> None:
    """Give each person of a page its `flags`, for templates/components/flags.html. One query for each source.

    `may_be_hidden`: the reader need not see all of them (whom a promise was made to, say); those get no flags.
    """
    present = [person for person in people if person is not None]
    if may_be_hidden and present:
        keys = [person.pk for person in present]
        seen = set(Person.objects.visible_to(reader).order_by().filter(pk__in=keys).values_list("pk", flat=True))
        present = [person for person in present if person.pk in seen]
    found = flags_of(present, reader=reader) if present else {}
    for person in present:
        person.__dict__["flags"] = found.get(person.pk, [])


def safety_flags(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Flag]]:
    """What keeps each of them safe, and how to speak with them: for everybody who sees the person. 2 queries, fewer
    where the people come with their rules or languages."""
    found = {person.pk: _own_flags(person) for person in people}
    for rule in _rules_of(people):
        found[rule.person_id].append(Flag(words_of(rule), order=10))
    for pk, uses in _languages_of(people).items():
        if words := reading_words(uses):
            found[pk].append(Flag(words, order=40))
    return found


def _come_with(people: Sequence[Person], name: str) -> bool:
    return all(name in getattr(person, "_prefetched_objects_cache", {}) for person in people)


def _rules_of(people: Sequence[Person]) -> list[SafeContactRule]:
    if _come_with(people, "safe_rules"):
        return [rule for person in people for rule in person.safe_rules.all()]
    return list(SafeContactRule.objects.filter(person__in=[person.pk for person in people]).order_by("id"))


def _languages_of(people: Sequence[Person]) -> dict[Any, list[PersonLanguage]]:
    if _come_with(people, "language_uses"):
        return {person.pk: list(person.language_uses.all()) for person in people}
    cannot = PersonLanguage.objects.filter(use=PersonLanguage.Use.READS_NOT, person__in=[p.pk for p in people])
    rows = PersonLanguage.objects.filter(person__in=cannot.order_by().values("person")).select_related("language")
    uses: dict[Any, list[PersonLanguage]] = {}
    for use in rows.order_by("-is_preferred", "id"):
        uses.setdefault(use.person_id, []).append(use)
    return uses


def _own_flags(person: Person) -> list[Flag]:
    said = ((person.contact_rules, 20), (interpreter_words(person), 50))
    return [Flag(words, order=order) for words, order in said if words]
