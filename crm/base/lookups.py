"""One record looked up by its key, beside each row of a page."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull


def by_key(rows: QuerySet[Any], key: str, value: str = "pk") -> Subquery:
    """A value of the record that a row's `key` names, if it is among these rows; nothing if it is not.

    PostgreSQL looks each up by its key. Asked whether there is one (`Exists` in a column, or with an "or" beside it),
    it lists all of them first: everybody whom the reader may see, for the 25 people of a page.
    """
    return Subquery(rows.order_by().filter(pk=OuterRef(key)).values(value)[:1])


def among(rows: QuerySet[Any], key: str) -> Q:
    """Whether the record that a row's `key` names is among these rows, looked up by its key."""
    return Q(IsNull(by_key(rows, key), False))
