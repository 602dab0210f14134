"""Requests for other formats: `/api/v1/format-requests/`, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.pagination import Order
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.languages.models import Language
from engagement.formats import actions, permissions
from engagement.formats.details import RequestDetails
from engagement.formats.filters import FormatRequestFilter
from engagement.formats.models import Format, FormatRequest, State, Way


class FormatRequestInput(Input):
    """What somebody asked for by phone, by letter or in person."""

    always = ("about", "format", "reach_by")
    about = text(250, help_text="The title of the page or letter they want.")
    format = choice(Format, help_text="How they want it.")
    language = Link(Language, allow_null=True, help_text="The language they want it in. English, unless told.")
    address = text(500, help_text="Where the page stands on the site.")
    words = text(500, help_text="What else they said. No health details.")
    name = text(150, help_text="Their name, if they said it.")
    reach_by = choice(Way, help_text="How to reach them.")
    reach_at = text(254, help_text="Their number or address.")

    def to_internal_value(self, data: Any) -> Any:
        """The values; what is missing is for the rules to refuse."""
        return {"about": "", "format": "", **super().to_internal_value(data)}


class FormatAnswerInput(Input):
    """What happened."""

    always = ("outcome", "state")
    state = choice(State, help_text="`answered`, `done` or `could_not`.")
    outcome = text(300, help_text="What you did, or why you could not.")


class GiveRequestInput(Input):
    """To whom."""

    owner = Link(User, required=True, help_text="Who answers from now on.")


class FormatRequestOut(Output):
    """A request for another format."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    number = serializers.CharField(help_text="What is said of it in place of a name.")
    about = serializers.CharField()
    address = serializers.CharField()
    format = serializers.CharField(help_text=f"One of {', '.join(Format.values)}.")
    language = Named(allow_null=True)
    words = serializers.CharField()
    name = serializers.CharField(help_text="Empty four weeks after they have it, as are `words` and how to reach them.")
    reach_by = serializers.CharField()
    reach_at = serializers.CharField()
    owner = Named(allow_null=True, help_text="Who answers.")
    state = serializers.CharField(help_text=f"One of {', '.join(State.values)}.")
    outcome = serializers.CharField()
    asked_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The answer is due, then the thing itself. Working days.")
    is_late = serializers.BooleanField()
    answered_on = serializers.DateField(allow_null=True)
    finished_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}a0", "version": 1, "number": "F-K7M-4PX", "about": "Come and talk about care at home",
    "address": "/ur/come-and-talk/", "format": "read_aloud", "language": {"id": f"{examples.ID}02", "name": "Urdu"},
    "words": "After 4, please", "name": "", "reach_by": "phone", "reach_at": "+441134960100", "owner": examples.OFFICER,
    "state": "waiting", "outcome": "", "asked_on": "2026-11-24", "due_on": "2026-12-01", "is_late": False,
    "answered_on": None, "finished_on": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
TOLD = (
    "number", "about", "address", "format", "words", "name", "reach_by", "reach_at", "state", "outcome", "asked_on",
    "due_on", "is_late", "answered_on", "finished_on", "created_at", "modified_at",
)  # fmt: skip


def as_row(row: FormatRequest) -> Row:
    """A request as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        **{name: getattr(row, name) for name in TOLD},
        "language": named(row.language),
        "owner": named(row.owner),
    }


class FormatRequests(Collection):
    """Requests, what is due first."""

    model = FormatRequest
    item_name = "format-request"
    filter_class = FormatRequestFilter
    orders = {
        "due_on": Order("due_on", date),
        "-created_at": Order("created_at", None, down=True),
    }
    default_order = "due_on"
    permissions_by_method = {"GET": permissions.read_format_requests, "POST": permissions.add_format_request}
    operations = {
        "GET": Operation("List requests for other formats", gives=FormatRequestOut, example=EXAMPLE),
        "POST": Operation(
            "Write down a request for another format", "It is answered by whoever writes it down, within the days the "
            "council promises.", takes=FormatRequestInput, status=201,
            example={"about": "Come and talk", "format": "large_print", "reach_by": "post", "reach_at": "1 Mill St"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("language", "owner")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        return actions.add_format_request(actor=self.reader, details=RequestDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class FormatRequestItem(Item):
    """One request."""

    model = FormatRequest
    item_name = "format-request"
    permissions_by_method = {"GET": permissions.read_format_requests}
    operations = {"GET": Operation("Read a request for another format", gives=FormatRequestOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("language", "owner")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class AnswerFormatRequest(Verb):
    """What happened."""

    model = FormatRequest
    item_name = "format-request"
    permissions_by_method = {"POST": permissions.answer_format_request}
    operations = {
        "POST": Operation("Say what happened with a request for another format", takes=FormatAnswerInput,
                          example={"state": "done", "outcome": "Read it to them in Urdu"})
    }  # fmt: skip

    def act(self, record: FormatRequest, values: dict[str, Any], expected_version: int | None) -> Record:
        """Say so."""
        told = {"state": "", "outcome": "", **values}
        return actions.answer_format_request(
            actor=self.reader, request=record, expected_version=expected_version, **told
        )


class GiveFormatRequest(Verb):
    """A colleague answers."""

    model = FormatRequest
    item_name = "format-request"
    permissions_by_method = {"POST": permissions.give_format_request}
    operations = {
        "POST": Operation("Give a request for another format to a colleague", takes=GiveRequestInput,
                          example={"owner": examples.OFFICER["id"]})
    }  # fmt: skip

    def act(self, record: FormatRequest, values: dict[str, Any], expected_version: int | None) -> Record:
        """Give it."""
        return actions.give_format_request(
            actor=self.reader, request=record, owner=values["owner"], expected_version=expected_version
        )
