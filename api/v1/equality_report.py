"""Equality answers to one call: `/api/v1/recruitment-calls/{id}/equality/`, flat rows of numbers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Report
from api.views import Operation, Output
from crm.base.views import one_seen
from crm.equality import permissions
from crm.equality.reports import equality_of
from crm.panels.models import RecruitmentCall


class EqualityRow(Output):
    """One answer, or one heading that sums up the answers under it."""

    version = serializers.CharField(help_text="Of the questions.")
    question = serializers.CharField()
    answer = serializers.CharField(help_text="`no-say` is an answer; `left-out` is none.")
    words = serializers.CharField()
    heading = serializers.BooleanField(help_text="Sums up the answers under it.")
    people = serializers.IntegerField(allow_null=True, help_text="Null: hidden.")


class EqualityOut(Output):
    """The report."""

    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    not_yet = serializers.CharField(help_text="Why there are no numbers; empty once the call is closed.")
    applied = serializers.IntegerField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    skipped = serializers.IntegerField(allow_null=True)
    not_asked = serializers.IntegerField(allow_null=True)
    results = EqualityRow(many=True)


EXAMPLE: dict[str, Any] = {
    "small_numbers": "Numbers of people under 10 are hidden.", "not_yet": "", "applied": 40, "answered": 25,
    "skipped": None, "not_asked": None,
    "results": [{"version": "2026-11", "question": "carer", "answer": "yes", "words": "Yes", "heading": False,
                 "people": 15}],
}  # fmt: skip


class EqualityReportOfCall(Report):
    """What equality answers came to a call: statistics only."""

    permissions_by_method = {"GET": permissions.read_equality}
    operations = {
        "GET": Operation("Equality answers to a call", "How many people gave each answer, once the call is closed. "
                         "Nothing leads from here to who answered.", gives=EqualityOut, example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        call = one_seen(self.reader, RecruitmentCall, pk)
        report = equality_of(call)
        rows = [
            {"version": told.version, "question": told.question.key, "answer": line.key, "words": line.words,
             "heading": line.group, "people": line.people.value}
            for told in report.questions for line in told.lines
        ]  # fmt: skip
        return self.sent({
            "small_numbers": report.rule, "not_yet": report.not_yet, "applied": report.applied.value,
            "answered": report.answered.value, "skipped": report.skipped.value, "not_asked": report.not_asked.value,
            "results": rows,
        })  # fmt: skip
