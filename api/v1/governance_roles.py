"""Role models, experts by experience and leaders: `/api/v1/governance-roles/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.champions import actions, permissions
from crm.champions.details import GovernanceRoleDetails
from crm.champions.filters import GovernanceRoleFilter
from crm.champions.models import GovernanceRole
from crm.people.actions import read_restricted_people
from crm.people.models import Person

OWN = ("kind", "body", "first_day", "last_day")


class GovernanceRoleChange(Input):
    """What somebody is in a body that governs."""

    kind = choice(GovernanceRole.Kind)
    body = text(200, help_text="The board, group or piece of work.")
    first_day = serializers.DateField(required=False)
    last_day = serializers.DateField(required=False, allow_null=True)


class GovernanceRoleInput(GovernanceRoleChange):
    """A new role, of a person."""

    person = Link(Person, required=True)


class EndGovernanceRoleInput(Input):
    """Until when."""

    last_day = serializers.DateField(required=False, help_text="Today unless given.")


class InfluenceInput(Input):
    """What came out differently because they spoke."""

    always = ("words",)
    words = text(300)
    happened_on = serializers.DateField(required=False, help_text="Today unless given.")


class InfluenceOut(Output):
    """What came out differently because they spoke."""

    words = serializers.CharField()
    happened_on = serializers.DateField()


class GovernanceRoleOut(Output):
    """A role in governance."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = Named()
    kind = serializers.CharField()
    body = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    influences = InfluenceOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


INFLUENCE = {"words": "The letter about charges begins with the phone number.", "happened_on": "2026-11-24"}
SAID = {"kind": "expert", "body": "Safeguarding Adults Board", "first_day": "2026-01-01"}
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}63", "version": 1, "person": {"id": f"{examples.ID}64", "name": "Parveen Begum"}, **SAID,
    "last_day": None, "influences": [INFLUENCE], "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(role: GovernanceRole) -> Row:
    """A role as it goes out."""
    return {
        "id": role.pk,
        "version": role.version,
        "person": named(role.person),
        **{name: getattr(role, name) for name in OWN},
        "influences": [{"words": line.words, "happened_on": line.happened_on} for line in role.influences.all()],
        "created_at": role.created_at,
        "modified_at": role.modified_at,
    }


def _with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("person").prefetch_related("influences")


class GovernanceRoles(Collection):
    """Roles in governance, those added last first."""

    model = GovernanceRole
    item_name = "governance-role"
    filter_class = GovernanceRoleFilter
    changes_with = ("person",)
    permissions_by_method = {"GET": permissions.read_governance_roles, "POST": permissions.add_governance_role}
    operations = {
        "GET": Operation("List roles in governance", "With what each influenced.", gives=GovernanceRoleOut,
                         example=EXAMPLE),
        "POST": Operation("Add a role in governance", takes=GovernanceRoleInput, status=201,
                          example={"person": f"{examples.ID}64", **SAID}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return _with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """Whoever reads of restricted people leaves a mark."""
        restricted = {row.person_id: row.person for row in rows if row.person.restricted}
        if restricted:
            read_restricted_people(actor=self.reader, people=list(restricted.values()))
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        person = values.pop("person")
        details = GovernanceRoleDetails(**values)
        return actions.add_governance_role(actor=self.reader, person=person, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class GovernanceRoleItem(Item):
    """One role."""

    model = GovernanceRole
    item_name = "governance-role"
    permissions_by_method = {"GET": permissions.read_governance_roles, "PATCH": permissions.change_governance_role}
    operations = {
        "GET": Operation("Read a role in governance", gives=GovernanceRoleOut, example=EXAMPLE),
        "PATCH": Operation("Change a role in governance", "Send what is different.", takes=GovernanceRoleChange,
                           example={"body": "Safeguarding Adults Board"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return _with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """Whoever reads of a restricted person leaves a mark."""
        if row.person.restricted:
            read_restricted_people(actor=self.reader, people=[row.person])
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in OWN}
        details = GovernanceRoleDetails(**{**known, **values})
        return actions.change_governance_role(
            actor=self.reader, role=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class EndGovernanceRole(Verb):
    """The end of a role."""

    model = GovernanceRole
    item_name = "governance-role"
    permissions_by_method = {"POST": permissions.end_governance_role}
    operations = {
        "POST": Operation("End a role in governance", takes=EndGovernanceRoleInput, example={"last_day": "2026-11-24"}),
    }

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        last_day = values.get("last_day") or timezone.localdate()
        return actions.end_governance_role(
            actor=self.reader, role=record, last_day=last_day, expected_version=expected_version
        )


class NoteInfluence(Verb):
    """What they influenced."""

    model = GovernanceRole
    item_name = "governance-role"
    permissions_by_method = {"POST": permissions.note_influence}
    operations = {
        "POST": Operation("Write down what somebody in governance influenced", takes=InfluenceInput,
                          example=INFLUENCE),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        sent = {"words": "", "happened_on": None, **values}
        return actions.note_influence(actor=self.reader, role=record, expected_version=expected_version, **sent)
