"""You said, we did: `/api/v1/public/you-said/` for anyone, `/api/v1/public-lines/` for staff; how long answers take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link
from api.reports import Report
from api.v1 import examples
from api.v1.shapes import ReasonInput
from api.views import Collection, Item, Operation, Output, Row, Verb
from crm.base.models import Record
from crm.counting.figures import Figure, says_the_rules
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling import actions, permissions
from engagement.coproduction.telling.models import PublicLine, PublicPromise
from engagement.coproduction.telling.reports.days import DaysRow, days_to_answer
from engagement.coproduction.telling.reports.you_said import Line, Share, you_said


class AnsweredShareOut(Output):
    """Of the points that ask for something, how many were answered."""

    locality = serializers.CharField(help_text="Empty: the whole council, which is the others added up.")
    asked = serializers.IntegerField(allow_null=True, help_text="Null: hidden, because it is small.")
    answered = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)


class PublicOutcomeOut(Output):
    """What is different since, or is not."""

    effect = serializers.CharField(help_text="`different`, `partly` or `same`.")
    words = serializers.CharField()
    measure = serializers.CharField(help_text="What was measured; empty where people said so.")
    before = serializers.CharField()
    after = serializers.CharField()


class LineOut(Output):
    """What people said, and what came of it."""

    id = serializers.UUIDField()
    said = serializers.CharField()
    answer = serializers.CharField()
    status = serializers.CharField(help_text="`did`, `will`, `could_not` or `not_yet`.")
    will_by = serializers.DateField(allow_null=True)
    decided_on = serializers.DateField()
    points = serializers.IntegerField(
        allow_null=True, help_text="About how many points it answers; null: few, or not counted yet."
    )
    communities = serializers.ListField(child=serializers.CharField())
    outcomes = PublicOutcomeOut(many=True)


class PublicPromiseOut(Output):
    """A promise in public."""

    words = serializers.CharField()
    due_on = serializers.DateField()
    state = serializers.CharField(help_text="`open`, `late`, `kept` or `broken`.")


class YouSaidOut(Output):
    """Everything the public page says, in English."""

    counted_until = serializers.DateField(
        allow_null=True, help_text="Counted until the end of this day, the last of a month; null: nothing was yet."
    )
    rule = serializers.CharField(help_text="What is done to the numbers.")
    whole = AnsweredShareOut()
    localities = AnsweredShareOut(many=True)
    lines = LineOut(many=True)
    promises = PublicPromiseOut(many=True, help_text="Empty where the council has not switched the list on.")


SHARE: Row = {"locality": "", "asked": 120, "answered": 85, "percent": 71}
EXAMPLE: Row = {
    "counted_until": "2026-10-31", "rule": "Numbers of people under 10 are hidden.", "whole": SHARE,
    "localities": [{**SHARE, "locality": "East"}],
    "lines": [{"id": f"{examples.ID}79", "said": "Do letters come in Urdu?", "answer": "In part.", "status": "will",
               "will_by": "2027-01-31", "decided_on": "2026-11-12", "points": 15, "communities": [], "outcomes": []}],
    "promises": [],
}  # fmt: skip


def _share(share: Share) -> Row:
    numbers = {"asked": share.asked.value, "answered": share.answered.value, "percent": share.percent}
    return {"locality": share.name, **numbers}


def _line(line: Line) -> Row:
    return {
        "id": line.pk,
        "said": line.words.said,
        "answer": line.words.answer,
        "status": line.status,
        "will_by": line.decision.will_by,
        "decided_on": line.decision.decided_on,
        "points": line.points.value,
        "communities": list(line.communities),
        "outcomes": [_outcome(outcome) for outcome in line.outcomes],
    }


def _outcome(outcome: Outcome) -> Row:
    measured = {"measure": outcome.measure, "before": outcome.measure_before, "after": outcome.measure_after}
    return {"effect": outcome.effect, "words": outcome.words, **measured}


def _promise(public: PublicPromise) -> Row:
    promise = public.promise
    state = "late" if promise.is_late else promise.state
    return {"words": public.words, "due_on": promise.due_on, "state": state}


class PublicYouSaid(Report):
    """For anyone: no key, no sign-in. It takes no filter, so that nothing can be worked out by asking twice."""

    authentication_classes = []
    permission_classes = []
    permissions_by_method = {"GET": permissions.read_you_said}
    operations = {
        "GET": Operation("Read You said, we did", "For anyone. The figures are those of the public page.",
                         gives=YouSaidOut, example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """Everything."""
        self.insist_on_known_parameters()
        told = you_said()
        promises = PublicPromise.objects.public().for_list()[:200] if settings.PUBLIC_PROMISES else []
        response = self.sent(
            {
                "counted_until": told.until,
                "rule": says_the_rules(),
                "whole": _share(told.whole),
                "localities": [_share(row) for row in told.localities],
                "lines": [_line(line) for line in told.lines],
                "promises": [_promise(row) for row in promises],
            }
        )
        response.headers["Cache-Control"] = "public, max-age=60"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


class DaysOut(Output):
    """How long it took."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    told = serializers.IntegerField(allow_null=True, help_text="People and groups; null: hidden.")
    waiting = serializers.IntegerField(allow_null=True)
    days = serializers.IntegerField(allow_null=True, help_text="In the middle (median); null: hidden.")


class DaysReportOut(Output):
    """Days from what somebody said to the answer."""

    counted_until = serializers.DateField(
        allow_null=True,
        help_text="As it stood at the end of this day, the last of a month. Null: none was counted yet.",
    )
    rule = serializers.CharField()
    whole = DaysOut(help_text="The localities added up.")
    localities = DaysOut(many=True, help_text="Every one; without an id: those not told by themselves, together.")
    communities = DaysOut(
        many=True, help_text="Of the meetings where it was said; those that may be told, roughly. They overlap."
    )
    communities_hidden = serializers.IntegerField(help_text="How many more communities the council's list has.")


DAYS: Row = {"id": None, "name": "The whole council", "told": 45, "waiting": 20, "days": 38}


def _days(row: DaysRow) -> Row:
    def value(figure: Figure) -> int | None:
        return figure.value

    return {"id": row.pk, "name": row.name, "told": value(row.told), "waiting": value(row.waiting), "days": row.days}


class DaysToAnswer(Report):
    """How long answers take."""

    permissions_by_method = {"GET": permissions.read_days_to_answer}
    operations = {
        "GET": Operation("Read how long answers take", "Days from what somebody said to the answer, by locality and "
                         "community, as counted at the end of last month. Numbers change by batches.",
                         gives=DaysReportOut,
                         example={"counted_until": "2026-10-31", "rule": "Numbers of people under 10 are hidden.",
                                  "whole": DAYS, "localities": [], "communities": [], "communities_hidden": 12}),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """The figures."""
        self.insist_on_known_parameters()
        report = days_to_answer()
        return self.sent(
            {
                "counted_until": report.until,
                "rule": says_the_rules(),
                "whole": _days(report.whole),
                "localities": [_days(row) for row in report.localities],
                "communities": [_days(row) for row in report.communities],
                "communities_hidden": report.hidden,
            }
        )


class LineInput(Input):
    """A decision to be put into public."""

    decision = Link(Decision, required=True)


class PublicLineOut(Output):
    """A line of You said, we did."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    decision = serializers.UUIDField()
    published_on = serializers.DateField()
    taken_off_on = serializers.DateField(allow_null=True)
    taken_off_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


LINE: Row = {
    "id": f"{examples.ID}79", "version": 1, "decision": f"{examples.ID}72", "published_on": "2026-11-20",
    "taken_off_on": None, "taken_off_reason": "", "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(line: Any) -> Row:
    """A line as it goes out."""
    return {
        "id": line.pk,
        "version": line.version,
        "decision": line.decision_id,
        "published_on": line.published_on,
        "taken_off_on": line.taken_off_on,
        "taken_off_reason": line.taken_off_reason,
        "created_at": line.created_at,
        "modified_at": line.modified_at,
    }


class PublicLines(Collection):
    """Lines of You said, we did, the newest first."""

    model = PublicLine
    item_name = "public-line"
    permissions_by_method = {"GET": permissions.read_public_lines, "POST": permissions.publish_line}
    operations = {
        "GET": Operation("List lines of You said, we did", "Those taken off too.", gives=PublicLineOut, example=LINE),
        "POST": Operation("Put a decision into You said, we did", "In the words of its answer.", takes=LineInput,
                          status=201, example={"decision": f"{examples.ID}72"}),
    }  # fmt: skip

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Put it there."""
        return actions.publish_line(actor=self.reader, decision=values["decision"])

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Put one there."""
        return self.add()


class PublicLineItem(Item):
    """One line."""

    model = PublicLine
    item_name = "public-line"
    permissions_by_method = {"GET": permissions.read_public_lines}
    operations = {"GET": Operation("Read a line of You said, we did", gives=PublicLineOut, example=LINE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Nothing more is needed."""
        return rows

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class TakeLineOff(Verb):
    """It is taken off."""

    model = PublicLine
    item_name = "public-line"
    permissions_by_method = {"POST": permissions.take_line_off}
    operations = {
        "POST": Operation("Take a line off You said, we did", takes=ReasonInput, example={"reason": "It was wrong"})
    }

    def act(self, record: PublicLine, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it off."""
        reason = values.get("reason", "")
        return actions.take_line_off(actor=self.reader, line=record, reason=reason, expected_version=expected_version)
