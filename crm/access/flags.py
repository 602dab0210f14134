"""Access needs as flags (DAPB1605, flag): whoever meets the person sees what to do, and the need only if they may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from crm.access.models import AccessNeed, NeedKind
from crm.base.actors import Actor
from crm.people.flags import Flag
from crm.people.models import Person

# Communication first: without it nothing else can be asked.
ORDER = {NeedKind.COMMUNICATION: 50, NeedKind.LANGUAGE: 55, NeedKind.ADJUSTMENT: 60, NeedKind.PRACTICAL: 65}


def flags_of_needs(reader: Actor, people: Sequence[Person]) -> Mapping[Any, Sequence[Flag]]:
    """What to do for each of these people, of whom the reader may know: 1 query, however many."""
    if not people:
        return {}
    known = Person.objects.visible_to(reader).order_by().filter(pk=OuterRef("person_id"))
    readable = AccessNeed.objects.visible_to(reader).order_by().filter(pk=OuterRef("pk"))
    needs = (
        AccessNeed.objects.current()
        .filter(Exists(known), person__in={person.pk for person in people})
        .annotate(readable=Exists(readable))
        .select_related("type", "language", "supporter")
        .order_by("person_id", "type__kind", "told_on", "id")
    )
    found: dict[Any, list[Flag]] = defaultdict(list)
    for need in needs:
        found[need.person_id].append(_flag(need))
    return found


def _flag(need: Any) -> Flag:
    return Flag(
        words=need.what_to_do,
        need=need.name if need.readable else "",
        about=need.supporter.relation if need.supporter else "",
        order=ORDER[NeedKind(need.type.kind)],
    )
