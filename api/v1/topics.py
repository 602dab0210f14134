"""Topics: `/api/v1/topics/`, the council's list of what people talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, number, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row
from crm.base.models import Record
from engagement.log import actions, permissions
from engagement.log.models import Topic

LARGEST_ORDER = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)


class TopicOut(Output):
    """A topic."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    order = serializers.IntegerField(help_text="Smaller comes first.")
    retired = serializers.BooleanField(help_text="No longer offered; contacts that bear it keep it.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class TopicInput(Input):
    """A new topic."""

    always = ("name",)
    name = text(80, help_text="What people talk about, in a word or two.")
    order = number(max_value=LARGEST_ORDER, help_text="Smaller comes first.")


class TopicChangeInput(TopicInput):
    """What is different about a topic."""

    retired = serializers.BooleanField(required=False, help_text="No longer offered.")


EXAMPLE: dict[str, Any] = {
    **examples.TOPIC, "version": 1, "order": 100, "retired": False,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(topic: Topic) -> Row:
    """A topic as it goes out."""
    return {
        "id": topic.pk,
        "version": topic.version,
        "name": topic.name,
        "order": topic.order,
        "retired": topic.retired,
        "created_at": topic.created_at,
        "modified_at": topic.modified_at,
    }


class Topics(Collection):
    """The topics."""

    model = Topic
    item_name = "topic"
    permissions_by_method = {"GET": permissions.read_topics, "POST": permissions.add_topic}
    operations = {
        "GET": Operation("List topics", "Retired ones too.", gives=TopicOut, example=EXAMPLE),
        "POST": Operation("Add a topic", takes=TopicInput, status=201, example={"name": "Getting about"}),
    }

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return actions.add_topic(actor=self.reader, **{"name": "", **values})

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class TopicItem(Item):
    """One topic."""

    model = Topic
    item_name = "topic"
    permissions_by_method = {"GET": permissions.read_topics, "PATCH": permissions.change_topic}
    operations = {
        "GET": Operation("Read a topic", gives=TopicOut, example=EXAMPLE),
        "PATCH": Operation(
            "Change a topic", "Rename it, move it, retire it.", takes=TopicChangeInput, example={"retired": True}
        ),
    }

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        return actions.change_topic(actor=self.reader, topic=record, expected_version=expected_version, **values)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
