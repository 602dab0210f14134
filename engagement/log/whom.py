"""Whom a contact was with, for a line of a list or a title: two contacts of one day are told apart by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.people.marks import mark_restricted_people
from crm.people.models import Person
from engagement.log.models import EngagementEvent

ROWS = ("organisations", "contributions", "reach__community")  # what a list loads for it


@kept
def people_among(reader: Actor, ids: tuple[UUID, ...]) -> Any:
    """Those of the people with these ids whom the reader may see."""
    return Person.objects.visible_to(reader).filter(pk__in=ids).order_by()


def name_whom(events: Sequence[EngagementEvent], *, reader: Actor) -> None:
    """Give each contact `whom`, a list of words: its groups; without any, its people; else who it was in words; else
    its communities. Somebody whom the reader may not see is "a person". 1 query where people were met, none else."""
    named = [row for event in events if not _parts(event, "organisations") for row in _people(event)]
    met = tuple(sorted({row.person_id for row in named if row.person_id}))
    seen = {one.pk: one for one in people_among(reader, met)} if met else {}
    mark_restricted_people(reader, seen.values())
    for event in events:
        event.whom = _whom(event, seen)  # type: ignore[attr-defined]


def _whom(event: EngagementEvent, seen: Mapping[Any, Person]) -> list[str]:
    if groups := _parts(event, "organisations"):
        return [group.name for group in groups]
    if people := _people(event):
        named = [str(seen[row.person_id]) for row in people if row.person_id in seen]
        others = len(people) - len(named)
        unnamed = ["a person"] if others == 1 else [f"{others} people"]
        return named + unnamed if others else named
    if event.met_in_words:
        return [event.met_in_words]
    return [row.community.name for row in _parts(event, "reach") if row.community]


def _people(event: EngagementEvent) -> list[Any]:
    return _parts(event, "contributions")


def _parts(event: EngagementEvent, name: str) -> list[Any]:
    listed: Mapping[str, list[Any]] = getattr(event, "listed", {})
    return listed[name] if name in listed else list(getattr(event, name).all())
