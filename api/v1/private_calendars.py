"""Private calendars: `/api/v1/private-calendars/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.filters import seen
from crm.base.models import Record
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from engagement.forums.actions.calendars import end_calendar_link, make_calendar_link
from engagement.forums.models import CalendarLink
from engagement.forums.permissions import calendars as permissions


class CalendarFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Private calendars by person, and whether they were ended."""

    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person")
    ended = filters.BooleanFilter("ended_at", lookup_expr="isnull", exclude=True, label="Ended")

    class Meta:
        model = CalendarLink
        fields: list[str] = []


class CalendarInput(Input):
    """Whose calendar."""

    person = Link(Person, allow_null=True, help_text="Null: your own.")


class CalendarOut(Output):
    """A private calendar. Its address is shown on the workspace's pages alone: whoever has it reads the calendar."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = Named(allow_null=True)
    user = Named(allow_null=True, help_text="The colleague whose calendar it is.")
    ended_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}83", "version": 1, "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"}, "user": None,
    "ended_at": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: CalendarLink) -> Row:
    """A calendar as it goes out, without its secret."""
    plain = ("ended_at", "created_at", "modified_at")
    return {
        "id": row.pk,
        "version": row.version,
        "person": named(row.person),
        "user": named(row.user),
        **{name: getattr(row, name) for name in plain},
    }


def _mark(reader: Any, rows: Sequence[CalendarLink]) -> None:
    restricted = {row.person.pk: row.person for row in rows if row.person is not None and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With whose it is."""
    return rows.select_related("person", "user")


class PrivateCalendars(Collection):
    """Private calendars, those made last first."""

    model = CalendarLink
    item_name = "private-calendar"
    filter_class = CalendarFilter
    permissions_by_method = {"GET": permissions.list_calendar_links, "POST": permissions.make_calendar_link}
    operations = {
        "GET": Operation("List private calendars", "Your own, and those of people you may see.", gives=CalendarOut,
                         example=EXAMPLE),
        "POST": Operation("Make a private calendar", "Who has one keeps it: again gives the one that stands.",
                          takes=CalendarInput, status=201, example={"person": f"{examples.ID}10"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With whose it is."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail."""
        _mark(self.reader, rows)
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Make it."""
        return make_calendar_link(actor=self.reader, person=values.get("person"))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Make."""
        return self.add()


class PrivateCalendarItem(Item):
    """One private calendar."""

    model = CalendarLink
    item_name = "private-calendar"
    permissions_by_method = {"GET": permissions.list_calendar_links}
    operations = {"GET": Operation("Read a private calendar", gives=CalendarOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With whose it is."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        _mark(self.reader, [row])
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class EndPrivateCalendar(Verb):
    """Its address leads nowhere."""

    model = CalendarLink
    item_name = "private-calendar"
    permissions_by_method = {"POST": permissions.end_calendar_link}
    operations = {"POST": Operation("End a private calendar", "Its address leads nowhere from that moment.")}

    def act(self, record: CalendarLink, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return end_calendar_link(actor=self.reader, link=record, expected_version=expected_version)
