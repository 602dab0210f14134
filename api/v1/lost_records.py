"""Restricted records that nobody can read any more: `/api/v1/lost-people/` and `/api/v1/lost-contacts/`.

For administrators, who see no word of them: when a record was entered, where, and who could read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link
from api.v1 import examples
from api.views import Collection, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.people import permissions
from crm.people.actions import name_reader_of_person
from crm.people.models import Person
from crm.people.readers import without_readers
from engagement.log import permissions as log_permissions
from engagement.log.actions import name_reader_of_event
from engagement.log.models import EngagementEvent


class LostOut(Output):
    """What an administrator is told of a record nobody can read: no name, and nothing of what was said."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField(help_text="When it was entered.")
    team = Named(allow_null=True)
    locality = Named(allow_null=True)
    could_be_read_by = Named(many=True, help_text="Colleagues who have left, or do not meet people any more.")


class ReaderInput(Input):
    """Who shall read it."""

    reader = Link(User, required=True, help_text="A colleague with a role that meets people.")


EXAMPLE: Row = {
    "id": f"{examples.ID}43", "version": 3, "created_at": examples.WHEN, "team": None,
    "locality": {"id": f"{examples.ID}41", "name": "East"}, "could_be_read_by": [examples.OFFICER],
}  # fmt: skip
MORE = "An administrator sees no word of them. Those entered last come first."


def as_row(row: Any) -> Row:
    """A record without anything it holds."""
    return {
        "id": row.pk,
        "version": row.version,
        "created_at": row.created_at,
        "team": named(row.team),
        "locality": named(row.locality),
        "could_be_read_by": [named(reader) for reader in row.named_readers.all()],
    }


class Lost:
    """Which records these addresses are about: those that nobody can read."""

    model: ClassVar[Any]

    def rows(self) -> QuerySet[Any]:
        """The lost ones alone; a record somebody can read is a 404 here."""
        return without_readers(self.model.objects.all())

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With where it was entered, and who could read it."""
        return rows.select_related("team", "locality").prefetch_related("named_readers")


class LostList(Lost, Collection):
    """What both lists share."""

    tells_changes = False

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class NameReader(Lost, Verb):
    """Give a lost record a reader."""

    action: ClassVar[Any]
    argument: ClassVar[str]

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Name them."""
        told = {self.argument: record, "reader": values["reader"], "expected_version": expected_version}
        named_reader: Record = type(self).action(actor=self.reader, **told)
        return named_reader


def _listed(what: str) -> dict[str, Operation]:
    return {"GET": Operation(f"List {what} nobody can read any more", MORE, gives=LostOut, example=EXAMPLE)}


def _named(what: str) -> dict[str, Operation]:
    more = "Audited. It then leaves this list; at `url` its reader finds it."
    example = {"reader": examples.OFFICER["id"]}
    words = f"Name a new reader of a {what} nobody can read"
    return {"POST": Operation(words, more, takes=ReaderInput, example=example)}


class OfPeople:
    """What both addresses of lost people share."""

    model: ClassVar[Any] = Person
    item_name = "person"


class LostPeople(OfPeople, LostList):
    """People nobody can read any more."""

    permissions_by_method = {"GET": permissions.find_lost_people}
    operations = _listed("people")


class NameReaderOfPerson(OfPeople, NameReader):
    """Give one a reader."""

    action = name_reader_of_person
    argument = "person"
    permissions_by_method = {"POST": permissions.name_reader_of_person}
    operations = _named("person")


class OfContacts:
    """What both addresses of lost contacts share."""

    model: ClassVar[Any] = EngagementEvent
    item_name = "event"


class LostContacts(OfContacts, LostList):
    """Contacts nobody can read any more."""

    permissions_by_method = {"GET": log_permissions.find_lost_events}
    operations = _listed("contacts")


class NameReaderOfContact(OfContacts, NameReader):
    """Give one a reader."""

    action = name_reader_of_event
    argument = "event"
    permissions_by_method = {"POST": log_permissions.name_reader_of_event}
    operations = _named("contact")
