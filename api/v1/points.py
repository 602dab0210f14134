"""Points: `/api/v1/points/`. They are searched by POST, because what people said never stands in an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from api.v1 import examples, shapes
from api.v1.search import Search, SearchInput
from api.views import Collection, Item, Operation, Row, named
from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.lookups import by_key
from crm.base.models import Record
from crm.people.models import Person
from engagement.log import actions, permissions
from engagement.log.details import PointDetails
from engagement.log.filters import PointFilter
from engagement.log.marks import mark_restricted
from engagement.log.models import Point

OWN = ("words", "kind", "wording", "translation", "translator", "voice", "authority", "quoting")


def with_related(rows: QuerySet[Any], reader: Actor) -> QuerySet[Any]:
    """With the names of everything linked; a person's only where the reader may see the record."""
    seen = Person.objects.visible_to(reader)
    shown: QuerySet[Any] = rows.select_related("event", "language", "raised_by_organisation", "through").annotate(
        raiser_id=by_key(seen, "raised_by__person"),
        raiser_name=by_key(seen, "raised_by__person", "name"),
    )
    return shown


@kept
def _points(reader: Actor, ids: tuple[UUID, ...]) -> QuerySet[Any]:
    return with_related(Point.objects.visible_to(reader).filter(pk__in=ids), reader)


def as_row(point: Any) -> Row:
    """A point as it goes out."""
    raiser = {"id": point.raiser_id, "name": point.raiser_name} if point.raised_by_id else None
    return {
        "id": point.pk,
        "version": point.version,
        "state": "withdrawn" if point.event.withdrawn_at else "standing",
        "event": point.event_id,
        "occurred_on": point.event.occurred_on,
        "position": point.position,
        **{name: getattr(point, name) for name in OWN},
        "language": named(point.language),
        "raised_by": raiser,
        "raised_by_organisation": named(point.raised_by_organisation),
        "through": named(point.through),
        "created_at": point.created_at,
        "modified_at": point.modified_at,
    }


class Points(Collection):
    """Points, newest first."""

    model = Point
    item_name = "point"
    filter_class = PointFilter
    changes_with = ("event",)
    permissions_by_method = {"GET": permissions.read_events, "POST": permissions.add_point}
    operations = {
        "GET": Operation(
            "List points", "What people told us, at the contacts you may read.", gives=shapes.PointOut,
            example=examples.POINT,
        ),
        "POST": Operation(
            "Add a point to a contact", "For something that was left out when the contact was logged.",
            takes=shapes.PointInput, status=201,
            example={"event": examples.EVENT["id"], "words": examples.TOLD},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of contacts that stand."""
        return rows.filter(event__withdrawn_at=None)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the mark that reading restricted contacts leaves."""
        mark_restricted(self.reader, rows)
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        event = values.pop("event")
        return actions.add_point(actor=self.reader, event=event, point=PointDetails(**{"words": "", **values}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class PointItem(Item):
    """One point."""

    model = Point
    item_name = "point"
    permissions_by_method = {"GET": permissions.read_events, "PATCH": permissions.correct_point}
    operations = {
        "GET": Operation("Read a point", gives=shapes.PointOut, example=examples.POINT),
        "PATCH": Operation(
            "Correct a point",
            "Send what was wrong, and the reason, which stands with the corrections of its contact. What it said "
            "before is kept.",
            takes=shapes.PointCorrectionInput,
            example={"words": "Nobody told us that carers can get help too.", "reason": "A word was missing"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        mark_restricted(self.reader, [row])
        return as_row(row)

    def change(self, record: Point, values: dict[str, Any], expected_version: int) -> Record:
        """Correct it."""
        linked = ("language", "raised_by_organisation", "through")
        raiser = record.raised_by.person if record.raised_by else None
        reason = values.pop("reason", "")
        known = {**{name: getattr(record, name) for name in (*OWN, *linked)}, "raised_by": raiser}
        return actions.correct_point(
            actor=self.reader,
            event=record.event,
            point=record,
            corrected=PointDetails(**{**known, **values}),
            reason=reason,
            expected_version=expected_version,
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Correct."""
        return self.save(pk)


class PointSearch(Search):
    """Find points by what people said."""

    model = Point
    kind = "point"
    permissions_by_method = {"POST": permissions.read_events}
    operations = {
        "POST": Operation(
            "Find points", "By words that were said, at the contacts you may read.", takes=SearchInput,
            gives=shapes.PointOut, example={"words": "bus pass"}, answer=examples.POINT,
        )
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def found(self, ids: tuple[UUID, ...]) -> list[Any]:
        """With names."""
        return _points(self.reader, ids)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return [as_row(row) for row in rows]
