"""Who is at the table: `/api/v1/reports/table/`, flat rows of numbers and the words that go with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Report
from api.v1 import examples
from api.views import Named, Operation, Output, Row, named
from crm.panels.permissions import panels as permissions
from crm.panels.reports.table import AtTheTable, who_is_at_the_table


class EmptySeatOut(Output):
    """A seat where nobody sits."""

    panel = serializers.UUIDField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    reserved_for = Named(allow_null=True)


class TableRow(Output):
    """One thing about one panel, or about all of them."""

    panel = Named(allow_null=True, help_text="Null: all panels together, each person once.")
    about = serializers.CharField(help_text="`seats`, `community`, `lived`, `locality`, `came` or `spoke`.")
    id = serializers.UUIDField(allow_null=True, help_text="Of the community or locality.")
    name = serializers.CharField()
    people = serializers.IntegerField(allow_null=True, help_text="How many members. Null: hidden.")
    members = serializers.IntegerField(allow_null=True, help_text="Of how many. Null: hidden.")
    seats = serializers.IntegerField(allow_null=True, help_text="For `seats`: how many there are.")
    words = serializers.CharField(help_text="The same words as on the page.")
    less = serializers.BooleanField(help_text="Less represented than it should be.")


class TableOut(Output):
    """The report."""

    as_of = serializers.DateField(help_text="People are counted as they sat at the end of this day.")
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    meetings = serializers.CharField(help_text="What is counted as a meeting, or that none is written down.")
    results = TableRow(many=True)
    empty_seats = EmptySeatOut(many=True, allow_null=True, help_text="Told to leads and managers; null for others.")


EXAMPLE: dict[str, Any] = {
    "as_of": "2026-10-31", "small_numbers": "Numbers of people under 10 are hidden.",
    "meetings": "Meetings are forums to which people were invited as members of the panel.",
    "results": [{"panel": {"id": f"{examples.ID}50", "name": "Adult care citizen panel"}, "about": "community",
                 "id": f"{examples.ID}04", "name": "Kashmiri community", "people": None, "members": 25, "seats": None,
                 "words": "Nobody has said that they belong to the Kashmiri community; the terms ask for them.",
                 "less": True}],
    "empty_seats": None,
}  # fmt: skip


class TableReport(Report):
    """Who is at the table, in numbers."""

    permissions_by_method = {"GET": permissions.read_table}
    operations = {
        "GET": Operation("Report on who is at the table", "Seats, declared communities (for keeping seats only), lived "
                         "experience and localities against what the terms of reference ask for.", gives=TableOut,
                         example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        table = who_is_at_the_table(self.reader)
        empty = None
        if table.all.empty is not None:
            empty = [
                {"panel": seat.panel_id, "id": seat.pk, "name": seat.name, "reserved_for": named(seat.reserved_for)}
                for seat in table.all.empty
            ]
        rows = [row for part in (table.all, *table.panels) for row in as_rows(part)]
        return self.sent({"as_of": table.as_of, "small_numbers": table.rule, "meetings": table.meetings,
                          "results": rows, "empty_seats": empty})  # fmt: skip


def as_rows(part: AtTheTable) -> list[Row]:
    """One panel's part as it goes out: its seats first, then each point."""
    panel, members = named(part.panel), part.people.value
    seats = {"panel": panel, "about": "seats", "id": None, "name": "Seats taken", "people": part.seated.value,
             "members": members, "seats": part.seats, "words": "", "less": False}  # fmt: skip
    points = [
        {"panel": panel, "about": point.about, "id": point.id, "name": point.name, "people": point.people.value,
         "members": members, "seats": None, "words": point.words, "less": point.less}
        for point in part.points
    ]  # fmt: skip
    return [seats, *points]
