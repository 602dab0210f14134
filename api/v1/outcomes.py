"""Outcomes: `/api/v1/outcomes/`, what is different since a decision, and what is done with that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, text
from api.v1 import examples
from api.v1.decisions import ThreadCorrectionOut
from api.v1.shapes import MaybeReasonInput, ReasonInput
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.communities.models import Community
from engagement.coproduction.decisions import actions, permissions
from engagement.coproduction.decisions.details import CheckDetails, OutcomeDetails
from engagement.coproduction.decisions.filters import OutcomeFilter
from engagement.coproduction.decisions.models import Decision, Outcome, OutcomeCheck
from engagement.coproduction.frameworks.models import FrameworkPart

OWN = (
    "effect", "words", "for_whom", "since", "measure", "measure_before", "measure_after", "measure_source", "account",
)  # fmt: skip


class OutcomeShape(Input):
    """What is different, or what is not."""

    effect = choice(Outcome.Effect)
    words = text(2000, help_text="What is different, or what is not. No names.")
    for_whom = text(300, help_text="Like: carers in the East. Not a name.")
    since = serializers.DateField(required=False, allow_null=True)
    measure = text(200, help_text="What was measured: with the figures before and after.")
    measure_before = text(60)
    measure_after = text(60)
    measure_source = text(200)
    account = text(2000, help_text="What people say about it. This or a measure must stand.")
    communities = Links(Community)
    parts = Links(FrameworkPart, help_text="Parts of frameworks it counts for.")
    owner = Link(User, allow_null=True, help_text="Who answers for it. You, unless told.")


class DifferenceInput(OutcomeShape):
    """A new outcome."""

    decision = Link(Decision, required=True)


class OutcomeCorrectionInput(OutcomeShape):
    """An outcome as it shall stand, and why it is changed. What is left out stays."""

    correction_reason = text(300, help_text="Why it is changed.")


class OutcomeCheckInput(Input):
    """What some of those who asked say about it."""

    always = ("by_whom", "verdict")
    by_whom = text(150, help_text="Like: four carers of the Monday group. Not a name.")
    verdict = choice(OutcomeCheck.Verdict)
    checked_on = serializers.DateField(required=False, help_text="Today, unless told.")
    words = text(500, help_text="In their words.")


class CheckOut(Output):
    """What some of those who asked said."""

    checked_on = serializers.DateField()
    by_whom = serializers.CharField()
    verdict = serializers.CharField()
    words = serializers.CharField()


class PartNamed(Output):
    """A part of a framework."""

    id = serializers.UUIDField()
    framework = serializers.CharField(help_text="Its key.")
    code = serializers.CharField()


class DifferenceOut(Output):
    """An outcome."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    decision = serializers.UUIDField()
    state = serializers.CharField(help_text="`open`, `done` or `withdrawn`.")
    effect = serializers.CharField()
    words = serializers.CharField()
    for_whom = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    measure = serializers.CharField()
    measure_before = serializers.CharField()
    measure_after = serializers.CharField()
    measure_source = serializers.CharField()
    account = serializers.CharField()
    communities = Named(many=True)
    parts = PartNamed(many=True)
    owner = Named()
    checks = CheckOut(many=True)
    done_on = serializers.DateField(allow_null=True)
    untold_reason = serializers.CharField(help_text="Why it is done though not everybody was told.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class DifferenceWhole(DifferenceOut):
    """An outcome with what it said before."""

    corrections = ThreadCorrectionOut(many=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}75", "version": 1, "decision": f"{examples.ID}72", "state": "open", "effect": "partly",
    "words": "The first letter comes in Urdu.", "for_whom": "People in the East", "since": "2026-11-20",
    "measure": "First letters in Urdu in a month", "measure_before": "0", "measure_after": "41",
    "measure_source": "Letter log", "account": "", "communities": [examples.COMMUNITY],
    "parts": [{"id": f"{examples.ID}71", "framework": "edi-strategy", "code": "12"}],
    "owner": {"id": f"{examples.ID}74", "name": "Amina"}, "checks": [], "done_on": None, "untold_reason": "",
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE = {**EXAMPLE, "corrections": [], "withdrawn_at": None, "withdrawn_reason": ""}


def as_row(outcome: Any) -> Row:
    """An outcome as it goes out."""
    return {
        "id": outcome.pk,
        "version": outcome.version,
        "decision": outcome.decision_id,
        "state": outcome.state,
        **{name: getattr(outcome, name) for name in OWN},
        "communities": [named(community) for community in outcome.communities.all()],
        "parts": [{"id": part.pk, "framework": part.framework.key, "code": part.code} for part in outcome.parts.all()],
        "owner": named(outcome.owner),
        "checks": [
            {name: getattr(one, name) for name in ("checked_on", "by_whom", "verdict", "words")}
            for one in outcome.checks.all()
        ],
        "done_on": outcome.done_on,
        "untold_reason": outcome.untold_reason,
        "created_at": outcome.created_at,
        "modified_at": outcome.modified_at,
    }


class Outcomes(Collection):
    """Outcomes, the newest first."""

    model = Outcome
    item_name = "outcome"
    filter_class = OutcomeFilter
    changes_with = ("decision",)
    permissions_by_method = {"GET": permissions.read_what_changed, "POST": permissions.record_outcome}
    operations = {
        "GET": Operation("List outcomes", "What is different since a decision, and what is not.", gives=DifferenceOut,
                         example=EXAMPLE),
        "POST": Operation("Record an outcome", "Whoever asked is due to be told.", takes=DifferenceInput, status=201,
                          example={"decision": f"{examples.ID}72", "effect": "same",
                                   "words": "Letters still come in English.", "for_whom": "People in the East",
                                   "account": "Nobody we asked had one in Urdu."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and checks."""
        related = rows.select_related("decision", "owner")
        return related.prefetch_related("communities", "parts__framework", "checks")

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those that stand, of decisions that stand."""
        return rows.filter(withdrawn_at=None, decision__withdrawn_at=None)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        decision = values.pop("decision")
        details = OutcomeDetails(**{"effect": "", "words": "", "for_whom": "", **values})
        return actions.record_outcome(actor=self.reader, decision=decision, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Record."""
        return self.add()


class OutcomeItem(Item):
    """One outcome."""

    model = Outcome
    item_name = "outcome"
    permissions_by_method = {"GET": permissions.read_what_changed, "PATCH": permissions.correct_outcome}
    operations = {
        "GET": Operation("Read an outcome", "With what it said before.", gives=DifferenceWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Correct an outcome", "With the reason; what it said before stays readable.",
                           takes=OutcomeCorrectionInput,
                           example={"measure_after": "38", "correction_reason": "Three were counted twice"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With everything."""
        return rows.for_page()  # type: ignore[attr-defined,no-any-return]

    def represent_one(self, row: Any) -> Row:
        """As in the list, and more."""
        corrections = [
            {"corrected_at": one.corrected_at, "reason": one.reason, "before": one.before}
            for one in row.corrections.all()
        ]
        gone = {"withdrawn_at": row.withdrawn_at, "withdrawn_reason": row.withdrawn_reason}
        return {**as_row(row), "corrections": corrections, **gone}

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Correct it."""
        reason = values.pop("correction_reason", "")
        known = {name: getattr(record, name) for name in (*OWN, "owner")}
        links = {"communities": list(record.communities.all()), "parts": list(record.parts.all())}
        details = OutcomeDetails(**{**known, **links, **values})
        return actions.correct_outcome(
            actor=self.reader, outcome=record, details=details, reason=reason, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Correct."""
        return self.save(pk)


class OutcomeVerb(Verb):
    """Something done with an outcome."""

    model = Outcome
    item_name = "outcome"


class CheckOutcome(OutcomeVerb):
    """Those who asked looked at it."""

    permissions_by_method = {"POST": permissions.check_outcome}
    operations = {
        "POST": Operation("Note what those who asked say about an outcome", takes=OutcomeCheckInput,
                          example={"by_whom": "Four carers of the Monday group", "verdict": "partly",
                                   "words": "The first letter, yes. The others not."})
    }  # fmt: skip

    def act(self, record: Outcome, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        details = CheckDetails(**{"by_whom": "", "verdict": "", **values})
        return actions.check_outcome(
            actor=self.reader, outcome=record, details=details, expected_version=expected_version
        )


class FinishOutcome(OutcomeVerb):
    """It is done."""

    permissions_by_method = {"POST": permissions.finish_outcome}
    operations = {
        "POST": Operation("Call an outcome done", "Refused while somebody was not told, unless a reason says why.",
                          takes=MaybeReasonInput, example={"reason": "One group has closed"})
    }  # fmt: skip

    def act(self, record: Outcome, values: dict[str, Any], expected_version: int | None) -> Record:
        """Call it done."""
        reason = values.get("reason", "")
        return actions.finish_outcome(
            actor=self.reader, outcome=record, reason=reason, expected_version=expected_version
        )


class WithdrawOutcome(OutcomeVerb):
    """It is taken back."""

    permissions_by_method = {"POST": permissions.withdraw_outcome}
    operations = {
        "POST": Operation("Withdraw an outcome", "It stays readable.", takes=ReasonInput,
                          example={"reason": "The figures were of another year"})
    }  # fmt: skip

    def act(self, record: Outcome, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it back."""
        reason = values.get("reason", "")
        return actions.withdraw_outcome(
            actor=self.reader, outcome=record, reason=reason, expected_version=expected_version
        )
