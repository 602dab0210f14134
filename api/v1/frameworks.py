"""Frameworks: `/api/v1/frameworks/`, with their parts and what says the same elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row, Verb
from crm.base.models import Record
from engagement.coproduction.frameworks import actions, permissions
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails
from engagement.coproduction.frameworks.filters import FrameworkFilter
from engagement.coproduction.frameworks.models import Framework, FrameworkPart

OWN = ("key", "edition", "name", "about", "source", "licence", "first_day", "last_day")


class FrameworkPartInput(Input):
    """One part."""

    code = text(20, help_text="Short, like 7. Nothing else in the edition has it.")
    name = text(300)
    kind = choice(FrameworkPart.Kind)
    words = text(2000, help_text="More about it.")
    within = text(20, help_text="The code of the part it lies in, which stands before it.")
    maps_to = serializers.ListField(
        child=serializers.CharField(max_length=100), required=False, max_length=20,
        help_text="Parts of other frameworks that say the same, as key/code.",
    )  # fmt: skip


class FrameworkInput(Input):
    """An edition of a framework of the council's own."""

    always = ("edition", "first_day", "key", "name", "parts", "source")
    key = text(60, help_text="The same for every edition, like edi-strategy.")
    edition = text(40, help_text="Like 2025+.")
    name = text(200)
    about = text(2000)
    source = text(300, help_text="Who published it, and where it can be read.")  # type: ignore[assignment]
    licence = text(200)
    first_day = serializers.DateField(required=False, allow_null=True, help_text="From which day it holds.")
    parts = serializers.ListField(child=FrameworkPartInput(), required=False, max_length=300)


class EndFrameworkInput(Input):
    """The end of an edition."""

    last_day = serializers.DateField(required=False, help_text="Its last day. Today, unless told.")


class SameOut(Output):
    """A part of another framework."""

    id = serializers.UUIDField()
    framework = serializers.CharField(help_text="Its key.")
    code = serializers.CharField()


class FrameworkPartOut(Output):
    """One part."""

    id = serializers.UUIDField(help_text="Outcomes are linked to it.")
    code = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    words = serializers.CharField()
    within = serializers.CharField(allow_null=True, help_text="The code of the part it lies in.")
    says_the_same = SameOut(many=True)


class FrameworkOut(Output):
    """One edition with its parts, in their order."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    key = serializers.CharField()
    edition = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours by that name
    licence = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    parts = FrameworkPartOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}70", "version": 1, "key": "edi-strategy", "edition": "2025+", "name": "EDI strategy",
    "about": "", "source": "The council, 2025", "licence": "", "first_day": "2025-04-01", "last_day": None,
    "parts": [
        {"id": f"{examples.ID}71", "code": "5", "kind": "objective", "name": "Review service access", "words": "",
         "within": None, "says_the_same": []}
    ],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_part(part: Any) -> Row:
    """A part as it goes out."""
    return {
        "id": part.pk,
        **{name: getattr(part, name) for name in ("code", "kind", "name", "words")},
        "within": part.within.code if part.within else None,
        "says_the_same": [
            {"id": other.pk, "framework": other.framework.key, "code": other.code} for other in part.says_the_same.all()
        ],
    }


def as_row(framework: Any) -> Row:
    """An edition as it goes out."""
    return {
        "id": framework.pk,
        "version": framework.version,
        **{name: getattr(framework, name) for name in OWN},
        "parts": [as_part(part) for part in framework.parts.all()],
        "created_at": framework.created_at,
        "modified_at": framework.modified_at,
    }


class Frameworks(Collection):
    """Editions of frameworks, newest first."""

    model = Framework
    item_name = "framework"
    filter_class = FrameworkFilter
    permissions_by_method = {"GET": permissions.read_frameworks, "POST": permissions.add_framework}
    operations = {
        "GET": Operation("List frameworks", "Editions that ended too; `current=true` leaves them out.",
                         gives=FrameworkOut, example=EXAMPLE),
        "POST": Operation("Add an edition of a framework", "Of the council's own, with its parts.",
                          takes=FrameworkInput, status=201,
                          example={"key": "local-plan", "edition": "2026", "name": "Local plan",
                                   "source": "The council", "first_day": "2026-04-01",
                                   "parts": [{"code": "1", "name": "Listen to everybody"}]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With parts."""
        return rows.with_parts_in_order()  # type: ignore[attr-defined,no-any-return]

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        parts = [PartDetails(**{"code": "", "name": "", **part}) for part in values.pop("parts", [])]
        told = {"key": "", "edition": "", "name": "", "source": "", "first_day": None, **values}
        return actions.add_framework(actor=self.reader, details=FrameworkDetails(**told, parts=parts))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class FrameworkItem(Item):
    """One edition."""

    model = Framework
    item_name = "framework"
    beside = True
    permissions_by_method = {"GET": permissions.read_frameworks}
    operations = {"GET": Operation("Read a framework", gives=FrameworkOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With parts."""
        return rows.with_parts_in_order()  # type: ignore[attr-defined,no-any-return]

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class EndFramework(Verb):
    """It holds no more."""

    model = Framework
    item_name = "framework"
    permissions_by_method = {"POST": permissions.end_framework}
    operations = {
        "POST": Operation("End an edition of a framework", "What was linked to it stays linked.",
                          takes=EndFrameworkInput, example={"last_day": "2027-03-31"})
    }  # fmt: skip

    def act(self, record: Framework, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_framework(actor=self.reader, framework=record, **values, expected_version=expected_version)
