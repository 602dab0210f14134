"""The report on access arrangements: `/api/v1/reports/arrangements/`, flat rows of numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.views import Operation, Output, Row
from engagement.forums.forms.arrangements import YearForm
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.reports.arrangements import DAYS, MEASURES, ArrangementsReport, Line, arrangements_report

HIDDEN = "Null: hidden."


def _number(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=f"{words}. {HIDDEN}")


class ArrangementsRow(Output):
    """One line. Numbers count times."""

    by = serializers.CharField(help_text="`all`, `type`, `locality` or `community`; communities do not add up.")
    key = serializers.CharField(help_text="The id of the type, locality or community; empty for all and for none.")
    name = serializers.CharField()
    asked = _number(MEASURES["asked"])
    there = _number(MEASURES["there"])
    arranged = _number(MEASURES["arranged"])
    missing = _number(MEASURES["missing"])
    fell = _number(MEASURES["fell"])
    unmet = _number(MEASURES["unmet"])
    cost = _number("Cost in pounds, to the nearest ten")
    to_book = serializers.FloatField(allow_null=True, help_text=f"{DAYS['to_book']}, the middle of all. {HIDDEN}")
    to_confirm = serializers.FloatField(allow_null=True, help_text=f"{DAYS['to_confirm']}, the middle. {HIDDEN}")


class ArrangementsReportOut(Output):
    """The report."""

    since = serializers.DateField()
    until = serializers.DateField()
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    overridden = serializers.IntegerField(help_text="Forums called ready though something was missing.")
    results = ArrangementsRow(many=True)


EXAMPLE: dict[str, Any] = {
    "since": "2025-11-01", "until": "2026-10-31", "small_numbers": "Numbers of people under 10 are hidden.",
    "overridden": 1,
    "results": [{"by": "all", "key": "", "name": "All", "asked": 120, "there": 40, "arranged": 60, "missing": 20,
                 "fell": 10, "unmet": 15, "cost": 6400, "to_book": 6.0, "to_confirm": 3.0}],
}  # fmt: skip


class ArrangementsReportView(Report):
    """Arrangements in numbers."""

    permissions_by_method = {"GET": permissions.read_arrangements_report}
    parameters = (
        Parameter(
            "until", "A day: the 12 months that end with the last whole month over on it; today unless given", "date"
        ),
    )
    operations = {
        "GET": Operation(
            "Report on access arrangements",
            "What those who come needed, what was there, lead times and costs, by type of need, locality of the forum "
            "and community the forum was for.",
            gives=ArrangementsReportOut, example=EXAMPLE,
        ),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        form = YearForm(request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        return self.sent(as_body(arrangements_report(form.cleaned_data["until"])))


def as_body(report: ArrangementsReport) -> Row:
    """The report as it goes out."""
    return {
        "since": report.since,
        "until": report.until,
        "small_numbers": report.rule,
        "overridden": report.overridden,
        "results": [_row(line) for line in report.lines],
    }


def _row(line: Line) -> Row:
    numbers = {name: figure.value for name, figure in line.numbers.items()}
    return {"by": line.by, "key": line.key, "name": line.name, **numbers, "cost": line.cost, **line.days}
