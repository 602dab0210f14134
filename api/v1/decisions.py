"""Decisions: `/api/v1/decisions/`, with their options, what was weighed and the points they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, text
from api.pagination import Order
from api.v1 import examples
from api.v1.shapes import ReasonInput
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.models import Record
from engagement.coproduction.decisions import actions, permissions
from engagement.coproduction.decisions.details import DecisionDetails, EvidenceDetails, OptionDetails
from engagement.coproduction.decisions.filters import DecisionFilter
from engagement.coproduction.decisions.models import Answer, Decision, Evidence
from engagement.coproduction.decisions.reading import reading_age
from engagement.coproduction.decisions.reports.points import answered_points
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme
from engagement.log.marks import mark_restricted
from engagement.log.models import Point

OWN = ("question", "answer", "reason", "will_do", "will_by", "look_again_on", "decided_on", "decided_by", "authority")


class OptionInput(Input):
    """Something that could have been decided."""

    words = text(500)
    chosen = serializers.BooleanField(required=False)
    why = text(500, help_text="Why it was chosen or refused. A refused one must say it.")


class EvidenceInput(Input):
    """Something that was weighed."""

    words = text(500, help_text="What it says.")
    kind = choice(Evidence.Kind)
    source = text(300, help_text="Where it stands.")  # type: ignore[assignment]  # a field of ours by that name


class DecisionRecordInput(Input):
    """A decision, in words anyone may read."""

    always = ("answer", "authority", "decided_by", "decided_on", "evidence", "options", "question")
    question = text(300, help_text="What was to be decided, as a question. No names.")
    answer = choice(Answer)
    reason = text(2000, help_text="Why, for those who asked. With `no` and `not_yet` it must stand here.")
    will_do = text(500, help_text="What we will do, with `yes` and `in_part`.")
    will_by = serializers.DateField(required=False, allow_null=True)
    look_again_on = serializers.DateField(required=False, allow_null=True, help_text="With `not_yet`.")
    decided_on = serializers.DateField(required=False, allow_null=True)
    decided_by = text(200, help_text="A board, a panel or a role. Not a name.")
    authority = text(300, help_text="With what authority.")
    project = Link(Project, allow_null=True)
    themes = Links(Theme, help_text="Their points made by the day of the decision are answered with it.")
    points = Links(Point, help_text="Points it answers besides.")
    options = serializers.ListField(child=OptionInput(), required=False, max_length=30)
    evidence = serializers.ListField(child=EvidenceInput(), required=False, max_length=30)
    locality = Link(Area, allow_null=True, help_text="Null: the whole council.")
    owner = Link(User, allow_null=True, help_text="Who answers for it. You, unless told.")


class DecisionCorrectionInput(DecisionRecordInput):
    """A decision as it shall stand, and why it is changed. What is left out stays."""

    correction_reason = text(300, help_text="Why it is changed.")


class OptionOut(Output):
    """An option."""

    words = serializers.CharField()
    chosen = serializers.BooleanField()
    why = serializers.CharField()


class EvidenceOut(Output):
    """Something that was weighed."""

    kind = serializers.CharField()
    words = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours by that name


class DecisionOut(Output):
    """A decision."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    question = serializers.CharField()
    answer = serializers.CharField()
    reason = serializers.CharField()
    reading_age = serializers.IntegerField(allow_null=True, help_text="From which age most people can read the reason.")
    will_do = serializers.CharField()
    will_by = serializers.DateField(allow_null=True)
    look_again_on = serializers.DateField(allow_null=True)
    decided_on = serializers.DateField()
    decided_by = serializers.CharField()
    authority = serializers.CharField()
    project = Named(allow_null=True)
    themes = Named(many=True)
    locality = Named(allow_null=True)
    owner = Named()
    options = OptionOut(many=True)
    evidence = EvidenceOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class ThreadCorrectionOut(Output):
    """What it said before."""

    corrected_at = serializers.DateTimeField()
    reason = serializers.CharField()
    before = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class DecisionWhole(DecisionOut):
    """A decision with what it answers, what came of it and what it said before."""

    points = serializers.ListField(child=serializers.UUIDField(), help_text="Those whose words you may read.")
    outcomes = serializers.ListField(child=serializers.UUIDField())
    corrections = ThreadCorrectionOut(many=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}72", "version": 1, "question": "Do letters about care come in Urdu?", "answer": "in_part",
    "reason": "We can write the most important letters in Urdu. We do not have the money for all of them.",
    "reading_age": 8, "will_do": "Send the first letter in Urdu", "will_by": "2027-01-31", "look_again_on": None,
    "decided_on": "2026-11-12", "decided_by": "Adult social care board", "authority": "Scheme of delegation",
    "project": None, "themes": [{"id": f"{examples.ID}73", "name": "Letters in our language"}], "locality": None,
    "owner": {"id": f"{examples.ID}74", "name": "Amina"},
    "options": [{"words": "All letters in Urdu", "chosen": False, "why": "It costs more than we have"}],
    "evidence": [{"kind": "people", "words": "Twelve people asked for it", "source": ""}],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE = {
    **EXAMPLE, "points": [], "outcomes": [], "corrections": [], "withdrawn_at": None, "withdrawn_reason": "",
}  # fmt: skip


def as_row(decision: Any) -> Row:
    """A decision as it goes out."""
    return {
        "id": decision.pk,
        "version": decision.version,
        **{name: getattr(decision, name) for name in OWN},
        "reading_age": reading_age(decision.reason),
        "project": named(decision.project),
        "themes": [named(theme) for theme in decision.themes.all()],
        "locality": named(decision.locality),
        "owner": named(decision.owner),
        "options": [
            {name: getattr(one, name) for name in ("words", "chosen", "why")} for one in decision.options.all()
        ],
        "evidence": [
            {name: getattr(one, name) for name in ("kind", "words", "source")} for one in decision.evidence.all()
        ],
        "created_at": decision.created_at,
        "modified_at": decision.modified_at,
    }


def details_from(values: dict[str, Any]) -> DecisionDetails:
    """The values of a request as the action takes them."""
    empty = {"question": "", "answer": "", "decided_on": None, "decided_by": "", "authority": ""}
    options = [OptionDetails(**{"words": "", **one}) for one in values.pop("options", [])]
    weighed = [EvidenceDetails(**{"words": "", **one}) for one in values.pop("evidence", [])]
    return DecisionDetails(**{**empty, **values}, options=options, evidence=weighed)


def known_of(decision: Any) -> dict[str, Any]:
    """What stands, for what a correction leaves out. Points that came by a theme come by it again."""
    named_alone = Point.objects.filter(answers__decision=decision, answers__until=None, answers__theme=None)
    return {
        **{name: getattr(decision, name) for name in (*OWN, "project", "locality", "owner")},
        "themes": list(decision.themes.all()),
        "points": list(named_alone),
        "options": [{"words": one.words, "chosen": one.chosen, "why": one.why} for one in decision.options.all()],
        "evidence": [{"kind": one.kind, "words": one.words, "source": one.source} for one in decision.evidence.all()],
    }


class Decisions(Collection):
    """Decisions, the newest first."""

    model = Decision
    item_name = "decision"
    filter_class = DecisionFilter
    orders = {
        "-decided_on": Order("decided_on", date, down=True),
        "decided_on": Order("decided_on", date),
        "-created_at": Order("created_at", None, down=True),
    }
    default_order = "-decided_on"
    permissions_by_method = {"GET": permissions.read_decisions, "POST": permissions.record_decision}
    operations = {
        "GET": Operation("List decisions", "The newest first.", gives=DecisionOut, example=EXAMPLE),
        "POST": Operation("Record a decision", "Whoever it answers is due to be told.", takes=DecisionRecordInput,
                          status=201, example={"question": "Do letters come in Urdu?", "answer": "not_yet",
                                   "reason": "We look for somebody who can check the words.",
                                   "look_again_on": "2027-02-01", "decided_on": "2026-11-12",
                                   "decided_by": "Adult social care board", "authority": "Scheme of delegation",
                                   "points": [examples.POINT["id"]],
                                   "options": [{"words": "Start now", "why": "Nobody can check them"}],
                                   "evidence": [{"kind": "people", "words": "Twelve people asked"}]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and parts."""
        related = rows.select_related("project", "locality", "owner")
        return related.prefetch_related("themes", "options", "evidence")

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those that stand."""
        return rows.filter(withdrawn_at=None)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        return actions.record_decision(actor=self.reader, details=details_from(values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Record."""
        return self.add()


class DecisionItem(Item):
    """One decision."""

    model = Decision
    item_name = "decision"
    permissions_by_method = {"GET": permissions.read_decisions, "PATCH": permissions.correct_decision}
    operations = {
        "GET": Operation("Read a decision", "With the points it answers, what came of it, and what it said before.",
                         gives=DecisionWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Correct a decision", "With the reason; what it said before stays readable.",
                           takes=DecisionCorrectionInput, example={"will_by": "2027-03-31",
                                                           "correction_reason": "The printer is late"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With everything."""
        return rows.for_page()  # type: ignore[attr-defined,no-any-return]

    def represent_one(self, row: Any) -> Row:
        """As in the list, and more."""
        points = [one.point for one in answered_points(row, reader=self.reader)]
        mark_restricted(self.reader, points)
        corrections = [
            {"corrected_at": one.corrected_at, "reason": one.reason, "before": one.before}
            for one in row.corrections.all()
        ]
        return {
            **as_row(row),
            "points": [point.pk for point in points],
            "outcomes": [one.pk for one in row.outcomes.all() if one.withdrawn_at is None],
            "corrections": corrections,
            "withdrawn_at": row.withdrawn_at,
            "withdrawn_reason": row.withdrawn_reason,
        }

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Correct it."""
        reason = values.pop("correction_reason", "")
        details = details_from({**known_of(record), **values})
        return actions.correct_decision(
            actor=self.reader, decision=record, details=details, reason=reason, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Correct."""
        return self.save(pk)


class WithdrawDecision(Verb):
    """It is taken back."""

    model = Decision
    item_name = "decision"
    permissions_by_method = {"POST": permissions.withdraw_decision}
    operations = {
        "POST": Operation("Withdraw a decision", "It stays readable, and nothing counts it.", takes=ReasonInput,
                          example={"reason": "The board never met"})
    }  # fmt: skip

    def act(self, record: Decision, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it back."""
        reason = values.get("reason", "")
        return actions.withdraw_decision(
            actor=self.reader, decision=record, reason=reason, expected_version=expected_version
        )
