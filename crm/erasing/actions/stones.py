"""What is deleted, and who may be told that it is gone, so that copies of it elsewhere are taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone

from crm.base.actors import OFFICE_ROLES, holds
from crm.erasing.gone import (
    IN_AN_OFFICE,
    WITH_THE_PERSON,
    Audience,
    alone_known_to,
    may_be_gone,
    seen_otherwise,
    taken_away,
    who_sees,
)
from crm.erasing.models import Gone
from crm.people.models import Person

Stones = dict[UUID, tuple[str, Audience]]  # by id of what is deleted: its kind, and who could read it
KEPT_FOR = timedelta(days=366)  # copies are read afresh once a month, so by then nobody waits for it


def take_away(rows: models.QuerySet[Any]) -> int:
    """Delete records inside an action, and keep their ids for whoever could read them. Says how many went."""
    stones: Stones = {}
    for kind, model, found in _all_with(rows):
        known = dict(taken_away[kind](found)) if kind in taken_away else {}
        asked = who_sees(model, [row.pk for row in found if row.pk not in known])
        known |= {pk: Audience(told) for pk, told in asked.items()}
        stones |= {pk: (kind, audience) for pk, audience in known.items()}
    number = rows.delete()[0]
    _put(stones)
    return number


class StonesOfPerson:
    """The ids of what is deleted with a person. Make it before anything is, while it is known who saw them."""

    def __init__(self, person: Person) -> None:
        self.stones: Stones = {}
        self.stopped = person.stopped_on is not None
        near: dict[str, Any] = {"near": True, "team": person.team_id, "locality": person.locality_id}
        readers = list(person.named_readers.all())
        if person.restricted:
            near = {}
        elif person.entered_by:
            readers.append(person.entered_by)
        office = [reader for reader in readers if holds(reader, OFFICE_ROLES)]
        self.theirs = Audience(frozenset(reader.pk for reader in readers), **near)
        self.in_offices = Audience(frozenset(reader.pk for reader in office), **near)
        self.seen: dict[UUID, set[UUID]] = {}
        for model, link in seen_otherwise:
            ids = model._base_manager.filter(**{link: person}).order_by().values_list("pk", flat=True)
            self.seen |= who_sees(model, list(ids))

    def note(self, rows: models.QuerySet[Any]) -> None:
        """These rows are about to be deleted, with the records that hang on them."""
        try:
            for kind, _, found in _all_with(rows):
                self.stones |= {row.pk: (kind, self._audience(kind, row)) for row in found}
        except ProtectedError:
            return  # they are noted again when what protects them is gone

    def _audience(self, kind: str, row: Any) -> Audience:
        seen = frozenset(self.seen.get(row.pk, ()))
        if kind in WITH_THE_PERSON:
            return self.theirs
        if kind not in IN_AN_OFFICE:
            return Audience(seen)
        alone = alone_known_to(row)
        if alone is None:
            return replace(self.in_offices, told=seen.union(self.in_offices.told))
        # While a record is stopped nobody sees it, but whoever wrote this down may have kept a copy from before.
        return Audience({alone}) if self.stopped else Audience(seen)

    def put(self) -> None:
        """Keep the ids."""
        _put(self.stones)


def _put(stones: Stones) -> None:
    """Keep these ids; those of a year ago are kept no longer."""
    now = timezone.now()
    Gone.objects.filter(gone_at__lt=now - KEPT_FOR).delete()
    put = [
        Gone(id=pk, kind=kind, gone_at=now, restricted=not one.near, team_id=one.team, locality_id=one.locality,
             office=one.office, champions=one.champions)
        for pk, (kind, one) in stones.items()
    ]  # fmt: skip
    Gone.objects.bulk_create(put, batch_size=500, ignore_conflicts=True)
    told = Gone.told.through
    pairs = [told(gone_id=pk, user_id=reader) for pk, (_, one) in stones.items() for reader in sorted(one.told)]
    told._default_manager.bulk_create(pairs, batch_size=500, ignore_conflicts=True)


class _Everything(Collector):
    """What a deletion takes with it, each row by itself."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        """Never: what goes unseen could not be told."""
        return False


def _all_with(rows: models.QuerySet[Any]) -> list[tuple[str, type[models.Model], list[Any]]]:
    """The rows and the records that hang on them, by kind; only kinds of which it is told that they are gone."""
    collector = _Everything(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    found = ((model._meta.model_name or "", model, list(some)) for model, some in collector.data.items())
    return [(kind, model, some) for kind, model, some in found if may_be_gone(model)]
