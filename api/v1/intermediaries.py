"""Through whom people are reached: `/api/v1/intermediaries/?person=<id>`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, text
from api.v1 import examples
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, note_reading, start_of
from api.v1.groups import GroupOut, named_group
from api.views import Operation, Row, Verb
from crm.accounts.models import User
from crm.base.models import Record
from crm.organisations.models import Organisation
from crm.people import actions, permissions
from crm.people.details import IntermediaryDetails
from crm.people.models import Intermediary, Person

STAYS = "Null in both, where you may not see who it is, leaves them as they are."
OWN = ("agreed_by", "agreed_on", "gatekeeper_risk")


class IntermediaryChangeInput(Input):
    """Through whom a person is reached: a person or a group."""

    through_person = Link(Person, allow_null=True, help_text=STAYS)
    through_organisation = Link(Organisation, allow_null=True, help_text=STAYS)
    agreed_by = text(150, help_text="Whose agreement we have, like: she said so herself.")
    agreed_on = serializers.DateField(required=False, allow_null=True)
    gatekeeper_risk = text(1000, help_text="What could go wrong, like: he answers for her.")


class IntermediaryInput(IntermediaryChangeInput):
    """Through whom which person is reached."""

    person = Link(Person, required=True, help_text="Whom we reach.")


class IntermediaryOut(AboutPersonOut):
    """Somebody through whom a person is reached."""

    through_person = serializers.UUIDField(allow_null=True, help_text="Only when you may see their record.")
    through_organisation = GroupOut(allow_null=True)
    agreed_by = serializers.CharField()
    agreed_on = serializers.DateField()
    gatekeeper_risk = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)


EXAMPLE = {
    "id": f"{examples.ID}61", "version": 1, "person": f"{examples.ID}10", "through_person": None,
    "through_organisation": examples.GROUP, "agreed_by": "She said so herself", "agreed_on": "2026-11-24",
    "gatekeeper_risk": "The chair answers for her", "ended_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: Intermediary, groups: Collection[Any]) -> Row:
    """An intermediary as they go out; only the id of a group among those the reader may open."""
    return {
        **start_of(row),
        "through_person": row.through_person.pk if row.through_person else None,
        "through_organisation": named_group(row.through_organisation, groups),
        **{name: getattr(row, name) for name in OWN},
        "ended_on": row.ended_on,
    }


def groups_of(rows: Sequence[Intermediary], reader: User) -> set[Any]:
    """The groups of these rows that the reader may open."""
    return Organisation.objects.seen_among(reader, {row.through_organisation_id for row in rows} - {None})


def with_seen(rows: QuerySet[Any], reader: Any) -> QuerySet[Any]:
    """With the intermediary's own record where the reader may see it."""
    return rows.prefetch_related(Prefetch("through_person", Person.objects.visible_to(reader).order_by()))


class Intermediaries(AboutPeople):
    """Through whom people are reached."""

    model = Intermediary
    item_name = "intermediary"
    related = ("through_organisation",)
    permissions_by_method = {"GET": permissions.read_around_people, "POST": permissions.add_intermediary}
    operations = {
        "GET": Operation("List through whom people are reached", "Narrow it to one with `person`.",
                         gives=IntermediaryOut, example=EXAMPLE),
        "POST": Operation("Add through whom a person is reached", "Only with somebody's agreement.",
                          takes=IntermediaryInput, status=201,
                          example={"person": f"{examples.ID}10", "through_organisation": f"{examples.ID}01",
                                   "agreed_by": "She said so herself", "agreed_on": "2026-11-24"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With both records."""
        return with_seen(super().with_related(rows), self.reader)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """For champions one query more: which of the groups they may open."""
        note_reading(rows, self.reader)
        groups = groups_of(rows, self.reader)
        return [as_row(row, groups) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add them."""
        person = values.pop("person")
        details = IntermediaryDetails(**{"agreed_by": "", "agreed_on": None, **values})
        return actions.add_intermediary(actor=self.reader, person=person, details=details)


class IntermediaryItem(AboutPersonItem):
    """One of them."""

    model = Intermediary
    item_name = "intermediary"
    beside = True
    related = ("through_organisation",)
    permissions_by_method = {"GET": permissions.read_around_people, "PATCH": permissions.change_intermediary}
    operations = {
        "GET": Operation("Read through whom a person is reached", gives=IntermediaryOut, example=EXAMPLE),
        "PATCH": Operation("Change through whom a person is reached", "Send what is different.",
                           takes=IntermediaryChangeInput, example={"gatekeeper_risk": ""}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With both records."""
        return with_seen(super().with_related(rows), self.reader)

    def as_row(self, row: Any) -> Row:
        """The row."""
        return as_row(row, groups_of([row], self.reader))

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "through_person", "through_organisation")}
        details = IntermediaryDetails(**{**known, **values})
        return actions.change_intermediary(
            actor=self.reader, intermediary=record, details=details, expected_version=expected_version
        )

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class EndIntermediary(Verb):
    """The person is not reached through them any more."""

    model = Intermediary
    item_name = "intermediary"
    permissions_by_method = {"POST": permissions.end_intermediary}
    operations = {"POST": Operation("End through whom a person is reached", "It stays with its last day.", takes=Input)}

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_intermediary(actor=self.reader, intermediary=record, expected_version=expected_version)
