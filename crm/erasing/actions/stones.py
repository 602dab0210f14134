"""What goes with a person, and who may be told that it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone

from crm.base.actors import OFFICE_ROLES, holds
from crm.erasing.gone import WITH_THE_PERSON, alone_known_to, may_be_gone
from crm.erasing.models import Gone
from crm.people.models import Person

KEPT_FOR = timedelta(days=366)  # copies are read afresh once a month, so by then nobody waits for it


@dataclass(frozen=True)
class _Stone:
    """One record that goes: its kind, and who could read it."""

    kind: str
    restricted: bool
    told: frozenset[UUID]


class Stones:
    """The ids of what is deleted with a person. Make it before anything is, while it is known who saw them."""

    def __init__(self, person: Person) -> None:
        self.stones: dict[UUID, _Stone] = {}
        self.restricted, self.team, self.locality = person.restricted, person.team_id, person.locality_id
        readers = list(person.named_readers.all())
        if not person.restricted and person.entered_by:
            readers.append(person.entered_by)
        self.told = frozenset(reader.pk for reader in readers)
        self.told_in_offices = frozenset(reader.pk for reader in readers if holds(reader, OFFICE_ROLES))

    def note(self, rows: models.QuerySet[Any]) -> None:
        """These rows are about to be deleted, with the records that hang on them."""
        collector = _Everything(using=DEFAULT_DB_ALIAS)
        try:
            collector.collect(rows)
        except ProtectedError:
            return  # they are noted again when what protects them is gone
        for model, found in collector.data.items():
            if may_be_gone(model):
                self.stones |= {row.pk: self._stone(model._meta.model_name or "", row) for row in found}

    def _stone(self, kind: str, row: Any) -> _Stone:
        if alone := alone_known_to(row):
            return _Stone(kind, restricted=True, told=frozenset([alone]))
        return _Stone(kind, self.restricted, self.told if kind in WITH_THE_PERSON else self.told_in_offices)

    def put(self) -> None:
        """Keep the ids; those of a year ago are kept no longer."""
        now = timezone.now()
        Gone.objects.filter(gone_at__lt=now - KEPT_FOR).delete()
        put = [Gone(id=pk, kind=one.kind, gone_at=now, **self._where(one)) for pk, one in self.stones.items()]
        Gone.objects.bulk_create(put, batch_size=500, ignore_conflicts=True)
        told = Gone.told.through
        pairs = [told(gone_id=pk, user_id=reader) for pk, one in self.stones.items() for reader in sorted(one.told)]
        told._default_manager.bulk_create(pairs, batch_size=500, ignore_conflicts=True)

    def _where(self, one: _Stone) -> dict[str, Any]:
        if one.restricted:
            return {"restricted": True, "team_id": None, "locality_id": None}
        return {"restricted": False, "team_id": self.team, "locality_id": self.locality}


class _Everything(Collector):
    """What a deletion takes with it, each row by itself."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        """Never: what goes unseen could not be told."""
        return False
