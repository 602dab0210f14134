"""Applications, blind to name until a place is offered: `/api/v1/applications/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, one_of, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row, Verb
from crm.base.models import Record
from crm.languages.models import Language
from crm.panels.actions import applying, choosing
from crm.panels.details.recruitment import Answers, Decision
from crm.panels.models import Application, RecruitmentCall, Seat
from crm.panels.permissions import recruitment as permissions
from crm.panels.recruitment_filters import ApplicationFilter
from crm.panels.reports import recruitment as reports
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy
from crm.people.models import Person


class ApplicationInput(Input):
    """An application that came by phone, on paper or as a recording, in the applicant's words."""

    call = Link(RecruitmentCall, required=True)
    how = choice(Application.How, required=True)
    name = text(150, help_text="The name to use.")
    reach_by = choice(ReachBy, help_text="How to reach them.")
    reach_at = text(254, help_text="Number, address or group.")
    language = Link(Language, allow_null=True, help_text="The language to write to them in. Null: English.")
    postcode_start = text(8, help_text="The first half.")
    knows_about = serializers.ListField(child=choice(KnowsAbout), required=False, max_length=5)
    topics = text(5000, help_text="What they want to talk about.")
    when_and_how = text(5000, help_text="When and how they can join.")
    would_help = text(5000, help_text="What would help them take part.")
    paid_by = choice(PaidBy, help_text="How they would like to be paid.")
    may_write = serializers.BooleanField(required=False, help_text="We may write to them about panels.")


class ShortlistInput(Input):
    """On the shortlist, or off it."""

    wanted = serializers.BooleanField(required=False, help_text="False takes it off.")


class ApplicationDecisionInput(Input):
    """What was decided, and why."""

    outcome = one_of(["offered", "reserve", "not_chosen"], help_text="What was decided.")
    reason = text(500, help_text="In words the applicant can read. Refused without.")


class OfferAnswerInput(Input):
    """What the applicant said."""

    accepts = serializers.BooleanField(help_text="Whether they said yes.")


class PlaceInput(Input):
    """Whom they are among the people we know, and in which seat."""

    person = Link(Person, allow_null=True, help_text="Empty adds a new person.")
    seat = Link(Seat, allow_null=True)


class WhoOut(Output):
    """Who an applicant is."""

    name = serializers.CharField()
    reach_by = serializers.CharField()
    reach_at = serializers.CharField()
    entered_by = serializers.CharField()
    language = serializers.CharField(help_text="The language to write to them in.")


class ApplicationOut(Output):
    """An application by its number. `who` is null until a place is offered."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    number = serializers.CharField()
    call = serializers.UUIDField()
    state = serializers.CharField()
    how = serializers.CharField()
    postcode_start = serializers.CharField()
    knows_about = serializers.ListField(child=serializers.CharField())
    topics = serializers.CharField()
    when_and_how = serializers.CharField()
    would_help = serializers.CharField()
    paid_by = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    reserve_rank = serializers.IntegerField(allow_null=True)
    offer_until = serializers.DateField(allow_null=True, help_text="The day an offer stands until.")
    who = WhoOut(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}82", "version": 2, "number": "K7M-4PX-R2", "call": f"{examples.ID}81", "state": "sent",
    "how": "online", "postcode_start": "B10", "knows_about": ["I look after someone"],
    "topics": "The forms are too long.", "when_and_how": "Mornings", "would_help": "A lift", "paid_by": "As a voucher",
    "sent_at": examples.WHEN, "reason": "", "reserve_rank": None, "offer_until": None, "who": None,
    "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: Application) -> Row:
    """An application as it goes out, without who it is until a place is offered."""
    who = reports.who(row)
    return {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "call": row.call_id,
        "state": row.state,
        "how": row.how,
        **reports.answers(row),
        "sent_at": row.sent_at,
        "reason": row.reason,
        "reserve_rank": row.reserve_rank,
        "offer_until": row.offer_until,
        "who": vars(who) if who else None,
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


class Applications(Collection):
    """Applications, those added last first. Who read which is kept."""

    model = Application
    item_name = "application"
    filter_class = ApplicationFilter
    permissions_by_method = {"GET": permissions.read_applications, "POST": permissions.enter_application}
    operations = {
        "GET": Operation("List applications", "Without names until a place is offered. Leads and managers read all "
                         "that were sent, officers those they entered.", gives=ApplicationOut, example=EXAMPLE),
        "POST": Operation("Enter an application for somebody", "What they told us by phone or on paper, in their "
                          "words.", takes=ApplicationInput, status=201,
                          example={"call": f"{examples.ID}81", "how": "phone", "name": "Halina", "reach_by": "phone",
                                   "reach_at": "07700 900123", "topics": "The forms are too long."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the call, and who entered it, which shows once a place is offered."""
        return rows.select_related("entered_by", "call", "language")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """One write more: that they were read."""
        if rows:
            choosing.read_applications(actor=self.reader, applications=rows)
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Enter it."""
        call, how = values.pop("call"), values.pop("how")
        return applying.enter_application(actor=self.reader, call=call, how=how, answers=Answers(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Enter."""
        return self.add()


class ApplicationItem(Item):
    """One application."""

    model = Application
    item_name = "application"
    permissions_by_method = {"GET": permissions.read_applications}
    operations = {"GET": Operation("Read an application", gives=ApplicationOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the call and who entered it."""
        return rows.select_related("entered_by", "call", "language")

    def represent_one(self, row: Any) -> Row:
        """As in the list; that it was read is kept."""
        choosing.read_applications(actor=self.reader, applications=[row])
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class ApplicationVerb(Verb):
    """Something that is done to an application."""

    model = Application
    item_name = "application"


class Shortlist(ApplicationVerb):
    """Put it on the shortlist, or take it off."""

    permissions_by_method = {"POST": permissions.shortlist_application}
    operations = {"POST": Operation("Shortlist an application", takes=ShortlistInput, example={"wanted": True})}

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """On or off."""
        wanted = values.get("wanted", True)
        return choosing.shortlist_application(
            actor=self.reader, application=record, wanted=wanted, expected_version=expected_version
        )


class Decide(ApplicationVerb):
    """Decide."""

    permissions_by_method = {"POST": permissions.decide_application}
    operations = {
        "POST": Operation("Decide on an application", "Offer a place, put on the reserve list, or say no; always with "
                          "a reason.", takes=ApplicationDecisionInput,
                          example={"outcome": "offered", "reason": "You know what a carer needs."}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Decide."""
        return choosing.decide_application(
            actor=self.reader, application=record, decision=Decision(**values), expected_version=expected_version
        )


class AnswerOffer(ApplicationVerb):
    """What the applicant said to the offer."""

    permissions_by_method = {"POST": permissions.record_offer_answer}
    operations = {
        "POST": Operation("Write down what an applicant said to the offer of a place", takes=OfferAnswerInput,
                          example={"accepts": True}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Yes or no."""
        return applying.record_offer_answer(
            actor=self.reader, application=record, accepts=values["accepts"], expected_version=expected_version
        )


class CloseOffer(ApplicationVerb):
    """Close an offer nobody answered."""

    permissions_by_method = {"POST": permissions.close_offer}
    operations = {
        "POST": Operation("Close an offer of a place that nobody answered", "Refused until the day it stands until is "
                          "over."),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Close it."""
        return choosing.close_offer(actor=self.reader, application=record, expected_version=expected_version)


class GivePlace(ApplicationVerb):
    """Make somebody who said yes a member of the panel."""

    permissions_by_method = {"POST": permissions.seat_applicant}
    operations = {
        "POST": Operation("Give an applicant their place", "A reserved seat asks for their own declaration first.",
                          takes=PlaceInput, example={"seat": f"{examples.ID}83"}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Seat them."""
        return choosing.seat_applicant(
            actor=self.reader, application=record, expected_version=expected_version, **values
        )
