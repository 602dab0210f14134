"""Access arrangements of forums: `/api/v1/arrangements/`, and the verb that calls a forum ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.v1.people import with_flags
from api.v1.people_shapes import FlagOut
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.base.models import Record
from crm.people.actions import read_restricted_people
from engagement.forums.actions import arrangements as actions
from engagement.forums.actions.ready import mark_ready
from engagement.forums.arrangement_filters import ArrangementFilter
from engagement.forums.arranging import BookingDetails, GoneDetails
from engagement.forums.models import Arrangement, Forum
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.there import Standing, standing
from engagement.needs.models import NeedOutcome

PLAIN = (
    "state", "fell_through", "supplier", "registration_number", "asked_on", "booked_on", "confirmed_on",
    "told_on", "not_needed_on", "created_at", "modified_at",
)  # fmt: skip


class BookInput(Input):
    """With whom it is booked. What is left out stays."""

    always = ("supplier",)
    supplier = text(150, help_text="An agency, a firm, or who of us does it.")
    registration_number = text(40, help_text="Of the interpreter in their register, like the NRCPD's.")
    cost = serializers.DecimalField(
        required=False, allow_null=True, max_digits=8, decimal_places=2, min_value=0, help_text="In pounds."
    )
    who = Link(User, allow_null=True, help_text="Who of us sees to it; who looks after the forum, unless told.")


class TellInput(Input):
    """How they are told."""

    by_message = serializers.BooleanField(
        required=False, help_text="True: write to them in their safe way. They count as told when it went out."
    )


class WhyInput(Input):
    """Why."""

    always = ("reason",)
    reason = text(200, help_text="In a few words. No names, no health details.")


class GoneInput(Input):
    """How it went."""

    there = serializers.BooleanField(required=False, allow_null=True, help_text="Whether it was there on the day.")
    met = choice(NeedOutcome.Met, help_text="Whether it met the need, as the person says.")
    why = choice(NeedOutcome.Why, help_text="Unless it was met.")
    words = text(250, help_text="More about it. No health details.")


class ReadyInput(Input):
    """Why a forum is ready though something is missing."""

    reason = text(300, help_text="Only when something is missing; it stays in the record. No names.")


class ArrangementOut(Output):
    """What is arranged at one forum for one need of one person who comes."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    forum = Named()
    on = serializers.DateField(help_text="The day of the forum.")
    person = Named(allow_null=True, help_text="Null for a guest or a group.")
    get_right = FlagOut(many=True, help_text="What must be got right about the person. Show it before anything else.")
    for_whom = serializers.CharField()
    need = serializers.UUIDField(allow_null=True, help_text="The access need; null for what was asked for once.")
    what = serializers.CharField()
    what_to_do = serializers.CharField()
    state = serializers.ChoiceField(choices=Arrangement.State.values)
    to_do = serializers.BooleanField(help_text="Neither confirmed for the day nor there anyway.")
    already_there = serializers.BooleanField(help_text="The forum offers it anyway.")
    there_words = serializers.CharField(help_text="What the forum has of it, or what to find out.")
    due_on = serializers.DateField(help_text="By when it must be arranged.")
    is_late = serializers.BooleanField()
    fell_through = serializers.BooleanField()
    supplier = serializers.CharField()
    registration_number = serializers.CharField()
    cost = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    who = Named(help_text="Who sees to it.")
    asked_on = serializers.DateField()
    booked_on = serializers.DateField(allow_null=True)
    confirmed_on = serializers.DateField(allow_null=True)
    told_on = serializers.DateField(allow_null=True)
    not_needed_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}70", "version": 2, "forum": {"id": f"{examples.ID}60", "name": "Care at home"},
    "on": "2027-01-12", "person": {"id": f"{examples.ID}10", "name": "Amina Diallo"}, "get_right": [],
    "for_whom": "Amina Diallo",
    "need": f"{examples.ID}41", "what": "BSL interpreter", "what_to_do": "Book a BSL interpreter", "state": "booked",
    "to_do": True, "already_there": False, "there_words": "", "due_on": "2026-12-15", "is_late": False,
    "fell_through": False, "supplier": "Northbrook Deaf Services", "registration_number": "NRCPD 1234",
    "cost": "180.00", "who": examples.OFFICER, "asked_on": "2026-11-20", "booked_on": "2026-11-24",
    "confirmed_on": None, "told_on": None, "not_needed_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(one: Standing) -> Row:
    """An arrangement as it goes out."""
    row, person = one.row, one.row.invitation.person
    return {
        "id": row.pk,
        "version": row.version,
        "forum": named(row.forum),
        "on": row.forum.on,
        "person": named(person) if person else None,
        "for_whom": row.for_whom,
        "need": row.need_id,
        "what": row.what,
        "what_to_do": row.what_to_do,
        "to_do": one.to_do,
        "already_there": one.is_there,
        "there_words": one.found.words if one.found else "",
        "due_on": one.due_on,
        "is_late": one.is_late,
        "who": named(row.who or row.forum.owner),
        "cost": None if row.cost is None else str(row.cost),
        **{name: getattr(row, name) for name in PLAIN},
    }


def _mark(reader: Any, rows: Sequence[Any]) -> None:
    people = (row.invitation.person for row in rows)
    restricted = {person.pk: person for person in people if person is not None and person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.for_list().order_by()  # type: ignore[attr-defined,no-any-return]  # our own queryset


def as_rows(reader: Any, rows: Sequence[Any]) -> list[Row]:
    """Arrangements as they go out, with what must be got right about each person; who is restricted leaves a mark."""
    _mark(reader, rows)
    known = standing(rows)
    return with_flags([as_row(one) for one in known], [one.row.invitation.person for one in known], reader)


class Arrangements(Collection):
    """Arrangements, those made last first."""

    model = Arrangement
    item_name = "arrangement"
    filter_class = ArrangementFilter
    permissions_by_method = {"GET": permissions.read_arrangements}
    operations = {
        "GET": Operation(
            "List access arrangements",
            "One for each need of everyone who comes, made by itself. `to_do=true` in a row: something is still to do.",
            gives=ArrangementOut, example=EXAMPLE,
        )
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """3 queries for what the forums offer anyway, 2 for what must be got right."""
        return as_rows(self.reader, rows)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class ArrangementItem(Item):
    """One arrangement."""

    model = Arrangement
    item_name = "arrangement"
    permissions_by_method = {"GET": permissions.read_arrangements}
    operations = {"GET": Operation("Read an access arrangement", gives=ArrangementOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_rows(self.reader, [row])[0]

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class ArrangementVerb(Verb):
    """A step of an arrangement."""

    model = Arrangement
    item_name = "arrangement"


class Book(ArrangementVerb):
    """It is booked."""

    permissions_by_method = {"POST": permissions.book_arrangement}
    operations = {
        "POST": Operation("Book an access arrangement", "Or put the booking right; another supplier confirms anew.",
                          takes=BookInput, example={"supplier": "Northbrook Deaf Services", "cost": "180.00"})
    }  # fmt: skip

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Book it."""
        known = {name: getattr(record, name) for name in ("supplier", "registration_number", "cost", "who")}
        details = BookingDetails(**{**known, **values})
        return actions.book_arrangement(
            actor=self.reader, arrangement=record, details=details, expected_version=expected_version
        )


class Confirm(ArrangementVerb):
    """It is certain."""

    permissions_by_method = {"POST": permissions.confirm_arrangement}
    operations = {"POST": Operation("Confirm an access arrangement", "It is certain for the forum's day.")}

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Confirm it."""
        return actions.confirm_arrangement(actor=self.reader, arrangement=record, expected_version=expected_version)


class Tell(ArrangementVerb):
    """The person knows."""

    permissions_by_method = {"POST": permissions.tell_arrangement}
    operations = {
        "POST": Operation("Tell the person what is arranged", "By a message, or note that somebody told them.",
                          takes=TellInput, example={"by_message": True})
    }  # fmt: skip

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Write, or note it."""
        by_message = values.get("by_message", False)
        return actions.tell_arrangement(
            actor=self.reader, arrangement=record, by_message=by_message, expected_version=expected_version
        )


class FallThrough(ArrangementVerb):
    """Whoever was booked cannot come."""

    permissions_by_method = {"POST": permissions.let_fall_through}
    operations = {
        "POST": Operation("Note that an arrangement fell through", "The forum is then no longer ready.",
                          takes=WhyInput, example={"reason": "The interpreter is ill"})
    }  # fmt: skip

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        reason = values.get("reason", "")
        return actions.let_fall_through(
            actor=self.reader, arrangement=record, reason=reason, expected_version=expected_version
        )


class Drop(ArrangementVerb):
    """It is not needed."""

    permissions_by_method = {"POST": permissions.drop_arrangement}
    operations = {
        "POST": Operation("Note that an arrangement is not needed at this forum", "The need itself stays.",
                          takes=WhyInput, example={"reason": "She brings somebody"})
    }  # fmt: skip

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        reason = values.get("reason", "")
        return actions.drop_arrangement(
            actor=self.reader, arrangement=record, reason=reason, expected_version=expected_version
        )


class Note(ArrangementVerb):
    """How it went."""

    permissions_by_method = {"POST": permissions.note_arrangement}
    operations = {
        "POST": Operation("Note how an arrangement went", "From the day of the forum on.", takes=GoneInput,
                          example={"there": True, "met": "met"})
    }  # fmt: skip

    def act(self, record: Arrangement, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        details = GoneDetails(**values)
        return actions.note_arrangement(
            actor=self.reader, arrangement=record, details=details, expected_version=expected_version
        )


class MarkReady(Verb):
    """A forum is ready."""

    model = Forum
    item_name = "forum"
    permissions_by_method = {"POST": permissions.mark_ready}
    operations = {
        "POST": Operation(
            "Call a forum ready",
            "Refused while a need of somebody who comes is unmet, with what to do for each. With a reason it is ready "
            "all the same, and the reason stays in the record.",
            takes=ReadyInput, example={"reason": "Her sister signs for her, she says"},
        )
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Call it ready."""
        reason = values.get("reason", "")
        return mark_ready(actor=self.reader, forum=record, reason=reason, expected_version=expected_version)
