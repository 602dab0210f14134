"""Who came to forums: `/api/v1/attendances/`, and the verbs that hold and close a forum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, number, text
from api.v1 import examples
from api.v1.about_person import WithPerson
from api.views import Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.base.rules import Blocker, InputBlocked
from crm.communities.models import Community
from crm.languages.models import Language
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from engagement.forums.actions import day, desk, holding
from engagement.forums.held import AttendanceDetails, ClosingDetails, HeadcountDetails, attendance_of
from engagement.forums.holding_filters import AttendanceFilter
from engagement.forums.models import Attendance, Forum, Invitation
from engagement.forums.permissions import holding as permissions
from engagement.forums.reports.desk import with_this_number
from engagement.log.details import BarrierDetails
from engagement.log.models import AccessSupport, Barrier, Reach, Topic

PLAIN = ("name", "how", "came", "spoke", "others", "reason", "thanked_on", "created_at", "modified_at")
NO_NUMBER = Blocker("number_unknown", "Nobody who is invited has this number, or several have. Say who it is", "phone")


class ChangedAttendance(Input):
    """What is different."""

    came = serializers.BooleanField(required=False)
    spoke = serializers.BooleanField(required=False, help_text="They took the floor.")
    others = number(max_value=9999, help_text="How many came with them, without names.")
    barrier = Link(Barrier, allow_null=True, help_text="What kept them away.")
    reason = text(300, help_text="Why they did not come, in their words. Deleted four weeks after the forum.")


class AttendanceInput(ChangedAttendance):
    """Who came. An invitation, a person, or the phone number they say; or nobody we keep a record of."""

    forum = Link(Forum, required=True)
    invitation = Link(Invitation, allow_null=True)
    person = Link(Person, allow_null=True)
    phone = text(40, help_text="Read at the desk: whoever is invited and has it. It is not kept.")
    called = text(100, help_text="What to call somebody we keep no record of. May stay empty.")


class AttendanceOut(Output):
    """Whether somebody came."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named()
    invitation = serializers.UUIDField(allow_null=True, help_text="Null: they walked in.")
    person = Named(allow_null=True)
    organisation = Named(allow_null=True)
    name = serializers.CharField()
    how = serializers.CharField(help_text="`list`, `phone` or `walked_in`; empty for somebody who did not come.")
    came = serializers.BooleanField()
    spoke = serializers.BooleanField()
    others = serializers.IntegerField()
    barrier = Named(allow_null=True)
    reason = serializers.CharField()
    contribution = serializers.UUIDField(allow_null=True, help_text="Their part in the contact, once it is closed.")
    thanked_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}80", "version": 1, "forum": {"id": f"{examples.ID}60", "name": "Care at home"},
    "invitation": f"{examples.ID}70", "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"},
    "organisation": None, "name": "Parveen Begum", "how": "list", "came": True, "spoke": True, "others": 1,
    "barrier": None, "reason": "", "contribution": None, "thanked_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: Attendance) -> Row:
    """An attendance as it goes out."""
    return {
        "id": row.pk,
        "version": row.version,
        "invitation": row.invitation_id,
        "contribution": row.contribution_id,
        **{name: named(getattr(row, name)) for name in ("forum", "person", "organisation", "barrier")},
        **{name: getattr(row, name) for name in PLAIN},
    }


def _mark(reader: Any, rows: Sequence[Attendance]) -> None:
    restricted = {row.person.pk: row.person for row in rows if row.person is not None and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.for_list().order_by()  # type: ignore[attr-defined,no-any-return]  # our own queryset


class Attendances(WithPerson):
    """Who came, those written down last first."""

    model = Attendance
    item_name = "attendance"
    filter_class = AttendanceFilter
    permissions_by_method = {"GET": permissions.read_attendances, "POST": permissions.note_attendance}
    operations = {
        "GET": Operation("List who came to forums", "And who did not, with what kept them away.", gives=AttendanceOut,
                         example=EXAMPLE),
        "POST": Operation(
            "Write down that somebody came, or did not",
            "Once for each: again puts right what stands. Whoever has neither invitation nor record gets a new row "
            "each time; send an `Idempotency-Key`.",
            takes=AttendanceInput, status=201,
            example={"forum": f"{examples.ID}60", "invitation": f"{examples.ID}70", "came": True},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail."""
        _mark(self.reader, rows)
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        forum, phone = values.pop("forum"), values.pop("phone", "")
        if phone:
            values |= _by_number(forum, phone, self.reader)
        if not values.get("invitation") and values.get("came", True):
            values.setdefault("how", Attendance.How.WALKED_IN)
        return desk.note_attendance(actor=self.reader, forum=forum, details=AttendanceDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Write down."""
        return self.add()


def _by_number(forum: Forum, phone: str, reader: Any) -> Row:
    found = with_this_number(forum, phone, reader)
    if len(found) != 1:
        raise InputBlocked([NO_NUMBER])
    return {"invitation": found[0].invitation, "how": Attendance.How.PHONE}


class AttendanceItem(Item):
    """One of them."""

    model = Attendance
    item_name = "attendance"
    permissions_by_method = {"GET": permissions.read_attendances, "PATCH": permissions.note_attendance}
    operations = {
        "GET": Operation("Read whether somebody came", gives=AttendanceOut, example=EXAMPLE),
        "PATCH": Operation("Change whether somebody came", "Until the forum is closed; why they did not, also after.",
                           takes=ChangedAttendance, example={"spoke": True}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        _mark(self.reader, [row])
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Put it right."""
        before = attendance_of(record)
        if values.get("came") and not record.came:
            before = replace(before, barrier=None, reason="", how=Attendance.How.LIST)
        return desk.note_attendance(
            actor=self.reader, forum=record.forum, details=replace(before, **values), expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class HeadcountShape(Input):
    """How many came without a name."""

    people = number(required=True)
    community = Link(Community, allow_null=True, help_text="Null: of no community in particular.")
    basis = choice(Reach.Basis)


class HeadsInput(Input):
    """Every number; those that stood before are replaced."""

    heads = serializers.ListField(child=HeadcountShape(), max_length=200)


class DayInput(Input):
    """What the run sheet says besides who comes."""

    on_the_day = text(200, help_text="A work number, and whose.")
    in_an_emergency = text(500, help_text="Ways out, where to meet outside, who helps people down.")


class MeetInput(Input):
    """Who of us meets somebody."""

    met_by = Link(User, allow_null=True)
    words = text(200, help_text="Where and when. No health details.")


class CloseForumInput(Input):
    """How a forum is closed. What is left out is as its plan, its arrangements and its list say."""

    communities = Links(Community, help_text="Whom the meeting was with; its own communities, unless told.")
    topics = Links(Topic)
    support_used = Links(AccessSupport, help_text="Access and language support that was used.")
    languages_used = Links(Language)
    barriers = Links(Barrier, help_text="What kept people away.")
    next_words = text(500, help_text="What happens next. Those who came, and the public, read it.")
    next_by = serializers.DateField(required=False, allow_null=True)
    nobody_came = serializers.BooleanField(required=False)
    rest_stayed_away = serializers.BooleanField(
        required=False, help_text="Whoever said yes and is not on the list did not come."
    )


class OneForum(Verb):
    """Something that is done to one forum."""

    model = Forum
    item_name = "forum"


class HoldForum(OneForum):
    """It takes place."""

    permissions_by_method = {"POST": permissions.hold_forum}
    operations = {"POST": Operation("Say that a forum takes place", "On its day or later, once it was called ready.")}

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Say so."""
        return holding.hold_forum(actor=self.reader, forum=record, expected_version=expected_version)


class NotHeldInput(Input):
    """Why it is taken back."""

    reason = text(150, help_text="It stays in the record. No names and no health details.")


class TakeBackHeld(OneForum):
    """It does not take place yet."""

    permissions_by_method = {"POST": permissions.take_back_held}
    operations = {
        "POST": Operation("Take back that a forum takes place", "While nobody and nothing is written down.",
                          takes=NotHeldInput, example={"reason": "Pressed at the wrong forum"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it back."""
        reason = values.get("reason", "")
        return holding.take_back_held(actor=self.reader, forum=record, reason=reason, expected_version=expected_version)


class CountHeads(OneForum):
    """How many came without a name."""

    permissions_by_method = {"POST": permissions.count_heads}
    operations = {
        "POST": Operation("Count who came without a name", "By community, or of none in particular.", takes=HeadsInput,
                          example={"heads": [{"people": 12, "community": f"{examples.ID}04", "basis": "counted"}]})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        counts = [HeadcountDetails(**row) for row in values["heads"]]
        return desk.count_heads(actor=self.reader, forum=record, counts=counts, expected_version=expected_version)


class PrepareDay(OneForum):
    """What the run sheet says."""

    permissions_by_method = {"POST": permissions.prepare_day}
    operations = {
        "POST": Operation("Write down what the run sheet says", "Whom to ring on the day, and help in an emergency.",
                          takes=DayInput, example={"on_the_day": "Amina, 0113 496 0100"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        known = {name: getattr(record, name) for name in ("on_the_day", "in_an_emergency")}
        return day.prepare_day(
            actor=self.reader, forum=record, **{**known, **values}, expected_version=expected_version
        )


class SetMeeting(Verb):
    """Who meets somebody."""

    model = Invitation
    item_name = "invitation"
    permissions_by_method = {"POST": permissions.set_meeting}
    operations = {
        "POST": Operation("Write down who meets somebody", takes=MeetInput, example={"words": "At the bus stop, 1pm"})
    }

    def act(self, record: Invitation, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        said = {"met_by": record.met_by, "words": record.meet_words, **values}
        return day.set_meeting(actor=self.reader, invitation=record, **said, expected_version=expected_version)


class CloseForum(OneForum):
    """It is closed."""

    permissions_by_method = {"POST": permissions.close_forum}
    operations = {
        "POST": Operation("Close a forum", "Writes its one contact, with who was reached, what was said and promised.",
                          takes=CloseForumInput, example={"next_words": "We tell the board", "next_by": "2027-02-01"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Close it."""
        if "barriers" in values:
            values["barriers"] = [BarrierDetails(row) for row in values["barriers"]]
        details = ClosingDetails(**values)
        return holding.close_forum(actor=self.reader, forum=record, details=details, expected_version=expected_version)
