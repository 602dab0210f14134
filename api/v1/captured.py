"""What is said at forums until they are closed: `/api/v1/captured/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.languages.models import Language
from crm.people.actions import read_restricted_people
from engagement.forums.actions import desk
from engagement.forums.held import CapturedDetails
from engagement.forums.holding_filters import CapturedFilter
from engagement.forums.models import Attendance, Captured, Forum
from engagement.forums.permissions import holding as permissions
from engagement.forums.reports.desk import name_raisers
from engagement.log.models import Point

PLAIN = ("kind", "words", "verbatim", "quoting", "due_on", "created_at", "modified_at")


class ChangedCaptured(Input):
    """What is different."""

    kind = choice(Captured.Kind)
    words = text(500, help_text="One sentence. No names, no health details.")
    verbatim = serializers.BooleanField(required=False, help_text="These are their own words.")
    raised_by = Link(Attendance, allow_null=True, help_text="Who of those who came said it.")
    language = Link(Language, allow_null=True)
    quoting = choice(Point.Quoting)
    due_on = serializers.DateField(required=False, allow_null=True, help_text="Of a promise: by when.")
    owner = Link(User, allow_null=True, help_text="Of a promise: who keeps it.")


class CapturedInput(ChangedCaptured):
    """One thing that was said or promised."""

    forum = Link(Forum, required=True)


class CapturedOut(Output):
    """One thing that was said or promised."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named()
    kind = serializers.ChoiceField(choices=Captured.Kind.values)
    words = serializers.CharField()
    verbatim = serializers.BooleanField()
    raised_by = Named(allow_null=True, help_text="Null, too, where you may not see who it was.")
    language = Named(allow_null=True)
    quoting = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    owner = Named(allow_null=True)
    captured_by = Named()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}81", "version": 1, "forum": {"id": f"{examples.ID}60", "name": "Care at home"},
    "kind": "concern", "words": "The carer comes at a different time each day.", "verbatim": True, "raised_by": None,
    "language": None, "quoting": "not_asked", "due_on": None, "owner": None, "captured_by": examples.OFFICER,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: Any) -> Row:
    """It as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        **{name: named(getattr(row, name)) for name in ("forum", "language", "owner", "captured_by")},
        **{name: getattr(row, name) for name in PLAIN},
        "raised_by": named(row.raiser),
    }


def _mark(reader: Any, rows: Sequence[Any]) -> None:
    people = [row.raiser.person for row in rows if row.raiser is not None]
    restricted = {person.pk: person for person in people if person is not None and person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.for_list().order_by()  # type: ignore[attr-defined,no-any-return]  # our own queryset


class CapturedList(Collection):
    """What was said, what was written down last first."""

    model = Captured
    item_name = "captured"
    filter_class = CapturedFilter
    permissions_by_method = {"GET": permissions.read_captured, "POST": permissions.capture}
    operations = {
        "GET": Operation("List what was said at forums", "Until they are closed: then it stands in their contacts.",
                         gives=CapturedOut, example=EXAMPLE),
        "POST": Operation("Write down what is said, or promised", takes=CapturedInput, status=201,
                          example={"forum": f"{examples.ID}60", "kind": "idea", "words": "Meet in the evening."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """1 query for who said it."""
        known = name_raisers(rows, self.reader)
        _mark(self.reader, known)
        return [as_row(row) for row in known]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        forum, values = values.pop("forum"), {"words": "", **values}
        return desk.capture(actor=self.reader, forum=forum, details=CapturedDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Write down."""
        return self.add()


class CapturedItem(Item):
    """One thing."""

    model = Captured
    item_name = "captured"
    permissions_by_method = {"GET": permissions.read_captured, "PATCH": permissions.change_captured}
    operations = {
        "GET": Operation("Read what was said", gives=CapturedOut, example=EXAMPLE),
        "PATCH": Operation("Change what was written down", takes=ChangedCaptured, example={"kind": "ask"}),
    }

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        known = name_raisers([row], self.reader)
        _mark(self.reader, known)
        return as_row(known[0])

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Put it right."""
        before = CapturedDetails(**{each.name: getattr(record, each.name) for each in fields(CapturedDetails)})
        details = replace(before, **values)
        return desk.change_captured(
            actor=self.reader, captured=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
