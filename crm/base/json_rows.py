"""A question's rows as JSON lists, so that rows of different shapes can come with one query; and back again.

What comes back is what the database's driver would have given: the field's own converters read it afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

AT_ONCE = 90  # a function of either database takes 100 values, on old builds of SQLite


def row_as_json(sql: str, columns: list[Any], connection: Any) -> tuple[str, list[Callable[[Any], Any] | None]]:
    """SQL that gives the place of each row and the row as a list; and for each column how its value is read."""
    names = [f"c{number}" for number in range(len(columns))]
    every = ", ".join(names)
    listed = "json_build_array" if connection.vendor == "postgresql" else "json_array"
    parts = [", ".join(names[start : start + AT_ONCE]) for start in range(0, len(names), AT_ONCE)]
    told = f"{listed}({', '.join(f'{listed}({part})' for part in parts)})"
    if connection.vendor == "postgresql":  # lists: reading objects with a name for each value takes twice as long
        readers = [_reader(column.output_field) for column in columns]
        inner = f"SELECT row_number() OVER () AS place, {told} AS told FROM ({sql}) AS one({every})"  # noqa: S608
        return inner, readers
    inner = f"WITH one({every}) AS ({sql}) SELECT row_number() OVER () AS place, {told} AS told FROM one"  # noqa: S608
    return inner, []


def read_rows(answers: list[tuple[int, Any]], readers: list[Callable[[Any], Any] | None]) -> list[tuple[Any, ...]]:
    """The rows in their order, each value as the driver gives it."""
    in_order = sorted(answers, key=lambda answer: answer[0])
    if not readers:
        return [tuple(value for part in json.loads(told) for value in part) for _, told in in_order]
    changed = [(place, read) for place, read in enumerate(readers) if read is not None]
    return [_read_row([value for part in told for value in part], changed) for _, told in in_order]


def _read_row(values: list[Any], changed: list[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    for place, read in changed:
        if values[place] is not None:
            values[place] = read(values[place])
    return tuple(values)


READERS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], Any]], ...] = (
    (models.UUIDField, UUID),
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
    (models.DecimalField, lambda value: Decimal(str(value))),
    (models.JSONField, json.dumps),
)
AS_THEY_ARE = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.FloatField)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    while field.is_relation:
        field = field.target_field
    for kind, read in READERS:
        if isinstance(field, kind):
            return read
    if not isinstance(field, AS_THEY_ARE):
        raise TypeError(f"{type(field).__name__} does not come back from JSON yet: say how in READERS.")
    return None
