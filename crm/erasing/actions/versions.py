"""Erasing is a change: every record in which something of a person stood is a new version of itself, so that copies of
it elsewhere are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import CASCADE, SET_NULL, F
from django.utils import timezone

from crm.base.models import Record

Keys = tuple[type[models.Model], set[Any]]


def count_as_changed(rows: Sequence[models.Model], *, unlinked: bool = False) -> None:
    """The records that show these rows as parts of themselves: a contact shows who was there, what was said and what
    was promised. Where the rows go or lose their person (`unlinked`), also what leads through them: a point shows who
    of those present said it. A fixed number of queries for each kind of row."""
    kinds: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    for model, found in kinds.items():
        for shown_in, keys in [*_wholes(model, found), *(_led_by(model, found) if unlinked else ())]:
            changed = shown_in._base_manager.filter(pk__in=keys)
            changed.update(version=F("version") + 1, modified_at=timezone.now())


def _wholes(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[Keys]:
    """What the rows are parts of: what they would be deleted with, and the contact they belong to."""
    for field in model._meta.concrete_fields:
        link: Any = field.remote_field
        if link and issubclass(link.model, Record) and (link.on_delete is CASCADE or field.name == "event"):
            keys = {getattr(row, field.attname) for row in rows} - {None}
            if keys:
                yield link.model, keys


def _led_by(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[Keys]:
    """What leads through the rows, and stands without them."""
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if issubclass(other, Record) and getattr(relation, "on_delete", None) is SET_NULL:
            found = other._base_manager.filter(**{f"{relation.field.name}__in": rows})
            keys = set(found.order_by().values_list("pk", flat=True))
            if keys:
                yield other, keys
