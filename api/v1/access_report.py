"""The report on access needs: `/api/v1/reports/access-needs/`, flat rows of numbers, the gaps first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.views import Named, Operation, Output, Row, named
from engagement.needs import permissions
from engagement.needs.forms import ReportForm
from engagement.needs.lines import OCCASIONS, PEOPLE, AccessReport
from engagement.needs.reports import access_report

HIDDEN = "Null: hidden."


def _number(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=f"{words}. {HIDDEN}")


class GapOut(Output):
    """Something that is missing, or that the numbers cannot say."""

    key = serializers.CharField()
    words = serializers.CharField()
    people = _number("How many people")
    meaning = serializers.CharField()


class AccessRow(Output):
    """One line. The first six numbers count people, the others times."""

    kind = serializers.CharField(help_text="`communication` is the standard's; the others stand beside it.")
    by = serializers.CharField(help_text="`all`, `group`, `type` or `locality`.")
    key = serializers.CharField(help_text="Of the group or type, or the locality's id; empty for all and not known.")
    name = serializers.CharField()
    people = _number(PEOPLE["people"])
    in_time = _number(PEOPLE["in_time"])
    late = _number(PEOPLE["late"])
    asked = _number(PEOPLE["asked"])
    agreed = _number(PEOPLE["agreed"])
    shared = _number(PEOPLE["shared"])
    occasions = _number(OCCASIONS["occasions"])
    met = _number(OCCASIONS["met"])
    partly = _number(OCCASIONS["partly"])
    not_met = _number(OCCASIONS["not_met"])


class ReasonOut(Output):
    """Why needs of a kind were not met, or only partly."""

    kind = serializers.CharField()
    words = serializers.CharField()
    times = _number("How many times")


class AskedOut(Output):
    """How many people were asked what they need, and what came of it."""

    key = serializers.CharField()
    words = serializers.CharField()
    people = _number("How many people")
    of_met = serializers.BooleanField(help_text="Of the people met by name in the period; else of everybody.")


class AccessReportOut(Output):
    """The report."""

    since = serializers.DateField()
    until = serializers.DateField(help_text="The last day of the month that was asked for, or of the last one over.")
    locality = Named(allow_null=True, help_text="Null: the whole council.")
    as_of = serializers.DateField(help_text="What stands is told as of the end of this day.")
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    people_met = _number("People met by name in the period")
    gaps = GapOut(many=True)
    asked = AskedOut(many=True)
    results = AccessRow(many=True)
    reasons = ReasonOut(many=True)


EXAMPLE: dict[str, Any] = {
    "since": "2025-11-01", "until": "2026-10-31", "locality": None, "as_of": "2026-10-31",
    "small_numbers": "Numbers of people under 10 are hidden.", "people_met": 265,
    "gaps": [{"key": "late", "words": "People whom we should have asked again by now", "people": 20,
              "meaning": "What we know of their needs may be wrong."}],
    "asked": [{"key": "needs_nothing", "words": "Were asked and need nothing", "people": 55, "of_met": True}],
    "results": [{"kind": "communication", "by": "all", "key": "", "name": "All", "people": 95, "in_time": 75,
                 "late": 20, "asked": 60, "agreed": 70, "shared": 45, "occasions": 255, "met": 170, "partly": 40,
                 "not_met": 50}],
    "reasons": [{"kind": "communication", "words": "Nobody booked it", "times": 20}],
}  # fmt: skip


class AccessNeedsReport(Report):
    """Access needs in numbers."""

    permissions_by_method = {"GET": permissions.read_access_report}
    parameters = (
        Parameter(
            "until", "A day: the 12 months that end with the last whole month over on it; today unless given", "date"
        ),
        Parameter("locality", "The id of one locality; the whole council unless given", "uuid"),
    )
    operations = {
        "GET": Operation(
            "Report on access needs",
            "Recorded, asked again in time, asked about sharing, shared, met and not met (Accessible Information "
            "Standard, DAPB1605), by group, type and locality. Read the gaps first. The report of one locality and "
            "that of the whole council hide the same small numbers, so that neither gives away what the other hides.",
            gives=AccessReportOut, example=EXAMPLE,
        ),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        form = ReportForm(request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        return self.sent(as_body(access_report(form.cleaned_data["until"], form.cleaned_data["locality"])))


def as_body(report: AccessReport) -> Row:
    """The report as it goes out."""
    return {
        "since": report.since,
        "until": report.until,
        "locality": named(report.locality),
        "as_of": report.as_of,
        "small_numbers": report.rule,
        "people_met": report.people_met.value,
        "gaps": [
            {"key": gap.key, "words": gap.words, "people": gap.people.value, "meaning": gap.meaning}
            for gap in report.gaps
        ],
        "asked": [
            {"key": asked.key, "words": asked.words, "people": asked.people.value, "of_met": asked.of_met}
            for asked in report.asked
        ],
        "results": [
            {"kind": part.kind, "by": by, "key": line.key, "name": line.name,
             **{measure: number.value for measure, number in line.numbers.items()}}
            for part in report.parts for by, lines in part.ways for line in lines
        ],
        "reasons": [
            {"kind": part.kind, "words": words, "times": number.value}
            for part in report.parts for words, number in part.reasons
        ],
    }  # fmt: skip
