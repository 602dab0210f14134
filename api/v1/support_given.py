"""Support, mentoring and training that groups were given: `/api/v1/support-given/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, number, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.organisations import actions, permissions
from crm.organisations.details import SupportGivenDetails
from crm.organisations.filters import SupportGivenFilter
from crm.organisations.models import Organisation, SupportGiven

OWN = ("kind", "given_on", "words", "hours", "people")


class SupportGivenShape(Input):
    """What can be said about support given."""

    kind = choice(SupportGiven.Kind)
    given_on = serializers.DateField(required=False, allow_null=True)
    words = text(300, help_text="What it was about.")
    hours = serializers.DecimalField(
        max_digits=5, decimal_places=1, required=False, allow_null=True, help_text="Like 1.5."
    )
    people = number(allow_null=True, help_text="How many took part.")
    given_by = Link(User, help_text="Who gave it. You, unless told.")


class SupportGivenInput(SupportGivenShape):
    """Support given to a group."""

    organisation = Link(Organisation, required=True)


class SupportGivenOut(Output):
    """Support given to a group."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    organisation = Named()
    kind = serializers.CharField()
    given_on = serializers.DateField()
    words = serializers.CharField()
    hours = serializers.FloatField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)
    given_by = Named()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}21", "version": 1, "organisation": examples.GROUP, "kind": "mentoring",
    "given_on": "2026-11-24", "words": "How to apply for a small grant", "hours": 1.5, "people": 3,
    "given_by": examples.OFFICER, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(support: SupportGiven) -> Row:
    """Support given, as it goes out."""
    return {
        "id": support.pk,
        "version": support.version,
        "organisation": named(support.organisation),
        **{name: getattr(support, name) for name in OWN},
        "hours": float(support.hours) if support.hours is not None else None,
        "given_by": named(support.given_by),
        "created_at": support.created_at,
        "modified_at": support.modified_at,
    }


class SupportGivenRows(Collection):
    """Support given, what was written down last first."""

    model = SupportGiven
    item_name = "support-given"
    filter_class = SupportGivenFilter
    permissions_by_method = {"GET": permissions.read_support_given, "POST": permissions.add_support_given}
    operations = {
        "GET": Operation("List support given to groups", gives=SupportGivenOut, example=EXAMPLE),
        "POST": Operation("Write down support given", "The group, the day and what it was about must be given.",
                          takes=SupportGivenInput, status=201,
                          example={"organisation": examples.GROUP["id"], "kind": "mentoring",
                                   "given_on": "2026-11-24", "words": "How to apply for a small grant"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return rows.select_related("organisation", "given_by")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        group = values.pop("organisation")
        return actions.add_support_given(actor=self.reader, organisation=group, details=SupportGivenDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class SupportGivenItem(Item):
    """One support given."""

    model = SupportGiven
    item_name = "support-given"
    permissions_by_method = {"GET": permissions.read_support_given, "PATCH": permissions.change_support_given}
    operations = {
        "GET": Operation("Read support given", gives=SupportGivenOut, example=EXAMPLE),
        "PATCH": Operation("Correct support given", "Send what is different.", takes=SupportGivenShape,
                           example={"hours": "2.0"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return rows.select_related("organisation", "given_by")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Correct it."""
        known = {name: getattr(record, name) for name in OWN}
        details = SupportGivenDetails(**{**known, **values})
        return actions.change_support_given(
            actor=self.reader, support=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Correct."""
        return self.save(pk)
