"""Co-production projects: `/api/v1/projects/`, and the ladder of co-production."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, text
from api.pagination import Order
from api.v1 import examples
from api.v1.themes import THEME
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.models import Record
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from engagement.coproduction.projects.actions import projects as actions
from engagement.coproduction.projects.details import LevelDetails, ProjectDetails
from engagement.coproduction.projects.filters import ProjectFilter
from engagement.coproduction.projects.models import Project, Rung
from engagement.coproduction.projects.permissions import projects as permissions
from engagement.coproduction.themes.models import Theme
from engagement.forums.models import Forum

OWN = ("name", "question", "can_change", "cannot_change", "budget_open", "opened_on", "ends_by")
NAMED = ("owner", "locality")
LINKS = ("themes", "communities", "organisations", "panels", "forums")


class ProjectChangeInput(Input):
    """What a project says from now on. Send what is different."""

    name = text(150, help_text="A short name.")
    question = text(1000, help_text="What shall be found out together.")
    can_change = text(5000, help_text="What people may shape or decide.")
    cannot_change = text(5000, help_text="And why not.")
    budget_open = serializers.DecimalField(
        12, 2, required=False, allow_null=True, help_text="Pounds people may decide about."
    )
    owner = Link(User, allow_null=True, help_text="Who answers for it.")
    locality = Link(Area, allow_null=True, help_text="A locality; null for the whole council.")
    opened_on = serializers.DateField(required=False, help_text="Began on. Today, unless told.")
    ends_by = serializers.DateField(required=False, allow_null=True, help_text="Meant to end by.")
    themes = Links(Theme, help_text="What people told us before.")
    communities = Links(Community, help_text="Whom it concerns most.")
    organisations = Links(Organisation, help_text="Groups that take part.")
    panels = Links(Panel)
    forums = Links(Forum)


class ProjectInput(ProjectChangeInput):
    """A project, with the level declared beforehand. Name, question, both kinds of change and level must be given."""

    always = ("can_change", "cannot_change", "level", "name", "question")
    level = Link(Rung, allow_null=True, help_text="How much people may decide: a rung of the ladder.")


class RungOut(Output):
    """A rung of the ladder."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    key = serializers.CharField()
    name = serializers.CharField()
    position = serializers.IntegerField(help_text="1 is the lowest.")
    promise = serializers.CharField(help_text="What we promise whoever takes part.")
    felt_words = serializers.CharField(help_text="The same as people feel it.")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours by that name
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class LevelOut(Output):
    """A level that was declared."""

    rung = Named()
    declared_on = serializers.DateField()
    reason = serializers.CharField()
    declared_by = Named()


class StageOut(Output):
    """A stage it came to."""

    stage = serializers.CharField()
    since = serializers.DateField()
    words = serializers.CharField()


class ProjectOut(Output):
    """A project."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    question = serializers.CharField()
    can_change = serializers.CharField()
    cannot_change = serializers.CharField()
    budget_open = serializers.CharField(allow_null=True, help_text="Pounds, like `2500.00`.")
    opened_on = serializers.DateField()
    ends_by = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    closed_words = serializers.CharField(help_text="How it ended.")
    stage = serializers.CharField(help_text="`commission`, `design`, `deliver` or `evaluate`.")
    level = Named(help_text="Declared beforehand.")
    level_declared_on = serializers.DateField()
    owner = Named()
    locality = Named(allow_null=True)
    themes = Named(many=True)
    communities = Named(many=True)
    organisations = Named(many=True)
    panels = Named(many=True)
    forums = serializers.ListField(child=serializers.UUIDField(), help_text="Read each under `/forums/`.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class ProjectWhole(ProjectOut):
    """A project with its history."""

    levels = LevelOut(many=True)
    stages = StageOut(many=True)


LEVEL = {"id": f"{examples.ID}80", "name": "Co-design"}
PROJECT = {"id": f"{examples.ID}81", "name": "Breaks for carers"}
EXAMPLE: dict[str, Any] = {
    **PROJECT, "version": 1, "question": "What kind of break would help you to go on caring?",
    "can_change": "What kinds of break there are, and how you ask for one.",
    "cannot_change": "The law says who can get a break (Care Act 2014).", "budget_open": "25000.00",
    "opened_on": "2026-09-01", "ends_by": "2027-03-31", "closed_on": None, "closed_words": "", "stage": "design",
    "level": LEVEL, "level_declared_on": "2026-09-01", "owner": examples.OFFICER, "locality": None, "themes": [THEME],
    "communities": [examples.COMMUNITY], "organisations": [examples.GROUP], "panels": [], "forums": [],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE: dict[str, Any] = {
    **EXAMPLE,
    "levels": [{"rung": LEVEL, "declared_on": "2026-09-01", "reason": "", "declared_by": examples.OFFICER}],
    "stages": [{"stage": "commission", "since": "2026-09-01", "words": ""}],
}
RUNG: dict[str, Any] = {
    **LEVEL, "version": 1, "key": "co-design", "position": 6, "promise": "You shape it with us.",
    "felt_words": "I shaped it together with them.", "source": "Ladder of co-production",
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(project: Any) -> Row:
    """A project as it goes out."""
    plain = ("closed_on", "closed_words", "stage", "level_declared_on", "created_at", "modified_at")
    own = {name: getattr(project, name) for name in (*OWN, *plain)}
    return {
        "id": project.pk,
        "version": project.version,
        **own,
        "budget_open": None if project.budget_open is None else str(project.budget_open),
        **{name: named(getattr(project, name)) for name in (*NAMED, "level")},
        **{name: [named(one) for one in getattr(project, name).all()] for name in LINKS if name != "forums"},
        "forums": [forum.pk for forum in project.forums.all()],
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.select_related(*NAMED, "level").prefetch_related(*LINKS)


class Projects(Collection):
    """Projects, newest first."""

    model = Project
    item_name = "project"
    filter_class = ProjectFilter
    permissions_by_method = {"GET": permissions.read_projects, "POST": permissions.open_project}
    operations = {
        "GET": Operation("List co-production projects", "Closed ones too; `current=true` leaves them out.",
                         gives=ProjectOut, example=EXAMPLE),
        "POST": Operation("Open a co-production project", "With the level of participation declared before anybody "
                          "takes part.", takes=ProjectInput, status=201,
                          example={name: EXAMPLE[name] for name in ("name", "question", "can_change", "cannot_change")}
                          | {"level": LEVEL["id"]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Open it."""
        level = LevelDetails(values.pop("level", None))
        details = ProjectDetails(**{"name": "", **values})
        return actions.open_project(actor=self.reader, details=details, level=level)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Open."""
        return self.add()


class ProjectItem(Item):
    """One project."""

    model = Project
    item_name = "project"
    permissions_by_method = {"GET": permissions.read_projects, "PATCH": permissions.change_project}
    operations = {
        "GET": Operation("Read a co-production project", "With the levels declared and the stages it came to.",
                         gives=ProjectWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Change a co-production project", "All but its level and stage: those change by "
                           "`declare-level` and `move`.", takes=ProjectChangeInput, example={"ends_by": "2027-06-30"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and history."""
        return with_related(rows).prefetch_related("stages", "levels__rung", "levels__declared_by")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with its history."""
        levels = [
            {"rung": named(level.rung), "declared_on": level.declared_on, "reason": level.reason,
             "declared_by": named(level.declared_by)}
            for level in row.levels.all()
        ]  # fmt: skip
        stages = [{name: getattr(one, name) for name in ("stage", "since", "words")} for one in row.stages.all()]
        return {**as_row(row), "levels": levels, "stages": stages}

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, *NAMED)}
        linked = {name: list(getattr(record, name).all()) for name in LINKS if name not in values}
        details = ProjectDetails(**{**known, **linked, **values})
        return actions.change_project(
            actor=self.reader, project=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class Ladder(Collection):
    """The rungs of the ladder, from the lowest up."""

    model = Rung
    item_name = "project"
    orders = {"created_at": Order("created_at", None)}
    default_order = "created_at"
    permissions_by_method = {"GET": permissions.read_ladder}
    operations = {
        "GET": Operation("List the ladder of co-production", "What each rung promises whoever takes part.",
                         gives=RungOut, example=RUNG),
    }  # fmt: skip

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query."""
        names = ("key", "name", "position", "promise", "felt_words", "source", "created_at", "modified_at")
        return [{"id": row.pk, "version": row.version, **{name: getattr(row, name) for name in names}} for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()
