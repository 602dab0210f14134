"""Themes: `/api/v1/themes/`, what is done with them, who raised them, and points that may belong there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.models import Record
from engagement.coproduction.themes import actions, permissions
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.filters import ThemeFilter
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.hidden import counts_exactly
from engagement.coproduction.themes.reports.words import with_counts
from engagement.log.models import Point

OWN = ("name", "about", "owner", "locality")


class ThemeChangeInput(Input):
    """What a theme says from now on. Send what is different."""

    name = text(150, help_text="In the words people use. Not a name of a person.")
    about = text(5000, help_text="In plain words. No names.")
    owner = Link(User, allow_null=True, help_text="Who looks after it.")
    locality = Link(Area, allow_null=True, help_text="A locality; null for the whole council.")


class ThemeInput(ThemeChangeInput):
    """A theme, perhaps with its first points. A name must be given."""

    always = ("name",)
    parent = Link(Theme, allow_null=True, help_text="The wider theme it lies in.")  # type: ignore[assignment]  # a field of ours by that name
    points = Links(Point, help_text="Its first points.")


class ThemeOut(Output):
    """A theme."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    about = serializers.CharField()
    state = serializers.CharField(help_text="`open`, `merged` or `closed`.")
    owner = Named()
    locality = Named(allow_null=True, help_text="Null: the whole council.")
    parent = Named(allow_null=True, help_text="The wider theme it lies in today.")
    merged_into = Named(allow_null=True)
    split_from = Named(allow_null=True)
    points = serializers.IntegerField(
        allow_null=True,
        help_text="Its own points of today; restricted contacts are not counted. Null for whoever meets nobody.",
    )
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    closed_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


THEME = {"id": f"{examples.ID}70", "name": "Carers do not know what they can get"}
EXAMPLE: dict[str, Any] = {
    **THEME, "version": 1, "about": "Nobody tells carers about help for themselves.", "state": "open",
    "owner": examples.OFFICER, "locality": None, "parent": None, "merged_into": None, "split_from": None, "points": 12,
    "opened_on": "2026-11-24", "closed_on": None, "closed_reason": "", "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
NAMED = ("owner", "locality", "parent", "merged_into", "split_from")


def as_row(theme: Any, *, exact: bool) -> Row:
    """A theme as it goes out."""
    plain = ("name", "about", "state", "opened_on", "closed_on", "closed_reason", "created_at", "modified_at")
    return {
        "id": theme.pk,
        "version": theme.version,
        "points": theme.points if exact else None,
        **{name: getattr(theme, name) for name in plain},
        **{name: named(getattr(theme, name)) for name in NAMED},
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names and how many points."""
    return with_counts(rows.select_related(*NAMED))


class Themes(Collection):
    """Themes, newest first."""

    model = Theme
    item_name = "theme"
    filter_class = ThemeFilter
    permissions_by_method = {"GET": permissions.read_themes, "POST": permissions.add_theme}
    operations = {
        "GET": Operation("List themes", "Merged and closed ones too; `state=open` leaves them out.", gives=ThemeOut,
                         example=EXAMPLE),
        "POST": Operation("Name a theme", "Perhaps with its first points.", takes=ThemeInput, status=201,
                          example={"name": THEME["name"], "points": [f"{examples.ID}05"]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        exact = counts_exactly(self.reader)
        return [as_row(row, exact=exact) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Name it."""
        points = values.pop("points", [])
        return actions.add_theme(actor=self.reader, details=ThemeDetails(**{"name": "", **values}), points=points)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class ThemeItem(Item):
    """One theme."""

    model = Theme
    item_name = "theme"
    permissions_by_method = {"GET": permissions.read_themes, "PATCH": permissions.change_theme}
    operations = {
        "GET": Operation("Read a theme", gives=ThemeOut, example=EXAMPLE),
        "PATCH": Operation("Change a theme", "All but what it lies in: that changes by `nest`.",
                           takes=ThemeChangeInput, example={"name": "Carers are not told what they can get"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row, exact=counts_exactly(self.reader))

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        details = ThemeDetails(**{**{name: getattr(record, name) for name in OWN}, **values})
        return actions.change_theme(actor=self.reader, theme=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)
