"""Who takes part in projects: `/api/v1/project-people/`; and rounds of asking how it felt: `/api/v1/felt-rounds/`."""

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
from api.v1.project_verbs import LinksOut
from api.v1.projects import PROJECT
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.base.views import one_of
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from engagement.coproduction.projects.actions import felt as asking
from engagement.coproduction.projects.actions import people as actions
from engagement.coproduction.projects.details import LeavingDetails, PartDetails
from engagement.coproduction.projects.filters import FeltRoundFilter, ProjectPersonFilter
from engagement.coproduction.projects.models import FeltRound, Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.permissions.projects import read_projects


class PartInput(Input):
    """A person takes part in a project."""

    project = Link(Project, required=True)
    person = Link(Person, required=True)
    part = choice(ProjectPerson.Part, help_text="As what.")
    first_day = serializers.DateField(required=False, help_text="Today, unless told.")


class LeaveProjectInput(Input):
    """Why they leave."""

    always = ("because",)
    because = choice(ProjectPerson.Left)
    words = text(300, help_text="In their words.")
    last_day = serializers.DateField(required=False, help_text="Today, unless told.")


class ProjectPersonOut(Output):
    """A person takes part in a project."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    project = Named()
    person = Named()
    part = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    left_because = serializers.CharField()
    left_words = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class RoundOut(Output):
    """A round of asking how it felt. What people said: `/projects/<id>/felt/`."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    project = Named()
    opened_on = serializers.DateField()
    closes_on = serializers.DateField()
    links_made = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}82", "version": 1, "project": PROJECT,
    "person": {"id": f"{examples.ID}83", "name": "Parveen Begum"}, "part": "carer", "first_day": "2026-09-01",
    "last_day": None, "left_because": "", "left_words": "", "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
ROUND: dict[str, Any] = {
    "id": f"{examples.ID}84", "version": 1, "project": PROJECT, "opened_on": "2026-10-01", "closes_on": "2026-10-31",
    "links_made": 20, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(place: Any) -> Row:
    """A place as it goes out."""
    names = ("part", "first_day", "last_day", "left_because", "left_words", "created_at", "modified_at")
    return {
        "id": place.pk,
        "version": place.version,
        "project": named(place.project),
        "person": named(place.person),
        **{name: getattr(place, name) for name in names},
    }


class ProjectPeople(Collection):
    """Who takes part where, newest first."""

    model = ProjectPerson
    item_name = "project-person"
    filter_class = ProjectPersonFilter
    changes_with = ("person",)
    permissions_by_method = {"GET": permissions.read_project_people, "POST": permissions.take_part}
    operations = {
        "GET": Operation("List who takes part in projects", "People you may see.", gives=ProjectPersonOut,
                         example=EXAMPLE),
        "POST": Operation("Let somebody take part in a project", takes=PartInput, status=201,
                          example={"project": PROJECT["id"], "person": f"{examples.ID}83", "part": "carer"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("project", "person")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the mark that reading restricted people leaves."""
        restricted = {row.person_id: row.person for row in rows if row.person.restricted}
        if restricted:
            read_restricted_people(actor=self.reader, people=list(restricted.values()))
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Let them."""
        project, person = values.pop("project"), values.pop("person")
        return actions.take_part(actor=self.reader, project=project, person=person, details=PartDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class ProjectPersonItem(Item):
    """One place."""

    model = ProjectPerson
    item_name = "project-person"
    permissions_by_method = {"GET": permissions.read_project_people}
    operations = {"GET": Operation("Read somebody’s place in a project", gives=ProjectPersonOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return rows.select_related("project", "person")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        if row.person.restricted:
            read_restricted_people(actor=self.reader, people=[row.person])
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class LeaveProject(Verb):
    """They leave."""

    model = ProjectPerson
    item_name = "project-person"
    permissions_by_method = {"POST": permissions.leave_project}
    operations = {
        "POST": Operation("Record that somebody left a project", "With the reason they gave.",
                          takes=LeaveProjectInput, example={"because": "not_heard", "words": "Nobody wrote it down."})
    }  # fmt: skip

    def act(self, record: ProjectPerson, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        details = LeavingDetails(**{"because": "", **values})
        return actions.leave_project(
            actor=self.reader, place=record, details=details, expected_version=expected_version
        )


class FeltRounds(Collection):
    """Rounds of asking, newest first."""

    model = FeltRound
    item_name = "project"
    filter_class = FeltRoundFilter
    permissions_by_method = {"GET": read_projects}
    operations = {
        "GET": Operation("List rounds of asking how it felt", gives=RoundOut, example=ROUND),
    }

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the project's name."""
        return rows.select_related("project")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        names = ("opened_on", "closes_on", "links_made", "created_at", "modified_at")
        return [
            {"id": row.pk, "version": row.version, "project": named(row.project),
             **{name: getattr(row, name) for name in names}}
            for row in rows
        ]  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class FeltLinks(Item):
    """The links of a round."""

    model = FeltRound
    item_name = "project"
    permissions_by_method = {"GET": permissions.take_felt_links}
    operations = {
        "GET": Operation("Take the one-time links of a round", "Those nobody has used yet, to hand out so that nobody "
                         "knows who got which. Who took them is kept.", gives=LinksOut,
                         example={"results": ["mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dz"]}),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Take them."""
        asked = one_of(self.rows(), pk=pk)
        return self.sent({"results": asking.take_felt_links(actor=self.reader, round=asked)})
