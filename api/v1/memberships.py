"""Who sits on panels: `/api/v1/memberships/`, and what is done with it."""

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
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.declared.actions import read_declared_communities
from crm.panels.actions import members as actions
from crm.panels.details.panels import LeaveDetails, MembershipDetails, NoteDetails
from crm.panels.filters import MembershipFilter
from crm.panels.models import MemberNote, Membership, Panel, Seat
from crm.panels.permissions import panels as permissions
from crm.panels.reports.members import may_see_seats, shown_to, told_by_seats
from crm.panels.rules.members import needed_seat
from crm.people.actions import read_restricted_people
from crm.people.models import Person

OWN = ("role", "lived_experience", "first_day", "last_day")


class MembershipChangeInput(Input):
    """Their place from now on. Send what is different."""

    seat = Link(Seat, allow_null=True, help_text="Refused without their own declaration where it is reserved.")
    role = choice(Membership.Part)
    substitutes = Link(Membership, allow_null=True, help_text="For substitutes: for whom they stand in.")
    lived_experience = serializers.BooleanField(required=False, help_text="As they say it themselves.")
    first_day = serializers.DateField(required=False, help_text="Today, unless told.")
    last_day = serializers.DateField(required=False, allow_null=True, help_text="That day still counts.")


class MembershipInput(MembershipChangeInput):
    """Somebody on a panel."""

    panel = Link(Panel, required=True)
    person = Link(Person, required=True)


class LeaveInput(Input):
    """Why somebody leaves."""

    always = ("because",)
    because = choice(Membership.Left)
    words = text(300, help_text="In their words.")
    last_day = serializers.DateField(required=False, help_text="Today, unless told.")


class NoteInput(Input):
    """An interest or training."""

    kind = choice(MemberNote.Kind)
    words = text(300, help_text="What they declared, or what the training was.")
    happened_on = serializers.DateField(required=False, help_text="Today, unless told.")


class NoteOut(Output):
    """An interest or training."""

    kind = serializers.CharField(help_text="`interest` or `training`.")
    happened_on = serializers.DateField()
    words = serializers.CharField()


class MembershipOut(Output):
    """Somebody's place on a panel."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    panel = Named()
    person = Named()
    seat = Named(allow_null=True, help_text="Null for readers who may not read what people declared.")
    role = serializers.CharField(help_text="`chair`, `deputy`, `member` or `substitute`.")
    substitutes = serializers.UUIDField(allow_null=True, help_text="The membership they stand in for; null where the "
                                                                   "reader may not know it.")  # fmt: skip
    lived_experience = serializers.BooleanField()
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    left_because = serializers.CharField()
    left_words = serializers.CharField(help_text="Empty for champions.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class MembershipWhole(MembershipOut):
    """With interests and training."""

    notes = NoteOut(many=True)


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}52", "version": 1, "panel": {"id": f"{examples.ID}50", "name": "Adult care citizen panel"},
    "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"},
    "seat": {"id": f"{examples.ID}51", "name": "Kashmiri seat"}, "role": "member", "substitutes": None,
    "lived_experience": True, "first_day": "2026-11-24", "last_day": "2028-11-23", "left_because": "",
    "left_words": "", "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE: dict[str, Any] = {**EXAMPLE, "notes": []}


def as_row(row: Any, near: bool) -> Row:
    """A membership as it goes out; `near`: the reader may be told the seat and why somebody left in their words."""
    return {
        "id": row.pk,
        "version": row.version,
        "panel": named(row.panel),
        "person": named(row.person),
        "seat": named(row.seat) if near else None,
        **{name: getattr(row, name) for name in OWN},
        "substitutes": row.knows_whom,
        "left_because": row.left_because,
        "left_words": row.left_words if near else "",
        "created_at": row.created_at,
        "modified_at": row.modified_at,
    }


def note_reading(reader: Any, rows: Sequence[Any]) -> None:
    """Leave the trail: of restricted people, and of those whose seat tells what they declared."""
    restricted = {row.person_id: row.person for row in rows if row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))
    told = told_by_seats(rows) if may_see_seats(reader) else []
    if told:
        read_declared_communities(actor=reader, people=told)


def _note_asking(reader: Any, person: Person, details: MembershipDetails) -> None:
    """Whoever tries a reserved seat asks what the person declared, also when it is refused."""
    seat = needed_seat(details)
    if seat is not None and seat.reserved_for_id:
        read_declared_communities(actor=reader, people=[person])


class Memberships(Collection):
    """Who sits where, newest first."""

    model = Membership
    item_name = "membership"
    filter_class = MembershipFilter
    changes_with = ("person",)
    permissions_by_method = {"GET": permissions.read_memberships, "POST": permissions.add_membership}
    operations = {
        "GET": Operation("List who sits on panels", "People the reader may see, newest first. Reading who sits in a "
                         "reserved seat is audited.", gives=MembershipOut, example=EXAMPLE),
        "POST": Operation(
            "Put somebody on a panel", "From today as a member, unless told otherwise.", takes=MembershipInput,
            status=201, example={"panel": f"{examples.ID}50", "person": f"{examples.ID}10", "seat": f"{examples.ID}51"},
        ),
    }  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        """Those the reader may see, with names."""
        return shown_to(self.reader)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail."""
        note_reading(self.reader, rows)
        near = may_see_seats(self.reader)
        return [as_row(row, near) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Put them there."""
        panel, person = values.pop("panel"), values.pop("person")
        details = MembershipDetails(**values)
        _note_asking(self.reader, person, details)
        return actions.add_membership(actor=self.reader, panel=panel, person=person, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class MembershipItem(Item):
    """One person's place on one panel."""

    model = Membership
    item_name = "membership"
    permissions_by_method = {"GET": permissions.read_memberships, "PATCH": permissions.change_membership}
    operations = {
        "GET": Operation("Read somebody's place on a panel", "With interests declared and training, for officers, "
                         "leads and managers.", gives=MembershipWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Change somebody's place on a panel", "Send what is different.",
                           takes=MembershipChangeInput, example={"role": "chair"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and notes."""
        return shown_to(self.reader).prefetch_related("notes")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with notes."""
        note_reading(self.reader, [row])
        near = may_see_seats(self.reader)
        names = ("kind", "happened_on", "words")
        notes = [{name: getattr(note, name) for name in names} for note in row.notes.all()] if near else []
        return {**as_row(row, near), "notes": notes}

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "seat", "substitutes")}
        details = MembershipDetails(**{**known, **values})
        _note_asking(self.reader, record.person, details)
        return actions.change_membership(
            actor=self.reader, membership=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class Leave(Verb):
    """They leave."""

    model = Membership
    item_name = "membership"
    permissions_by_method = {"POST": permissions.leave_panel}
    operations = {
        "POST": Operation("Record that somebody left", "With the reason they gave, in their words.", takes=LeaveInput,
                          example={"because": "not_heard", "words": "You had decided before we came"})
    }  # fmt: skip

    def act(self, record: Membership, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        details = LeaveDetails(**{"because": "", **values})
        return actions.leave_panel(
            actor=self.reader, membership=record, details=details, expected_version=expected_version
        )


class Note(Verb):
    """An interest or training."""

    model = Membership
    item_name = "membership"
    permissions_by_method = {"POST": permissions.note_about_member}
    operations = {
        "POST": Operation("Note an interest or training of a member", "It is added to those noted before.",
                          takes=NoteInput, example={"kind": "interest", "words": "Her son works for the agency"})
    }  # fmt: skip

    def act(self, record: Membership, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        details = NoteDetails(**{"kind": "", "words": "", **values})
        return actions.note_about_member(
            actor=self.reader, membership=record, details=details, expected_version=expected_version
        )
