"""Answers that are due: `/api/v1/tellings/`, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Links, text
from api.pagination import Order
from api.v1 import examples
from api.v1.shapes import ReasonInput
from api.views import ApiView, Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.replay import Answer
from crm.base.models import Record
from crm.base.rules import Blocked, Blocker
from engagement.coproduction.telling import actions, permissions
from engagement.coproduction.telling.filters import TellingFilter
from engagement.coproduction.telling.marks import leave_marks
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.telling.rules import MOST_AT_ONCE, blockers_to_approving, blockers_to_drafting

Batched = dict[str, list[Row]]


class ApproveInput(Input):
    """Approving an answer."""

    because = text(300, help_text="Why it must go though it is not as the reader needs it.")


class InPersonInput(Input):
    """They were told without a message."""

    always = ("how",)
    how = text(300, help_text="Like: at the Monday group.")
    told_on = serializers.DateField(required=False, help_text="Today, unless told.")


class TellingOut(Output):
    """An answer that is due, or was given."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    decision = serializers.UUIDField(allow_null=True)
    outcome = serializers.UUIDField(allow_null=True)
    person = Named(allow_null=True)
    organisation = Named(allow_null=True)
    said_on = serializers.DateField()
    locality = Named(allow_null=True)
    due_since = serializers.DateField()
    state = serializers.CharField(help_text=", ".join(f"`{value}`: {label}" for value, label in Telling.State.choices))
    why = serializers.CharField(help_text="Why it is held back, or why they are not told.")
    lacks = serializers.CharField(help_text="What is not as the reader needs it.")
    language = serializers.CharField(allow_null=True, help_text="The language they read; null means English.")
    message = serializers.UUIDField(allow_null=True)
    approved_on = serializers.DateField(allow_null=True)
    told_on = serializers.DateField(allow_null=True)
    days = serializers.IntegerField(allow_null=True, help_text="From what they said to the answer.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}76", "version": 2, "decision": f"{examples.ID}72", "outcome": None,
    "person": {"id": f"{examples.ID}03", "name": "Parveen Begum"}, "organisation": None, "said_on": "2026-09-02",
    "locality": None, "due_since": "2026-11-12", "state": "drafted", "why": "",
    "lacks": "Nobody who reads Urdu has checked the words of this answer", "language": "ur",
    "message": f"{examples.ID}77", "approved_on": None, "told_on": None, "days": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(telling: Any) -> Row:
    """An answer as it goes out."""
    plain = ("said_on", "due_since", "state", "why", "lacks", "approved_on", "told_on", "days")
    return {
        "id": telling.pk,
        "version": telling.version,
        "decision": telling.decision_id,
        "outcome": telling.outcome_id,
        "person": named(telling.person),
        "organisation": named(telling.organisation),
        "locality": named(telling.locality),
        "language": telling.language.code if telling.language else None,
        "message": telling.message_id,
        **{name: getattr(telling, name) for name in plain},
        "created_at": telling.created_at,
        "modified_at": telling.modified_at,
    }


class Tellings(Collection):
    """Answers, what waits longest first."""

    model = Telling
    item_name = "telling"
    filter_class = TellingFilter
    changes_with = ("person",)
    orders = {
        "said_on": Order("said_on", date),
        "-said_on": Order("said_on", date, down=True),
        "-created_at": Order("created_at", None, down=True),
    }
    default_order = "said_on"
    permissions_by_method = {"GET": permissions.read_tellings}
    operations = {
        "GET": Operation("List answers that are due", "`waiting=true` gives those still to be told.", gives=TellingOut,
                         example=EXAMPLE)
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("person", "organisation", "locality", "language")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the mark that reading restricted people leaves."""
        leave_marks(self.reader, rows)
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class TellingItem(Item):
    """One answer."""

    model = Telling
    item_name = "telling"
    permissions_by_method = {"GET": permissions.read_tellings}
    operations = {"GET": Operation("Read an answer that is due", gives=TellingOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("person", "organisation", "locality", "language")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        leave_marks(self.reader, [row])
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class TellingVerb(Verb):
    """Something done with an answer."""

    model = Telling
    item_name = "telling"


class DraftTelling(TellingVerb):
    """It is written, not sent."""

    needs_version = False
    permissions_by_method = {"POST": permissions.draft_tellings}
    operations = {
        "POST": Operation("Draft an answer", "In the reader's language and form, for their safe way. Nothing is sent.",
                          takes=Input, example={})
    }  # fmt: skip

    def act(self, record: Telling, values: dict[str, Any], expected_version: int | None) -> Record:
        """Draft it."""
        return actions.draft_tellings(actor=self.reader, tellings=[record])[0]


class ApproveTelling(TellingVerb):
    """It goes."""

    needs_version = False
    permissions_by_method = {"POST": permissions.approve_tellings}
    operations = {
        "POST": Operation("Approve an answer", "Words that nobody checked do not go, whatever is said.",
                          takes=ApproveInput, example={"because": "Their daughter reads it to them"})
    }  # fmt: skip

    def act(self, record: Telling, values: dict[str, Any], expected_version: int | None) -> Record:
        """Approve it. Raises `Blocked` with the reason when it waits still."""
        because = values.get("because", "")
        done = actions.approve_tellings(actor=self.reader, tellings=[record], because=because)
        if done.waiting:
            raise Blocked(blockers_to_approving(done.waiting[0], because))
        return [*done.sent, *done.held][0]


class ExcuseTelling(TellingVerb):
    """They are not told, for a reason."""

    permissions_by_method = {"POST": permissions.excuse_telling}
    operations = {
        "POST": Operation("Say why somebody is not told", "The reason stands.", takes=ReasonInput,
                          example={"reason": "They asked us not to write"})
    }  # fmt: skip

    def act(self, record: Telling, values: dict[str, Any], expected_version: int | None) -> Record:
        """The reason stands."""
        reason = values.get("reason", "")
        return actions.excuse_telling(
            actor=self.reader, telling=record, reason=reason, expected_version=expected_version
        )


class TellInPerson(TellingVerb):
    """They were told without a message."""

    permissions_by_method = {"POST": permissions.tell_in_person}
    operations = {
        "POST": Operation("Note that somebody was told in person", takes=InPersonInput,
                          example={"how": "At the Monday group"})
    }  # fmt: skip

    def act(self, record: Telling, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        told = {"how": "", **values}
        return actions.tell_in_person(actor=self.reader, telling=record, **told, expected_version=expected_version)


class TellingsInput(Input):
    """Answers to do something with."""

    always = ("tellings",)
    tellings = Links(Telling, help_text=f"At most {MOST_AT_ONCE}.")


class ApproveManyInput(TellingsInput):
    """Answers to approve together."""

    always = ("tellings",)
    because = text(300, help_text="Why those must go that are not as their reader needs them.")


class HowTellingOut(Output):
    """What became of one of them."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    why = serializers.CharField(help_text="Why it is held back, or was not done; empty where all is well.")


class BatchOut(Output):
    """What became of answers that were done together: none is left out."""

    done = HowTellingOut(many=True, help_text="Drafted, or on their way.")
    held = HowTellingOut(many=True, help_text="Held back: nobody could be reached safely.")
    waiting = HowTellingOut(many=True, help_text="Not done, each with its reason.")


BATCH: Row = {"done": [{"id": EXAMPLE["id"], "state": "on_its_way", "why": ""}], "held": [], "waiting": []}


class Batch(ApiView):
    """Something done with many answers at once, by the rule of the page: those that can, and for each other why not."""

    def do(self, tellings: list[Telling], values: dict[str, Any]) -> Batched:
        """Call the action. Raises what it raises."""
        raise NotImplementedError(type(self).__name__)

    def post(self, request: Request) -> HttpResponse:
        """Do it, once for each key."""

        def make() -> Answer:
            values = self.values()
            return Answer(status=200, body=self.do(values.pop("tellings", []), values))

        return self.answer_once(make)


def _how(telling: Telling, why: str = "") -> Row:
    return {"id": str(telling.pk), "state": str(telling.state), "why": why or telling.why}


def _reasons(found: Iterable[Blocker]) -> str:
    return ". ".join(blocker.words for blocker in found)


class DraftTellings(Batch):
    """They are written, not sent."""

    permissions_by_method = {"POST": permissions.draft_tellings}
    operations = {
        "POST": Operation("Draft many answers", "Each in its reader's language and form. Nothing is sent.",
                          takes=TellingsInput, gives=BatchOut, example={"tellings": [EXAMPLE["id"]]},
                          answer=BATCH)
    }  # fmt: skip

    def do(self, tellings: list[Telling], values: dict[str, Any]) -> Batched:
        """Draft those that can be drafted."""
        against = {row.pk: list(blockers_to_drafting(row)) for row in tellings}
        fit = [row for row in tellings if not against[row.pk]]
        drafted = actions.draft_tellings(actor=self.reader, tellings=fit) if fit or not tellings else []
        return {
            "done": [_how(row) for row in drafted if row.state == Telling.State.DRAFTED],
            "held": [_how(row) for row in drafted if row.state != Telling.State.DRAFTED],
            "waiting": [_how(row, _reasons(against[row.pk])) for row in tellings if against[row.pk]],
        }


class ApproveTellings(Batch):
    """They go."""

    permissions_by_method = {"POST": permissions.approve_tellings}
    operations = {
        "POST": Operation("Approve many answers", "Words that nobody checked do not go, whatever is said. What was "
                          "approved before stays as it is.", takes=ApproveManyInput, gives=BatchOut,
                          example={"tellings": [EXAMPLE["id"]]}, answer=BATCH)
    }  # fmt: skip

    def do(self, tellings: list[Telling], values: dict[str, Any]) -> Batched:
        """Approve those that can be approved."""
        because = values.get("because", "")
        done = actions.approve_tellings(actor=self.reader, tellings=tellings, because=because)
        return {
            "done": [_how(row) for row in done.sent],
            "held": [_how(row) for row in done.held],
            "waiting": [_how(row, _reasons(blockers_to_approving(row, because))) for row in done.waiting],
        }
