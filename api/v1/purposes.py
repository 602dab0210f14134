"""What the council does with what it knows about people, and on what basis: `/api/v1/purposes/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, one_of, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row
from crm.base.models import Record
from crm.people.models import ContactWay
from crm.privacy import actions, permissions
from crm.privacy.details import BasisDetails, PurposeDetails
from crm.privacy.models import LawfulBasis, Purpose

OWN = ("name", "words", "asks_permission", "ended_on")
BASIS = ("channel", "basis", "condition")


class BasisShape(Input):
    """What a purpose rests on, for one way or for every other."""

    channel = one_of(["", *ContactWay.Kind.values], required=False, help_text="Left out: every way not named.")
    basis = choice(LawfulBasis.Basis, required=True)
    condition = text(200, help_text="Special category condition.")
    decided_in = text(200, help_text="Where it is decided.")


class PurposeInput(Input):
    """A purpose. The bases are sent whole."""

    always = ("bases", "name")
    name = text(120, help_text="In words a citizen understands.")
    words = text(2000, help_text="What we tell people.")
    asks_permission = serializers.BooleanField(required=False, help_text="Only with people who said that we may.")
    ended_on = serializers.DateField(required=False, allow_null=True)
    bases = serializers.ListField(child=BasisShape(), required=False, max_length=20)


class BasisOut(Output):
    """What a purpose rests on."""

    channel = serializers.CharField()
    basis = serializers.CharField()
    condition = serializers.CharField()
    decided_in = serializers.CharField(help_text="Where it is decided, like a policy and its date.")


class PurposeOut(Output):
    """A purpose."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    key = serializers.CharField(help_text="Its short name, for `/people/{id}/ways/?purpose=`.")
    name = serializers.CharField()
    words = serializers.CharField()
    asks_permission = serializers.BooleanField()
    ended_on = serializers.DateField(allow_null=True)
    bases = BasisOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EMAIL = {"channel": "email", "basis": "consent", "condition": "", "decided_in": "PECR 2003, regulation 22"}
EXAMPLE = {
    "id": f"{examples.ID}70", "version": 1, "key": "invitations", "name": "Invite you to forums and events",
    "words": "We tell you when something is on.", "asks_permission": True, "ended_on": None, "bases": [EMAIL],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def basis_row(basis: LawfulBasis) -> Row:
    """What a purpose rests on, as it goes out."""
    return {**{name: getattr(basis, name) for name in BASIS}, "decided_in": basis.source}


def as_basis(told: dict[str, Any]) -> BasisDetails:
    """What a purpose rests on, as it came in or went out."""
    own = {name: told[name] for name in BASIS if name in told}
    return BasisDetails(**own, source=told.get("decided_in", ""))


def as_row(row: Purpose) -> Row:
    """A purpose as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        "key": row.key,
        **{name: getattr(row, name) for name in OWN},
        "bases": [basis_row(basis) for basis in row.bases.all()],
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


def details_from(values: dict[str, Any], known: dict[str, Any]) -> PurposeDetails:
    """A purpose as the request tells it, upon what is known already."""
    told = dict(values)
    if "bases" in told:
        told["bases"] = [as_basis(basis) for basis in told["bases"]]
    return PurposeDetails(**{"name": "", **known, **told})


class Purposes(Collection):
    """The purposes."""

    model = Purpose
    item_name = "purpose"
    permissions_by_method = {"GET": permissions.read_purposes, "POST": permissions.add_purpose}
    operations = {
        "GET": Operation("List purposes", "With what each rests on in law.", gives=PurposeOut, example=EXAMPLE),
        "POST": Operation("Add a purpose", "", takes=PurposeInput, status=201,
                          example={"name": "Invite you to forums and events", "bases": [{"basis": "public_task"}]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the bases."""
        return rows.prefetch_related("bases")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return actions.add_purpose(actor=self.reader, details=details_from(values, {}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class PurposeItem(Item):
    """One purpose."""

    model = Purpose
    item_name = "purpose"
    permissions_by_method = {"GET": permissions.read_purposes, "PATCH": permissions.change_purpose}
    operations = {
        "GET": Operation("Read a purpose", gives=PurposeOut, example=EXAMPLE),
        "PATCH": Operation("Change a purpose", "Send what is different. The bases are sent whole.", takes=PurposeInput,
                           example={"asks_permission": True}),
    }  # fmt: skip

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        bases = [as_basis(basis_row(basis)) for basis in record.bases.all()]
        known = {**{name: getattr(record, name) for name in OWN}, "bases": bases}
        return actions.change_purpose(
            actor=self.reader, purpose=record, details=details_from(values, known), expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
