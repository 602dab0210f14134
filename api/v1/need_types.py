"""Types of access need: `/api/v1/need-types/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, one_of, text
from api.v1.access_needs import TYPE_EXAMPLE, NeedTypeOut
from api.views import Collection, Item, Operation, Row
from crm.access import actions, permissions
from crm.access.details import NeedTypeDetails
from crm.access.filters import NeedTypeFilter
from crm.access.models import NeedGroup, NeedKind, NeedType
from crm.base.models import Record

CHANGED = ("name", "kind", "group", "what_to_do", "snomed_code", "ended_on")
FIELDS = ("key", *CHANGED, "created_at", "modified_at")


class NeedTypeChangeInput(Input):
    """What a type says from now on."""

    name = text(120)
    kind = choice(NeedKind)
    group = one_of([*NeedGroup.values, ""], required=False, help_text="Of the standard; "
                                    "only for the kind `communication`.")  # fmt: skip
    what_to_do = text(200, help_text="What to do, usually. `{language}` stands for the language of the need.")
    snomed_code = text(18, help_text="SNOMED CT, if the council has a licence to use it.")
    ended_on = serializers.DateField(required=False, allow_null=True, help_text="Not offered since.")


class NeedTypeInput(NeedTypeChangeInput):
    """A type of access need."""

    always = ("kind", "name", "what_to_do")
    key = serializers.SlugField(required=False, max_length=60, help_text="Made from the name, unless told.")


def as_row(row: NeedType) -> Row:
    """A type as it goes out."""
    return {"id": row.pk, "version": row.version, **{name: getattr(row, name) for name in FIELDS}}


class NeedTypes(Collection):
    """Types of need, those added last first."""

    model = NeedType
    item_name = "need-type"
    filter_class = NeedTypeFilter
    permissions_by_method = {"GET": permissions.read_need_types, "POST": permissions.add_need_type}
    operations = {
        "GET": Operation("List types of access need", "The council's own list.", gives=NeedTypeOut,
                         example=TYPE_EXAMPLE),
        "POST": Operation("Add a type of access need", "For leads, managers and administrators.", takes=NeedTypeInput,
                          status=201, example={"name": "Widgit symbols", "kind": "communication", "group": "format",
                                               "what_to_do": "Send Widgit symbols"}),
    }  # fmt: skip

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        details = NeedTypeDetails(**{"name": "", "kind": "", **values})
        return actions.add_need_type(actor=self.reader, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class NeedTypeItem(Item):
    """One type."""

    model = NeedType
    item_name = "need-type"
    permissions_by_method = {"GET": permissions.read_need_types, "PATCH": permissions.change_need_type}
    operations = {
        "GET": Operation("Read a type of access need", gives=NeedTypeOut, example=TYPE_EXAMPLE),
        "PATCH": Operation("Change a type of access need", "Reword it, or say since when it is not offered.",
                           takes=NeedTypeChangeInput, example={"ended_on": "2026-12-31"}),
    }  # fmt: skip

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in CHANGED}
        return actions.change_need_type(
            actor=self.reader,
            need_type=record,
            details=NeedTypeDetails(**{**known, **values}),
            expected_version=expected_version,
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
