"""Notes of forums: `/api/v1/forum-notes/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.filters import seen
from crm.base.models import Record
from engagement.forums.actions import notes as actions
from engagement.forums.models import Forum, ForumNotes
from engagement.forums.noting import ROW_FIELDS, RowDetails
from engagement.forums.permissions import notes as permissions


class NotesFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Notes by forum, and whether the public was given them."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum")
    published = filters.BooleanFilter("published_at", lookup_expr="isnull", exclude=True, label="Published")

    class Meta:
        model = ForumNotes
        fields: list[str] = []


class RowShape(Input):
    """One thought."""

    words = text(1500, help_text="In plain words. By nobody in particular.")
    easy = text(250, help_text="The same in Easy Read: one or two sentences, 20 words each at most.")
    picture = text(20, help_text="The name of its picture, like `bus`.")
    heading = text(60, help_text="Over this row and those that follow.")


class NotesInput(Input):
    """The notes of a forum; rows that stood there before are replaced."""

    forum = Link(Forum, required=True)
    rows = serializers.ListField(child=RowShape(), max_length=100)


class CheckedInput(Input):
    """Who checked the Easy Read."""

    always = ("checked_by",)
    checked_by = text(150, help_text="A group or a role. Not a name.")


class RowOut(Output):
    """One thought."""

    words = serializers.CharField()
    easy = serializers.CharField()
    picture = serializers.CharField()
    heading = serializers.CharField()


class NotesOut(Output):
    """One version of the notes of a forum."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named()
    number = serializers.IntegerField(help_text="Which version of the notes it is.")
    rows = RowOut(many=True)
    checked_by = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


ROW = {"words": "The bus does not stop here in the evening.", "easy": "There is no bus in the evening.",
       "picture": "bus", "heading": "Getting there"}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}82", "version": 2, "forum": {"id": f"{examples.ID}60", "name": "Care at home"}, "number": 1,
    "rows": [ROW], "checked_by": "The Easy Read group", "checked_on": "2027-01-20", "published_at": examples.WHEN,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(notes: ForumNotes) -> Row:
    """A version as it goes out."""
    plain = ("number", "checked_by", "checked_on", "published_at", "created_at", "modified_at")
    return {
        "id": notes.pk,
        "version": notes.version,
        "forum": named(notes.forum),
        "rows": [{name: getattr(row, name) for name in ROW_FIELDS} for row in notes.rows.all()],
        **{name: getattr(notes, name) for name in plain},
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With their rows, in no order of its own."""
    return rows.for_list().order_by()  # type: ignore[attr-defined,no-any-return]  # our own queryset


class NotesList(Collection):
    """Versions of notes, those written last first."""

    model = ForumNotes
    item_name = "forum-notes"
    filter_class = NotesFilter
    permissions_by_method = {"GET": permissions.read_notes, "POST": permissions.write_notes}
    operations = {
        "GET": Operation("List notes of forums", gives=NotesOut, example=EXAMPLE),
        "POST": Operation("Write the notes of a forum", "Changes the version that is not published, or begins one.",
                          takes=NotesInput, status=201, example={"forum": f"{examples.ID}60", "rows": [ROW]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With their rows."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write them."""
        rows = [RowDetails(**{"words": "", "easy": "", **row}) for row in values["rows"]]
        return actions.write_notes(actor=self.reader, forum=values["forum"], rows=rows)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Write."""
        return self.add()


class NotesItem(Item):
    """One version."""

    model = ForumNotes
    item_name = "forum-notes"
    permissions_by_method = {"GET": permissions.read_notes}
    operations = {"GET": Operation("Read notes of a forum", gives=NotesOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With its rows."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class NotesVerb(Verb):
    """Something that is done to one version."""

    model = ForumNotes
    item_name = "forum-notes"


class CheckNotes(NotesVerb):
    """Easy Read readers looked at it."""

    permissions_by_method = {"POST": permissions.check_notes}
    operations = {
        "POST": Operation("Note that the Easy Read was checked", takes=CheckedInput,
                          example={"checked_by": "The Easy Read group"})
    }  # fmt: skip

    def act(self, record: ForumNotes, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        by = values.get("checked_by", "")
        return actions.check_notes(actor=self.reader, notes=record, checked_by=by, expected_version=expected_version)


class PublishNotes(NotesVerb):
    """The public reads it."""

    permissions_by_method = {"POST": permissions.publish_notes}
    operations = {"POST": Operation("Publish notes of a forum", "In place of the version before.")}

    def act(self, record: ForumNotes, values: dict[str, Any], expected_version: int | None) -> Record:
        """Publish it."""
        return actions.publish_notes(actor=self.reader, notes=record, expected_version=expected_version)


class NextInput(Input):
    """What happens next after a forum."""

    words = text(500, help_text="Those who came, and the public, read it.")
    by = serializers.DateField(required=False, allow_null=True)


class WhatIsNext(Verb):
    """What happens next."""

    model = Forum
    item_name = "forum"
    permissions_by_method = {"POST": permissions.say_what_is_next}
    operations = {
        "POST": Operation("Say what happens next after a forum", takes=NextInput,
                          example={"words": "We tell the board", "by": "2027-02-01"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        told = {"words": record.next_words, "by": record.next_by, **values}
        return actions.say_what_is_next(actor=self.reader, forum=record, **told, expected_version=expected_version)
