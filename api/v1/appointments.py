"""EDI champions: `/api/v1/champions/` (who stands today) and `/api/v1/appointments/` (their terms)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, number, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.models import Record
from crm.champions import actions, permissions
from crm.champions.details import AppointmentDetails, LearningDetails
from crm.champions.filters import AppointmentFilter, ChampionFilter
from crm.champions.models import Appointment, Learning
from crm.communities.models import Community
from crm.people.models import Person

OWN = ("name", "kind", "first_day", "last_day", "hours_a_month", "may_decide")


class AppointmentChange(Input):
    """What can be said about a term. `user` and `invite_email` only while there is no account."""

    name = text(150, help_text="The name they use.")
    kind = choice(Appointment.Kind)
    first_day = serializers.DateField(required=False)
    last_day = serializers.DateField(required=False, allow_null=True, help_text="An account needs one.")
    communities = Links(Community, help_text="For whom they stand; empty means for everybody.")
    hours_a_month = number(allow_null=True)
    may_decide = text(5000)
    person = Link(Person, allow_null=True, help_text="Their record as a citizen.")
    user = Link(User, allow_null=True, help_text="Their account. The role in it lasts as long as the term.")
    invite_email = text(254, help_text="Invite them to an account that lasts as long as the term.")


class AppointmentInput(AppointmentChange):
    """A new appointment. The locality cannot be changed later."""

    always = ("first_day", "locality")
    locality = Link(Area, help_text="The locality.")


class EndAppointmentInput(Input):
    """When and why a term ends, and who takes over what is open."""

    always = ("reason",)
    reason = text(200)
    last_day = serializers.DateField(required=False, help_text="Today or earlier; today unless given.")
    hand_over_to = Link(User, allow_null=True, help_text="A colleague who works in the locality.")


class HandOverInput(Input):
    """Who takes over."""

    hand_over_to = Link(User, allow_null=True, help_text="A colleague who works in the locality.")


class LearningInput(Input):
    """Induction, training or mentoring."""

    kind = choice(Learning.Kind)
    words = text(200, help_text="About what.")
    happened_on = serializers.DateField(required=False, help_text="Today unless given.")
    hours = serializers.DecimalField(5, 1, required=False, allow_null=True, min_value=0)
    other = text(150, help_text="With whom, by role.")


class ChampionOut(Output):
    """A champion who stands today."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    locality = Named()
    communities = Named(many=True, help_text="Empty: for everybody.")
    last_day = serializers.DateField(allow_null=True)
    ends_soon = serializers.BooleanField(help_text="Within 90 days.")
    user = Named(allow_null=True, help_text="Their account.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class LearningOut(Output):
    """Induction, training or mentoring."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    happened_on = serializers.DateField()
    words = serializers.CharField()
    hours = serializers.DecimalField(5, 1, allow_null=True)
    other = serializers.CharField()


class AppointmentOut(ChampionOut):
    """A term, with what they may decide and learnt."""

    first_day = serializers.DateField()
    hours_a_month = serializers.IntegerField(allow_null=True)
    may_decide = serializers.CharField()
    ended_reason = serializers.CharField()
    handed_over_to = Named(allow_null=True)
    handed_over_on = serializers.DateField(allow_null=True)
    learning = LearningOut(many=True)


CHAMPION: dict[str, Any] = {
    "id": f"{examples.ID}61", "version": 1, "name": "Shazia Mahmood", "kind": "citizen",
    "locality": {"id": f"{examples.ID}41", "name": "East"}, "communities": [examples.COMMUNITY],
    "last_day": "2027-05-31", "ends_soon": False, "user": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
LEARNT = {"kind": "induction", "happened_on": "2026-11-24", "words": "What a champion does", "hours": "2.0",
          "other": "the EDI lead"}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    **CHAMPION, "first_day": "2026-06-01", "hours_a_month": 6, "may_decide": "The date and place of forums.",
    "ended_reason": "", "handed_over_to": None, "handed_over_on": None,
    "learning": [{"id": f"{examples.ID}62", **LEARNT}],
}  # fmt: skip


def as_champion(one: Appointment) -> Row:
    """A champion as it goes out."""
    return {
        "id": one.pk,
        "version": one.version,
        "name": one.name,
        "kind": one.kind,
        "locality": named(one.locality),
        "communities": [named(community) for community in one.communities.all()],
        "last_day": one.last_day,
        "ends_soon": one.is_ending,
        "user": named(one.user),
        "created_at": one.created_at,
        "modified_at": one.modified_at,
    }


def as_row(one: Appointment) -> Row:
    """A term as it goes out."""
    return {
        **as_champion(one),
        "first_day": one.first_day,
        "hours_a_month": one.hours_a_month,
        "may_decide": one.may_decide,
        "ended_reason": one.ended_reason,
        "handed_over_to": named(one.handed_over_to),
        "handed_over_on": one.handed_over_on,
        "learning": [_learnt(line) for line in one.learning.all()],
    }


def _learnt(line: Learning) -> Row:
    own = {name: getattr(line, name) for name in ("kind", "happened_on", "words", "other")}
    return {"id": line.pk, **own, "hours": None if line.hours is None else str(line.hours)}


def _with_learning(rows: QuerySet[Any]) -> QuerySet[Any]:
    related = rows.select_related("user", "locality", "handed_over_to")
    return related.prefetch_related("communities", "learning")


class Champions(Collection):
    """Who stands today, those appointed last first."""

    model = Appointment
    item_name = "appointment"
    filter_class = ChampionFilter
    permissions_by_method = {"GET": permissions.read_champions}
    operations = {
        "GET": Operation("List the champions who stand today", "Names, places and communities.",
                         gives=ChampionOut, example=CHAMPION),
    }  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        """Those that stand today and this reader may see."""
        return Appointment.objects.visible_to(self.reader).standing(timezone.localdate())

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return rows.select_related("user", "locality").prefetch_related("communities")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_champion(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class Appointments(Collection):
    """Terms of champions, those appointed last first."""

    model = Appointment
    item_name = "appointment"
    filter_class = AppointmentFilter
    permissions_by_method = {"GET": permissions.read_champions, "POST": permissions.appoint_champion}
    operations = {
        "GET": Operation("List the terms of champions", "Those that ended or begin later too.",
                         gives=AppointmentOut, example=EXAMPLE),
        "POST": Operation("Appoint a champion", "With an account that lasts as long as the term, if one is named or "
                          "invited.", takes=AppointmentInput, status=201,
                          example={"name": "Shazia Mahmood", "locality": f"{examples.ID}41",
                                   "first_day": "2026-06-01", "last_day": "2027-05-31"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return _with_learning(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Appoint."""
        return actions.appoint_champion(actor=self.reader, details=AppointmentDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Appoint."""
        return self.add()


class AppointmentItem(Item):
    """One term."""

    model = Appointment
    item_name = "appointment"
    permissions_by_method = {"GET": permissions.read_champions, "PATCH": permissions.change_appointment}
    operations = {
        "GET": Operation("Read the term of a champion", gives=AppointmentOut, example=EXAMPLE),
        "PATCH": Operation("Change the term of a champion", "Send what is different. The role in Heard moves with it.",
                           takes=AppointmentChange, example={"last_day": "2027-11-30"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return _with_learning(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "person")}
        details = AppointmentDetails(**{**known, "communities": list(record.communities.all()), **values})
        return actions.change_appointment(
            actor=self.reader, appointment=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class EndAppointment(Verb):
    """The end of a term."""

    model = Appointment
    item_name = "appointment"
    permissions_by_method = {"POST": permissions.end_appointment}
    operations = {
        "POST": Operation("End the term of a champion", "The role in Heard ends with it. What they have open passes to "
                          "a named colleague; without one it is refused.", takes=EndAppointmentInput,
                          example={"reason": "She moved away"}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        sent = {"reason": "", "last_day": timezone.localdate(), **values}
        return actions.end_appointment(actor=self.reader, appointment=record, expected_version=expected_version, **sent)


class HandOver(Verb):
    """What they have open."""

    model = Appointment
    item_name = "appointment"
    permissions_by_method = {"POST": permissions.hand_over}
    operations = {
        "POST": Operation("Hand over what a champion has open", "Open promises pass to a colleague who works there.",
                          takes=HandOverInput, example={"hand_over_to": examples.OFFICER["id"]}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Hand over."""
        return actions.hand_over(
            actor=self.reader,
            appointment=record,
            hand_over_to=values.get("hand_over_to"),
            expected_version=expected_version,
        )


class AddLearning(Verb):
    """What they learnt."""

    model = Appointment
    item_name = "appointment"
    needs_version = False
    permissions_by_method = {"POST": permissions.add_learning}
    operations = {
        "POST": Operation("Write down what a champion learnt", "Induction, training, mentoring received or given.",
                          takes=LearningInput, example=LEARNT),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Add it."""
        return actions.add_learning(
            actor=self.reader, appointment=record, details=LearningDetails(**values)
        ).appointment
