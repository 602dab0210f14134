"""What rows about a person share: whose they are, how they are narrowed down, and that reading restricted people is
audited. The person is told by id; their name is read at `/people/`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.changes import changed_where_seen
from api.views import Collection, Item, Output, Row
from crm.people.filters import AboutPersonFilter
from crm.people.marks import mark_restricted_people
from crm.people.models import Person


class AboutPersonOut(Output):
    """What every row about a person tells."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = serializers.UUIDField(help_text="Whose it is.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


def start_of(row: Any) -> Row:
    """What every row about a person tells."""
    return {
        "id": row.pk,
        "version": row.version,
        "person": row.person_id,
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


def note_reading(rows: Sequence[Any], reader: Any) -> None:
    """Audit that restricted people were among those read about."""
    mark_restricted_people(reader, [row.person for row in rows])


class WithPerson(Collection):
    """Rows with a person whom not everybody who is shown the row may see."""

    def changed_since(self, rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
        """Those that changed, or whose person did and may be seen: rows come into sight with them."""
        return changed_where_seen(rows, since, "person", Person.objects.visible_to(self.reader))


class AboutPeople(Collection):
    """Rows about people, those added last first."""

    filter_class = AboutPersonFilter
    related: ClassVar[tuple[str, ...]] = ()
    changes_with = ("person",)

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the person and what a row names."""
        return rows.select_related("person", *self.related)

    def as_row(self, row: Any) -> Row:
        """One row as it goes out."""
        raise NotImplementedError

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail when restricted people are among them."""
        note_reading(rows, self.reader)
        return [self.as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class AboutPersonItem(Item):
    """One row about a person."""

    related: ClassVar[tuple[str, ...]] = ()

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the person and what the row names."""
        return rows.select_related("person", *self.related)

    def as_row(self, row: Any) -> Row:
        """The row as it goes out."""
        raise NotImplementedError

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        note_reading([row], self.reader)
        return self.as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)
