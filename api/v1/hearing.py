"""Who we hear from: `/api/v1/reports/hearing/` and `/api/v1/reports/quiet/`, as flat rows for other programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.v1 import examples
from api.views import Operation, Output, Row
from crm.counting.figures import says_the_rule
from engagement.hearing import permissions
from engagement.hearing.forms import HearingForm
from engagement.hearing.reports.asked import WINDOW, asked_of
from engagement.hearing.reports.lately import counted
from engagement.hearing.reports.quiet import hearings
from engagement.hearing.reports.rows import flat_rows

BY = ("community-locality", "community-locality-topic", "community-locality-month", "locality-topic", "community-month",
      "topic-month", "locality-month")  # fmt: skip


class HearingRow(Output):
    """One cell. Every column is always there; what a row is not counted by, or what is not known, is null."""

    community_id = serializers.UUIDField(allow_null=True, help_text="Null: no community named.")
    community = serializers.CharField(allow_null=True)
    locality_id = serializers.UUIDField(allow_null=True, help_text="Null: locality not known.")
    locality = serializers.CharField(allow_null=True)
    topic_id = serializers.UUIDField(allow_null=True, help_text="Null: no topic named, or not counted by topic.")
    topic = serializers.CharField(allow_null=True)
    month = serializers.DateField(allow_null=True, help_text="Its first day.")
    contacts = serializers.IntegerField(help_text="Each contact once.")
    direct = serializers.IntegerField(help_text="Contacts at which people told us themselves.")
    through = serializers.IntegerField(help_text="Contacts at which a group spoke for them.")
    contacts_without_headcount = serializers.IntegerField(
        help_text="Nobody knows how many people they reached, or they are of this month."
    )
    people = serializers.IntegerField(
        allow_null=True, help_text="At each contact of a month that is over, rounded. Only by community and locality."
    )
    people_hidden = serializers.BooleanField(help_text="The number is small, or would give a small one away.")
    last_heard_on = serializers.DateField(allow_null=True, help_text="Directly; of today, whatever the period.")
    quiet = serializers.BooleanField(allow_null=True, help_text="Not heard directly for longer than planned, today.")


class HearingReport(Output):
    """The numbers, what they are about, and what was done to them."""

    counted_at = serializers.DateTimeField(help_text="Live, or up to ten minutes ago where counting takes long.")
    occurred_from = serializers.DateField()
    occurred_to = serializers.DateField()
    as_it_was = serializers.BooleanField()
    small_numbers = serializers.CharField(help_text="What was done to numbers of people.")
    results = HearingRow(many=True)


class QuietRow(Output):
    """A community in one locality, or (`locality` null) in the whole council."""

    community_id = serializers.UUIDField()
    community = serializers.CharField()
    locality_id = serializers.UUIDField(allow_null=True)
    locality = serializers.CharField(allow_null=True)
    last_heard_on = serializers.DateField(allow_null=True, help_text="Directly. Null: never.")
    heard_through_group_on = serializers.DateField(allow_null=True)
    days = serializers.IntegerField(allow_null=True, help_text="Days since it was last heard directly.")
    rhythm_days = serializers.IntegerField(help_text="After more days than this it counts as quiet.")
    quiet = serializers.BooleanField()
    asks_in_90_days = serializers.IntegerField(allow_null=True, help_text="Only for the whole council.")
    asks_limit = serializers.IntegerField(allow_null=True)
    answers_owed = serializers.IntegerField(allow_null=True)
    asked_too_often = serializers.BooleanField(allow_null=True)


class QuietReport(Output):
    """Who is quiet and who is asked too often, today."""

    counted_at = serializers.DateTimeField()
    results = QuietRow(many=True)


EAST = {"locality_id": "0190f6a0-0000-7000-8000-00000000ea57", "locality": "East"}
KASHMIRI = {"community_id": examples.COMMUNITY["id"], "community": examples.COMMUNITY["name"]}
ROW: Row = {
    **KASHMIRI, **EAST, "topic_id": None, "topic": None, "month": None, "contacts": 14, "direct": 9, "through": 6,
    "contacts_without_headcount": 4, "people": 120, "people_hidden": False, "last_heard_on": "2026-11-02",
    "quiet": False,
}  # fmt: skip
EXAMPLE: Row = {
    "counted_at": examples.WHEN, "occurred_from": "2025-11-01", "occurred_to": "2026-11-24", "as_it_was": False,
    "small_numbers": "Numbers of people under 10 are hidden.", "results": [ROW],
}  # fmt: skip
QUIET: Row = {
    **KASHMIRI, **EAST, "last_heard_on": "2026-04-20", "heard_through_group_on": "2026-11-02", "days": 217,
    "rhythm_days": 60, "quiet": True, "asks_in_90_days": None, "asks_limit": None, "answers_owed": None,
    "asked_too_often": None,
}  # fmt: skip


class Hearing(Report):
    """Contacts counted by community, locality, topic and month."""

    permissions_by_method = {"GET": permissions.read_hearing}
    parameters = (
        Parameter("by", "What a row is counted by", choices=BY),
        Parameter("occurred_from", "From the month of this day; 12 months back unless given", "date"),
        Parameter("occurred_to", "To the month of this day; today unless given", "date"),
        Parameter("community", "Only it and those that lie in it", "uuid"),
        Parameter("locality", "Only there", "uuid"),
        Parameter("topic", "Only about this", "uuid"),
        Parameter("as_it_was", "Where communities lay then, under their names of the last day", "boolean",
                  ("true", "false")),
    )  # fmt: skip
    operations = {
        "GET": Operation("Count whom we hear from",
                         "Direct voice apart from groups speaking for people. A contact counts once in each row it "
                         "belongs to; rows of overlapping communities do not add up.",
                         gives=HearingReport, example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        form = HearingForm(request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        wanted = form.wanted()
        by = request.query_params.get("by", BY[0]).split("-")
        found = counted(f"rows by {by}", wanted, lambda: flat_rows(wanted, by))
        return self.sent(
            {
                "counted_at": found.at,
                "occurred_from": wanted.first_day,
                "occurred_to": wanted.last_day,
                "as_it_was": wanted.as_it_was,
                "small_numbers": says_the_rule(),
                "results": found.numbers,
            }
        )


class Quiet(Report):
    """Who is quiet and who is asked too often."""

    permissions_by_method = {"GET": permissions.read_hearing}
    operations = {
        "GET": Operation("List who is quiet and who is asked too often",
                         f"Every community in every locality and in the whole council, today. Asks are contacts of the "
                         f"last {WINDOW} days; owed answers are open promises.",
                         gives=QuietReport, example={"counted_at": examples.WHEN, "results": [QUIET]}),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """List."""
        self.insist_on_known_parameters()
        rows = hearings()
        asked = {row.community.pk: row for row in asked_of([row.community for row in rows if row.locality is None])}
        return self.sent({"counted_at": timezone.now(), "results": [_quiet_row(row, asked) for row in rows]})


def _quiet_row(row: Any, asked: dict[Any, Any]) -> Row:
    place = row.locality
    whole = asked[row.community.pk] if place is None else None
    return {
        "community_id": row.community.pk,
        "community": row.community.name,
        "locality_id": place.pk if place else None,
        "locality": place.name if place else None,
        "last_heard_on": row.last_on,
        "heard_through_group_on": row.through_on,
        "days": row.days,
        "rhythm_days": row.rhythm_days,
        "quiet": row.is_quiet,
        "asks_in_90_days": whole.asks if whole else None,
        "asks_limit": row.community.asks_in_90_days if whole else None,
        "answers_owed": whole.owed if whole else None,
        "asked_too_often": whole.too_often if whole else None,
    }
