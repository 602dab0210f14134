"""Areas: `/api/v1/areas/`, to read. They are loaded by a command, from figures with a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row
from crm.areas import permissions
from crm.areas.models import Area, AreaKind


class AreaOut(Output):
    """A ward, a locality or another area."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=AreaKind.values)
    code = serializers.CharField(help_text="ONS code, or the council's own where ONS gives none.")
    name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours by that name
    modified_at = serializers.DateTimeField()


class AreaFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Areas by kind."""

    kind = filters.ChoiceFilter(choices=AreaKind.choices, label="Kind")

    class Meta:
        model = Area
        fields: list[str] = []


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}08", "version": 1, "kind": "ward", "code": "E05011151", "name": "Lozells",
    "first_day": "2018-05-03", "last_day": None, "source": "ONS, Open Government Licence", "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(area: Area) -> Row:
    """An area as it goes out."""
    return {
        "id": area.pk,
        "version": area.version,
        "kind": area.kind,
        "code": area.code,
        "name": area.name,
        "first_day": area.first_day,
        "last_day": area.last_day,
        "source": area.source,
        "modified_at": area.modified_at,
    }


class Areas(Collection):
    """The areas."""

    model = Area
    item_name = "area"
    filter_class = AreaFilter
    permissions_by_method = {"GET": permissions.read_areas}
    operations = {"GET": Operation("List areas", "Past ones too, with their days.", gives=AreaOut, example=EXAMPLE)}

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class AreaItem(Item):
    """One area."""

    model = Area
    item_name = "area"
    permissions_by_method = {"GET": permissions.read_areas}
    operations = {"GET": Operation("Read an area", gives=AreaOut, example=EXAMPLE)}

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)
