"""Access needs as flags (DAPB1605, flag): whoever meets the person sees what to do, and the need only if they may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from crm.access.models import AccessNeed, NeedKind
from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.lookups import by_key
from crm.base.timeline import asks
from crm.base.together import each_once
from crm.people.flags import Flag
from crm.people.models import Person

# Communication first: without it nothing else can be asked.
ORDER = {NeedKind.COMMUNICATION: 50, NeedKind.LANGUAGE: 55, NeedKind.ADJUSTMENT: 60, NeedKind.PRACTICAL: 65}
REMEMBERED = "needs_told"  # on a person: whose question it was, and the needs


@kept
def _needs_of(reader: Actor, people: tuple[UUID, ...]) -> Any:
    known = Person.objects.visible_to(reader).order_by().filter(pk=OuterRef("person_id"))
    return (
        AccessNeed.objects.current()
        .filter(Exists(known), person__in=people)
        .annotate(readable=by_key(AccessNeed.objects.visible_to(reader), "pk"))
        .select_related("type", "language", "supporter")
        .order_by("person_id", "type__kind", "told_on", "id")
    )


@asks(lambda reader, keys: [(_needs_of, reader, each_once(keys))])
def flags_of_needs(reader: Actor, people: Sequence[Person]) -> Mapping[Any, Sequence[Flag]]:
    """What to do for each of these people, of whom the reader may know: 1 query, however many."""
    return {pk: [_flag(need) for need in needs] for pk, needs in standing_needs(reader, people).items()}


def standing_needs(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Any]]:
    """The needs of these people that stand, by person, with whether the reader may read each (`readable`).

    1 query; none for people of whom this reader was told before: a page's flags and its card ask once.
    """
    new = [person for person in people if person.__dict__.get(REMEMBERED, ("",))[0] != reader.pk]
    found = _asked(reader, new) if new else {}
    for person in new:
        person.__dict__[REMEMBERED] = (reader.pk, found.get(person.pk, []))
    return {person.pk: needs for person in people if (needs := person.__dict__[REMEMBERED][1])}


def _asked(reader: Actor, people: Sequence[Person]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for need in _needs_of(reader, each_once(person.pk for person in people)):
        found[need.person_id].append(need)
    return found


def _flag(need: Any) -> Flag:
    return Flag(
        words=need.what_to_do,
        need=need.name if need.readable else "",
        about=need.supporter.relation if need.supporter else "",
        order=ORDER[NeedKind(need.type.kind)],
    )
