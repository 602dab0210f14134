"""The lists that the council keeps: `/api/v1/topics/`, `/api/v1/barriers/`, `/api/v1/access-support/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, number, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row
from crm.base.models import Record
from engagement.log import actions, permissions
from engagement.log.models import AccessSupport, Barrier, KeptList, Topic

LARGEST_ORDER = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)


class ListEntryOut(Output):
    """An entry of a list that the council keeps."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    order = serializers.IntegerField(help_text="Smaller comes first.")
    retired = serializers.BooleanField(help_text="No longer offered; contacts that bear it keep it.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class ListEntryInput(Input):
    """A new entry of a list that the council keeps."""

    always = ("name",)
    name = text(80, help_text="In a word or two.")
    order = number(max_value=LARGEST_ORDER, help_text="Smaller comes first.")


class ListEntryChangeInput(ListEntryInput):
    """What is different about an entry."""

    retired = serializers.BooleanField(required=False, help_text="No longer offered.")


def example_of(entry: Row) -> dict[str, Any]:
    """An entry as it goes out, invented."""
    when = {"created_at": examples.WHEN, "modified_at": examples.WHEN}
    return {**entry, "version": 1, "order": 100, "retired": False, **when}


def as_row(entry: KeptList) -> Row:
    """An entry as it goes out."""
    return {
        "id": entry.pk,
        "version": entry.version,
        "name": entry.name,
        "order": entry.order,
        "retired": entry.retired,
        "created_at": entry.created_at,
        "modified_at": entry.modified_at,
    }


def of_list(many: str, one: str, example: Row, new: str) -> dict[str, Operation]:
    """Reading a list and adding to it."""
    return {
        "GET": Operation(f"List {many}", "Retired ones too.", gives=ListEntryOut, example=example),
        "POST": Operation(f"Add {one}", takes=ListEntryInput, status=201, example={"name": new}),
    }


def of_entry(one: str, example: Row) -> dict[str, Operation]:
    """Reading an entry and changing it."""
    return {
        "GET": Operation(f"Read {one}", gives=ListEntryOut, example=example),
        "PATCH": Operation(f"Change {one}", "Rename it, move it, retire it.", takes=ListEntryChangeInput,
                           example={"retired": True}),
    }  # fmt: skip


class KeptEntries(Collection):
    """A list that the council keeps."""

    add_one: ClassVar[Callable[..., Record]]

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return self.add_one(actor=self.reader, **{"name": "", **values})

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class KeptEntry(Item):
    """One entry of such a list."""

    change_one: ClassVar[Callable[..., Record]]
    called: ClassVar[str]  # as its action calls the record

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        return self.change_one(actor=self.reader, expected_version=expected_version, **{self.called: record}, **values)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


TOPIC = example_of(examples.TOPIC)
BARRIER = example_of({"id": f"{examples.ID}0a", "name": "Cost of travel"})
SUPPORT = example_of({"id": f"{examples.ID}0b", "name": "BSL interpreter"})


class Topics(KeptEntries):
    """What people talk about."""

    model, item_name, add_one = Topic, "topic", staticmethod(actions.add_topic)
    permissions_by_method = {"GET": permissions.read_topics, "POST": permissions.add_topic}
    operations = of_list("topics", "a topic", TOPIC, "Getting about")


class TopicItem(KeptEntry):
    """One topic."""

    model, item_name, called, change_one = Topic, "topic", "topic", staticmethod(actions.change_topic)
    permissions_by_method = {"GET": permissions.read_topics, "PATCH": permissions.change_topic}
    operations = of_entry("a topic", TOPIC)


class Barriers(KeptEntries):
    """What kept people from taking part."""

    model, item_name, add_one = Barrier, "barrier", staticmethod(actions.add_barrier)
    permissions_by_method = {"GET": permissions.read_lists, "POST": permissions.add_barrier}
    operations = of_list("barriers", "a barrier", BARRIER, "No crèche")


class BarrierItem(KeptEntry):
    """One barrier."""

    model, item_name, called, change_one = Barrier, "barrier", "barrier", staticmethod(actions.change_barrier)
    permissions_by_method = {"GET": permissions.read_lists, "PATCH": permissions.change_barrier}
    operations = of_entry("a barrier", BARRIER)


class SupportKinds(KeptEntries):
    """Access and language support that can be used at a meeting."""

    model, item_name, add_one = AccessSupport, "access-support", staticmethod(actions.add_access_support)
    permissions_by_method = {"GET": permissions.read_lists, "POST": permissions.add_access_support}
    operations = of_list("kinds of support", "a kind of support", SUPPORT, "Speech-to-text reporter")


class SupportKind(KeptEntry):
    """One kind of support."""

    model, item_name, called = AccessSupport, "access-support", "support"
    change_one = staticmethod(actions.change_access_support)
    permissions_by_method = {"GET": permissions.read_lists, "PATCH": permissions.change_access_support}
    operations = of_entry("a kind of support", SUPPORT)
