"""Keeps the search documents in step with what actions write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from crm.base.text import search_key
from crm.search.models import SearchDocument
from crm.search.registry import SearchKind, kind_of, search_kinds

BATCH = 1000


def follow(written: Sequence[models.Model]) -> None:
    """Make or renew the documents of every written record of a known kind: one query for all of an action's records.

    Nothing is deleted here; erasure deletes a document with its record.
    """
    by_kind: dict[str, dict[Any, models.Model]] = {}
    for record in written:
        if kind := kind_of(type(record)):
            by_kind.setdefault(kind.name, {})[record.pk] = record
    keep([doc for name, records in by_kind.items() for doc in documents(search_kinds[name], list(records.values()))])


def documents(kind: SearchKind, records: Sequence[Any]) -> list[SearchDocument]:
    """The documents of some records of one kind, not yet saved."""
    if kind.prefetch:
        prefetch_related_objects(records, *kind.prefetch)
    return [
        SearchDocument(kind=kind.name, object_id=record.pk, prose=kind.prose, key=search_key(kind.words_of(record)))
        for record in records
    ]


def keep(docs: Sequence[SearchDocument]) -> None:
    """Save documents, over those that are there."""
    if docs:
        SearchDocument.objects.bulk_create(
            docs,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["key", "prose"],
        )


def rebuild(kind: SearchKind) -> int:
    """Delete every document of a kind and make them afresh, a thousand at a time. Returns how many there are now."""
    SearchDocument.objects.filter(kind=kind.name).delete()
    count = 0
    for batch in _batches(kind.model._default_manager.order_by("pk").iterator(chunk_size=BATCH)):
        keep(documents(kind, batch))
        count += len(batch)
    return count


def _batches(records: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
