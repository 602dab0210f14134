"""Whether needs were met: `/api/v1/need-outcomes/`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.changes import changed_where_seen
from api.inputs import Input, Link, choice, text
from api.pagination import Order
from api.v1 import examples
from api.v1.contacts import ONLY_READ, with_readable
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.access.models import AccessNeed
from crm.base.actors import Actor
from crm.base.models import Record
from crm.people.models import Person
from engagement.log.models import EngagementEvent
from engagement.needs import actions, permissions
from engagement.needs.details import OutcomeDetails
from engagement.needs.filters import OutcomeFilter
from engagement.needs.models import NeedOutcome


class OutcomeChangeInput(Input):
    """Whether it was met. Send what is different."""

    met = choice(NeedOutcome.Met)
    why = choice(NeedOutcome.Why, help_text="Unless it was met.")
    words = text(300, help_text="More about it. No health details.")


class NeedOutcomeInput(OutcomeChangeInput):
    """Whether a need was met, at a contact or in a message."""

    need = Link(AccessNeed, required=True)
    event = Link(EngagementEvent, allow_null=True, help_text="The contact. Leave out for a message.")
    message = text(150, help_text="Or which message, like: letter about the forum. No name.")
    happened_on = serializers.DateField(required=False, help_text="The day of the message; a contact has its own.")


class NeedOutcomeOut(Output):
    """Whether a need was met."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    need = serializers.UUIDField()
    type = Named()
    kind = serializers.CharField()
    person = Named()
    event = serializers.UUIDField(allow_null=True, help_text=ONLY_READ)
    message = serializers.CharField()
    happened_on = serializers.DateField()
    met = serializers.CharField(help_text="`met`, `partly` or `not_met`.")
    why = serializers.CharField()
    words = serializers.CharField()
    recorded_by = Named()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}42", "version": 1, "need": f"{examples.ID}41",
    "type": {"id": f"{examples.ID}40", "name": "Easy Read"}, "kind": "communication",
    "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"}, "event": f"{examples.ID}07", "message": "",
    "happened_on": "2026-11-24", "met": "not_met", "why": "not_booked", "words": "", "recorded_by": examples.OFFICER,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
TOLD = ("message", "happened_on", "met", "why", "words")


def with_related(rows: QuerySet[Any], reader: Actor) -> QuerySet[Any]:
    """With names, in no order of its own; the contact where the reader may see it."""
    return with_readable(rows.select_related("need__type", "need__person", "event", "recorded_by"), reader, "event")


def as_row(row: Any) -> Row:
    """An outcome as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        "need": row.need_id,
        "type": named(row.need.type),
        "kind": row.need.type.kind,
        "person": named(row.need.person),
        "event": row.event_id if row.event_readable else None,
        **{name: getattr(row, name) for name in TOLD},
        "recorded_by": named(row.recorded_by),
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


class NeedOutcomes(Collection):
    """Outcomes, newest first."""

    model = NeedOutcome
    item_name = "need-outcome"
    filter_class = OutcomeFilter
    orders = {
        "-happened_on": Order("happened_on", date, down=True),
        "happened_on": Order("happened_on", date),
        "-created_at": Order("created_at", None, down=True),
    }
    default_order = "-happened_on"
    permissions_by_method = {"GET": permissions.read_outcomes, "POST": permissions.note_outcome}
    operations = {
        "GET": Operation("List whether needs were met", "Of needs you may read.", gives=NeedOutcomeOut,
                         example=EXAMPLE),
        "POST": Operation(
            "Note whether a need was met", "At a contact the person was at, or in a message.", takes=NeedOutcomeInput,
            status=201, example={"need": f"{examples.ID}41", "event": f"{examples.ID}07", "met": "met"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Without those of withdrawn contacts."""
        return rows.filter(event__withdrawn_at=None)

    def changed_since(self, rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
        """Those that changed, whose contact was withdrawn, or whose person came into sight. Not those whose contact was
        corrected: whoever may read the need may not know of that."""
        people = Person.objects.visible_to(self.reader)
        return changed_where_seen(rows, since, "need__person", people, contact="event")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Note it."""
        need, event = values.pop("need"), values.pop("event", None)
        details = OutcomeDetails(**{"met": "", **values})
        return actions.note_outcome(actor=self.reader, need=need, event=event, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class NeedOutcomeItem(Item):
    """One outcome."""

    model = NeedOutcome
    item_name = "need-outcome"
    permissions_by_method = {"GET": permissions.read_outcomes, "PATCH": permissions.change_outcome}
    operations = {
        "GET": Operation("Read whether a need was met", gives=NeedOutcomeOut, example=EXAMPLE),
        "PATCH": Operation("Put right whether a need was met", "At which contact or in which message stays.",
                           takes=OutcomeChangeInput, example={"met": "partly", "why": "failed"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Put it right."""
        known = {name: getattr(record, name) for name in ("met", "why", "words")}
        details = OutcomeDetails(**{**known, **values})
        return actions.change_outcome(
            actor=self.reader, outcome=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
