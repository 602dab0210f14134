"""What goes with a person, and who may be told that it went."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone

from crm.base.models import Record
from crm.erasing.models import Gone
from crm.people.models import Person

KEPT_FOR = timedelta(days=366)  # copies are read afresh once a month, so by then nobody waits for it


class Stones:
    """The ids of what is deleted with a person. Make it before anything is, while it is known who saw them."""

    def __init__(self, person: Person) -> None:
        self.ids: dict[UUID, str] = {}
        self.restricted, self.team, self.locality = person.restricted, person.team_id, person.locality_id
        self.told = set(person.named_readers.values_list("pk", flat=True))
        if person.restricted:
            self.team = self.locality = None
        else:
            self.told.add(person.entered_by_id)

    def note(self, rows: models.QuerySet[Any]) -> None:
        """These rows are about to be deleted, with the records that hang on them."""
        collector = _Everything(using=DEFAULT_DB_ALIAS)
        try:
            collector.collect(rows)
        except ProtectedError:
            return  # they are noted again when what protects them is gone
        for model, found in collector.data.items():
            if issubclass(model, Record):
                self.ids |= {row.pk: model._meta.model_name or "" for row in found}

    def put(self) -> None:
        """Keep the ids; those of a year ago are kept no longer."""
        now = timezone.now()
        Gone.objects.filter(gone_at__lt=now - KEPT_FOR).delete()
        where = {"restricted": self.restricted, "team_id": self.team, "locality_id": self.locality}
        put = [Gone(id=pk, kind=kind, gone_at=now, **where) for pk, kind in self.ids.items()]
        Gone.objects.bulk_create(put, batch_size=500, ignore_conflicts=True)
        told = Gone.told.through
        pairs = [told(gone_id=pk, user_id=colleague) for pk in self.ids for colleague in sorted(self.told)]
        told._default_manager.bulk_create(pairs, batch_size=500, ignore_conflicts=True)


class _Everything(Collector):
    """What a deletion takes with it, each row by itself."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        """Never: what goes unseen could not be told."""
        return False
