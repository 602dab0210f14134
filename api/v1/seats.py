"""Seats of panels: `/api/v1/seats/`. Who sits there is told by `/api/v1/memberships/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.communities.models import Community
from crm.panels.actions import panels as actions
from crm.panels.details.panels import SeatDetails
from crm.panels.filters import SeatFilter
from crm.panels.models import Panel, Seat
from crm.panels.permissions import panels as permissions

RELATED = ("panel", "reserved_for")


class SeatChangeInput(Input):
    """What a seat is from now on. Send what is different."""

    name = text(100, help_text="Like: carer seat, or seat 4.")
    reserved_for = Link(Community, allow_null=True, help_text="Null: open to everybody.")
    aim = text(300, help_text="Why it is reserved: who is missing, and how we know (Equality Act 2010, section 158).")


class SeatInput(SeatChangeInput):
    """A seat. Panel and name must be given, and the aim where it is reserved."""

    panel = Link(Panel, required=True)


class EndSeatInput(Input):
    """Nothing to say."""


class SeatOut(Output):
    """A seat."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    panel = Named()
    name = serializers.CharField()
    reserved_for = Named(allow_null=True)
    aim = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True, help_text="No longer there since.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}51", "version": 1, "panel": {"id": f"{examples.ID}50", "name": "Adult care citizen panel"},
    "name": "Kashmiri seat", "reserved_for": examples.COMMUNITY,
    "aim": "One in six people here, and nobody at the table", "ended_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(seat: Any) -> Row:
    """A seat as it goes out."""
    own = ("version", "name", "aim", "ended_on", "created_at", "modified_at")
    return {
        "id": seat.pk,
        **{name: getattr(seat, name) for name in own},
        "panel": named(seat.panel),
        "reserved_for": named(seat.reserved_for),
    }


class Seats(Collection):
    """Seats, newest first."""

    model = Seat
    item_name = "seat"
    filter_class = SeatFilter
    permissions_by_method = {"GET": permissions.read_panels, "POST": permissions.add_seat}
    operations = {
        "GET": Operation("List seats of panels", "Newest first.", gives=SeatOut, example=EXAMPLE),
        "POST": Operation("Add a seat", "A reserved one says what it is meant to mend.", takes=SeatInput, status=201,
                          example={"panel": f"{examples.ID}50", "name": "Carer seat"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related(*RELATED)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        panel = values.pop("panel")
        return actions.add_seat(actor=self.reader, panel=panel, details=SeatDetails(**{"name": "", **values}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class SeatItem(Item):
    """One seat."""

    model = Seat
    item_name = "seat"
    permissions_by_method = {"GET": permissions.read_panels, "PATCH": permissions.change_seat}
    operations = {
        "GET": Operation("Read a seat", "Whom it is kept for and why.", gives=SeatOut, example=EXAMPLE),
        "PATCH": Operation("Change a seat", "Send what is different.", takes=SeatChangeInput,
                           example={"name": "Seat for carers"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related(*RELATED)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in ("name", "reserved_for", "aim")}
        details = SeatDetails(**{**known, **values})
        return actions.change_seat(actor=self.reader, seat=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class EndSeat(Verb):
    """It is taken away."""

    model = Seat
    item_name = "seat"
    permissions_by_method = {"POST": permissions.end_seat}
    operations = {
        "POST": Operation("Take a seat away", "Only where nobody sits.", takes=EndSeatInput, example={}),
    }

    def act(self, record: Seat, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it away."""
        return actions.end_seat(actor=self.reader, seat=record, expected_version=expected_version)
