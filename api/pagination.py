"""Pages that stay right while rows arrive, and reading only what changed.

A page begins after the last row of the one before, not at a number of rows: a row that arrives meanwhile neither
repeats a row nor hides one, and a page far down costs what the first one costs.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.request import Request

from api.problems import Fault, Problem


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(f"api.page {settings.SECRET_KEY}".encode()).digest()))


def sealed(values: Sequence[str]) -> str:
    """A cursor: nobody can read in it which row a page ended with (it may be one of which they may not know)."""
    return _seal().encrypt(json.dumps(values).encode()).decode()


def list_of(path: str, order: str, filters: Mapping[str, Sequence[str]]) -> str:
    """Which list a cursor belongs to: an address, its filters, since when it tells changes, and the order of its rows.
    A cursor taken to another would leave rows out without a word."""
    asked = sorted((name, list(values)) for name, values in filters.items() if name not in PAGING - {SINCE})
    return hashlib.sha256(json.dumps([path, order, asked]).encode()).hexdigest()[:16]


def opened(cursor: str) -> list[str]:
    """What `sealed` put in. Raises InvalidToken or ValueError for anything else."""
    found: list[str] = json.loads(_seal().decrypt(cursor.encode()))
    return found


PAGE_SIZE, LARGEST_PAGE = 25, 100
# A row carries the time at which its change began to be saved, and is seen when the change ends. No request lives
# longer than the server lets it (30 seconds), and servers' clocks differ by less than a minute or two: five minutes
# are safe.
OVERLAP = timedelta(minutes=5)
SINCE = "changed_since"
PAGING = frozenset({"cursor", "page_size", "ordering", SINCE})


@dataclass(frozen=True)
class Order:
    """An order a list may have: the field that leads, which way, and what its values are. The id decides ties."""

    field: str
    kind: type[date] | type[datetime] | None = None  # None: the id leads, so the order is that of being added
    down: bool = False

    @property
    def keys(self) -> list[str]:
        """What the rows are ordered by."""
        fields = ["id"] if self.kind is None else [self.field, "id"]
        return [f"-{name}" if self.down else name for name in fields]


BY_CHANGE = Order("changed_at", datetime)


@dataclass(frozen=True)
class Position:
    """Where a page begins: after the row with these values; and, for a reader of changes, where to read again from."""

    values: tuple[str, ...]
    again: str = ""


@dataclass
class Paging:
    """What the request asks of the list: how many, in which order, after which row, changed since when."""

    size: int
    order: Order
    belongs_to: str
    since: datetime | None
    position: Position | None
    again: str

    def cut(self, rows: QuerySet[Any], gone: QuerySet[Any] | None = None) -> tuple[list[Any], str | None]:
        """The rows of the page, and the cursor of the next one; None when there is none. Among changes stands in its
        place what is gone."""
        found = self._first(rows)
        if gone is not None:
            found = sorted([*found, *self._first(gone)], key=lambda row: (getattr(row, self.order.field), row.pk))
        page = found[: self.size]
        return page, self._cursor(page[-1]) if len(found) > self.size else None

    def _first(self, rows: QuerySet[Any]) -> list[Any]:
        rows = rows.filter(self._after(self.position.values)) if self.position else rows
        return list(rows.order_by(*self.order.keys)[: self.size + 1])

    @property
    def begins_at(self) -> datetime | None:
        """For a reader of changes: since when the page and those after it tell them, so that a page far down does not
        look through all of them again."""
        if self.since is None or self.position is None:
            return self.since
        return max(self.since, datetime.fromisoformat(self.position.values[0]))

    def _after(self, values: Sequence[str]) -> Q:
        if self.order.kind is None:
            return Q(**{f"id__{'lt' if self.order.down else 'gt'}": values[0]})
        lies = TupleLessThan if self.order.down else TupleGreaterThan
        day = self.order.kind.fromisoformat(values[0])
        # As a pair, so that the index leads to the very row, however many rows share its day.
        after = Q(lies(Tuple(self.order.field, "id"), (day, UUID(values[1]))))
        if not connection.features.supports_tuple_lookups:
            # SQLite: there Django takes the pair apart, "a later day, or this day and a later id". Each half would be
            # read to its end and sorted; told where both begin, SQLite follows the index and stops.
            after &= Q(**{f"{self.order.field}__{'lte' if self.order.down else 'gte'}": day})
        return after

    def _cursor(self, row: Any) -> str:
        values = [] if self.order.kind is None else [getattr(row, self.order.field).isoformat()]
        return sealed([self.belongs_to, *values, str(row.pk), self.again])


def read_paging(request: Request, orders: dict[str, Order], default: str) -> Paging:
    """What the request's address asks of the list; a reader of changes gets them in the order of `changed_at`.
    Raises `Problem` (400) naming the parameter that is not right."""
    asked = request.query_params
    since = _since(asked.get(SINCE))
    if since and "ordering" in asked:
        raise refused("ordering", "What changed comes oldest change first. Leave this out.")
    name = BY_CHANGE.field if since else asked.get("ordering", default)
    order = BY_CHANGE if since else orders.get(name)
    if order is None:
        raise refused("ordering", f"Choose one of: {', '.join(sorted(orders))}.")
    belongs_to = list_of(request.path, name, dict(asked.lists()))
    position = _position(asked.get("cursor"), belongs_to, order)
    again = position.again if position else (datetime.now(UTC) - OVERLAP).isoformat() if since else ""
    return Paging(_size(asked.get("page_size")), order, belongs_to, since, position, again)


def refused(parameter: str, words: str) -> Problem:
    """A 400 that names a part of the address."""
    return Problem(400, detail=words, faults=[Fault("invalid", words, parameter=parameter)])


def _size(raw: str | None) -> int:
    if raw is None:
        return PAGE_SIZE
    if not (raw.isascii() and raw.isdigit() and len(raw) < 4 and 1 <= int(raw) <= LARGEST_PAGE):
        raise refused("page_size", f"Ask for 1 to {LARGEST_PAGE} rows.")
    return int(raw)


def _since(raw: str | None) -> datetime | None:
    if raw is None:
        return None
    try:
        found = parse_datetime(raw.replace(" ", "+"))  # a plus sign in an address is read as a space
        if found is None:
            raise ValueError
        aware = found if timezone.is_aware(found) else timezone.make_aware(found)
        return aware.astimezone(UTC)  # a time at the edge of the calendar may lie beyond it in another zone
    except (ValueError, OverflowError) as problem:
        raise refused(SINCE, "Send a time, like 2026-11-24T09:30:00Z.") from problem


def _position(raw: str | None, belongs_to: str, order: Order) -> Position | None:
    if raw is None:
        return None
    try:
        of_list, *values, again = opened(raw)
        if of_list != belongs_to or len(values) != len(order.keys):
            raise ValueError
    except (InvalidToken, ValueError, TypeError) as problem:
        words = "This is no cursor of this list. Take it, whole, from `next`, and leave filters and order as they were."
        raise refused("cursor", words) from problem
    return Position(tuple(values), again)
