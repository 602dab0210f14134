"""The log of barriers: `/api/v1/reports/barriers/`, flat rows of numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.views import Operation, Output, Row
from engagement.forums.forms.arrangements import YearForm
from engagement.forums.permissions import barriers as permissions
from engagement.forums.reports.barriers import MEASURES, BarriersReport, Line, barriers_report

HIDDEN = "Null: hidden."


def _number(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=f"{words}. {HIDDEN}")


class NamedNumber(Output):
    """Something that is counted."""

    name = serializers.CharField()
    number = serializers.IntegerField()


class BarriersRow(Output):
    """One line. Numbers count times."""

    by = serializers.CharField(help_text="`all`, `locality` or `community`; communities do not add up.")
    key = serializers.CharField(help_text="The id of the locality or community; empty for all and for none.")
    name = serializers.CharField()
    invited = _number(MEASURES["invited"])
    came = _number(MEASURES["came"])
    away = _number(MEASURES["away"])
    said_no = _number(MEASURES["said_no"])
    not_known = _number(MEASURES["not_known"])
    barriers = NamedNumber(many=True, help_text="What kept people away; hidden ones are left out.")
    help = NamedNumber(many=True, help_text="What people asked for; hidden ones are left out.")


class BarriersOut(Output):
    """The report."""

    since = serializers.DateField()
    until = serializers.DateField()
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    results = BarriersRow(many=True)


EXAMPLE: dict[str, Any] = {
    "since": "2025-11-01", "until": "2026-10-31", "small_numbers": "Numbers of people under 10 are hidden.",
    "results": [{"by": "all", "key": "", "name": "All", "invited": 420, "came": 240, "away": 60, "said_no": 70,
                 "not_known": 50, "barriers": [{"name": "Travel cost or distance", "number": 25}],
                 "help": [{"name": "BSL interpreter", "number": 30}]}],
}  # fmt: skip


class BarriersReportView(Report):
    """Barriers in numbers."""

    permissions_by_method = {"GET": permissions.read_barriers_report}
    parameters = (
        Parameter(
            "until", "A day: the 12 months that end with the last whole month over on it; today unless given", "date"
        ),
    )
    operations = {
        "GET": Operation(
            "Report on barriers",
            "Who was invited to forums that took place and did not come, what kept them away, and what people asked "
            "for, by locality of the forum and community the forum was for.",
            gives=BarriersOut, example=EXAMPLE,
        ),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        form = YearForm(request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        return self.sent(as_body(barriers_report(form.cleaned_data["until"])))


def as_body(report: BarriersReport) -> Row:
    """The report as it goes out."""
    return {
        "since": report.since,
        "until": report.until,
        "small_numbers": report.rule,
        "results": [_row(line) for line in report.lines],
    }


def _row(line: Line) -> Row:
    numbers = {name: figure.value for name, figure in line.numbers.items()}
    named = {"barriers": line.barriers, "help": line.help}
    counted = {
        name: [{"name": words, "number": figure.value} for words, figure in rows] for name, rows in named.items()
    }
    return {"by": line.by, "key": line.key, "name": line.name, **numbers, **counted}
