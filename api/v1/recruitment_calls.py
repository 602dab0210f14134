"""Recruitment calls: `/api/v1/recruitment-calls/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, number, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.base.views import one_of
from crm.panels.actions import calls, drawing
from crm.panels.details.recruitment import CallDetails
from crm.panels.models import Panel, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.recruitment_filters import CallFilter
from crm.panels.reports.recruitment import record_of

OWN = ("slug", "title", "words", "places", "method", "opens_on", "closes_on", "answer_by", "pool_questions")


class QuestionShape(Input):
    """A question for a balanced group, with the answers to choose from."""

    key = text(10, help_text="Made by Heard: q1, q2…; what you send here is not used.")
    words = text(200, required=True)
    answers = serializers.ListField(child=serializers.CharField(max_length=100), max_length=10)


class CallInput(Input):
    """What can be said about a call."""

    always = ("closes_on", "panel", "places", "slug", "title")
    panel = Link(Panel, help_text="Which panel people join.")
    slug = serializers.SlugField(required=False, max_length=60, help_text="The short address, printed on posters.")
    title = text(150)
    words = text(5000, help_text="How often, where, how they are paid, what changed because of it.")
    places = number(max_value=200, help_text="How many places.")
    method = choice(RecruitmentCall.Method)
    opens_on = serializers.DateField(required=False, help_text="The first day to apply.")
    closes_on = serializers.DateField(required=False, help_text="The last day to apply.")
    answer_by = serializers.DateField(required=False, help_text="Everybody hears from us by then.")
    pool_questions = serializers.ListField(
        child=QuestionShape(), required=False, max_length=6, help_text="Asked apart, with an agreement of their own."
    )


class QuotaShape(Input):
    """How many of those who gave an answer shall be drawn."""

    question = text(10, required=True, help_text="The key of the question, like `q1`.")
    answer = text(100, required=True)
    least = number(required=True, help_text="At least so many.")
    most = number(required=True, help_text="At most so many.")


class FreezeInput(Input):
    """The quotas of a draw. They are frozen with the pool."""

    quotas = serializers.ListField(child=QuotaShape(), required=False, max_length=60)


class DrawInput(Input):
    """A seed from outside, if there is one. Without it Heard draws one."""

    seed = text(64, help_text="From a source that anybody can look up, chosen before.")
    seed_source = text(200, help_text="Where it comes from.")


class PoolOut(Output):
    """Who was in the pool, by number, with what they answered and agreed to."""

    pool = serializers.DictField(child=serializers.DictField(child=serializers.CharField()))


class DrawOut(Output):
    """The record of a draw, with every quota: never names, numbers or the pool."""

    call = serializers.CharField()
    places = serializers.IntegerField()
    pool_sha256 = serializers.CharField(help_text="SHA-256 of the pool as canonical JSON.")
    pool_and_quotas_sha256 = serializers.CharField(help_text="SHA-256 of that, followed by the quotas.")
    frozen_at = serializers.CharField()
    quotas = serializers.ListField()
    method = serializers.CharField()
    seed = serializers.CharField(help_text="Empty until it is drawn.")
    seed_source = serializers.CharField()
    drawn_at = serializers.CharField(allow_null=True)
    people_in_pool = serializers.CharField(help_text="Through the suppressor of small numbers.")
    people_drawn = serializers.IntegerField()


class CallOut(Output):
    """A call."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    panel = Named()
    slug = serializers.CharField()
    title = serializers.CharField()
    words = serializers.CharField()
    places = serializers.IntegerField()
    method = serializers.CharField()
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    answer_by = serializers.DateField()
    pool_questions = serializers.ListField()
    state = serializers.CharField()
    draw = DrawOut(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


ASKED = {"words": "How old are you?", "answers": ["Under 40", "40 or over"]}
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}81", "version": 1, "panel": {"id": f"{examples.ID}80", "name": "East citizen panel"},
    "slug": "join-us", "title": "Join the East panel", "words": "Once a month.", "places": 8, "method": "decision",
    "opens_on": "2026-11-24", "closes_on": "2026-12-20", "answer_by": "2027-01-10",
    "pool_questions": [{"key": "q1", **ASKED}], "state": "open", "draw": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
TAKEN = {name: EXAMPLE[name] for name in OWN if name != "pool_questions"}


def as_row(call: RecruitmentCall) -> Row:
    """A call as it goes out."""
    draw = getattr(call, "draw", None)
    return {
        "id": call.pk,
        "version": call.version,
        "panel": named(call.panel),
        **{name: getattr(call, name) for name in OWN},
        "state": call.state,
        "draw": record_of(draw) if draw else None,
        "created_at": call.created_at,
        "modified_at": call.modified_at,
    }


class Calls(Collection):
    """Calls, those added last first."""

    model = RecruitmentCall
    item_name = "recruitment-call"
    filter_class = CallFilter
    permissions_by_method = {"GET": permissions.read_calls, "POST": permissions.add_call}
    operations = {
        "GET": Operation("List recruitment calls", "With the record of a draw.", gives=CallOut,
                         example=EXAMPLE),
        "POST": Operation("Add a recruitment call", "As a draft: nobody outside sees it until it is opened.",
                          takes=CallInput, status=201,
                          example={"panel": f"{examples.ID}80", **TAKEN, "pool_questions": [ASKED]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the panel and the draw."""
        return rows.select_related("panel", "draw")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return calls.add_call(actor=self.reader, details=CallDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class CallItem(Item):
    """One call."""

    model = RecruitmentCall
    item_name = "recruitment-call"
    permissions_by_method = {"GET": permissions.read_calls, "PATCH": permissions.change_call}
    operations = {
        "GET": Operation("Read a recruitment call", gives=CallOut, example=EXAMPLE),
        "PATCH": Operation("Change a recruitment call", "What people were already asked stays.", takes=CallInput,
                           example={"closes_on": "2026-12-27"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the panel and the draw."""
        return rows.select_related("panel", "draw")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "panel")}
        details = CallDetails(**{**known, **values})
        return calls.change_call(actor=self.reader, call=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class CallVerb(Verb):
    """Something that is done to a call."""

    model = RecruitmentCall
    item_name = "recruitment-call"
    does: ClassVar[Any]

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Do it."""
        done: Record = type(self).does(actor=self.reader, call=record, expected_version=expected_version)
        return done


class OpenCall(CallVerb):
    """Let people apply."""

    permissions_by_method = {"POST": permissions.open_call}
    operations = {"POST": Operation("Open a recruitment call", "People can apply from its first day on.")}
    does = calls.open_call


class CloseCall(CallVerb):
    """Begin to choose."""

    permissions_by_method = {"POST": permissions.close_call}
    operations = {"POST": Operation("Close a recruitment call", "No more applications; choosing begins.")}
    does = calls.close_call


class FinishCall(CallVerb):
    """Everybody has an answer."""

    permissions_by_method = {"POST": permissions.finish_call}
    operations = {"POST": Operation("Say that everybody who applied has an answer", "Refused while somebody waits.")}
    does = calls.finish_call


class Freeze(CallVerb):
    """Freeze the pool of a draw."""

    permissions_by_method = {"POST": permissions.freeze_pool}
    operations = {
        "POST": Operation("Freeze the pool of a random selection", "With its quotas, before the seed exists.",
                          takes=FreezeInput,
                          example={"quotas": [{"question": "q1", "answer": "Under 40", "least": 3, "most": 5}]}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Freeze it."""
        quotas: dict[str, dict[str, list[int]]] = {}
        for one in values.get("quotas", []):
            quotas.setdefault(one["question"], {})[one["answer"]] = [one["least"], one["most"]]
        return drawing.freeze_pool(actor=self.reader, call=record, quotas=quotas).call


class Pool(Item):
    """The frozen pool of a draw."""

    model = RecruitmentCall
    item_name = "recruitment-call"
    permissions_by_method = {"GET": permissions.take_pool}
    operations = {
        "GET": Operation("Save the frozen pool of a random selection", "Numbers and answers, never names, once it is "
                         "drawn: `manage.py repeat_draw` takes it. Who saved it is kept.", gives=PoolOut,
                         example={"pool": {"K7M-4PX-R2": {"q1": "Under 40"}}}),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        call = one_of(self.rows(), pk=pk)
        return self.sent({"pool": drawing.take_pool(actor=self.reader, call=call)})


class DrawMembers(CallVerb):
    """Draw."""

    permissions_by_method = {"POST": permissions.draw_members}
    operations = {
        "POST": Operation("Draw members at random", "Once, after the pool was frozen. What is published of it stands "
                          "with the call.", takes=DrawInput,
                          example={"seed": "03 11 19 24 40 52", "seed_source": "Lottery numbers of 25 November 2026"}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Draw."""
        return drawing.draw_members(actor=self.reader, call=record, **values).call
