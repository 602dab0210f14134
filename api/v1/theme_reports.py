"""Who raised a theme, as known on a day; points that may belong there; and which point belongs to which theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.v1 import examples
from api.v1.themes import THEME
from api.views import Collection, Named, Operation, Output, Row, named
from crm.base.views import one_of
from crm.counting.figures import Figure, says_how_roughly, says_the_rule
from engagement.coproduction.themes import permissions
from engagement.coproduction.themes.filters import ThemePointFilter
from engagement.coproduction.themes.forms import KnownOnForm
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.coproduction.themes.reports.figures import Figures
from engagement.coproduction.themes.reports.hidden import HiddenFigures, figures_for
from engagement.coproduction.themes.reports.nearest import MEASURE, nearest_points
from engagement.log.marks import mark_restricted


class CountedOut(Output):
    """How many points."""

    id = serializers.UUIDField(allow_null=True, help_text="Null: not known.")
    name = serializers.CharField()
    points = serializers.IntegerField(allow_null=True, help_text="Null: hidden.")


class FiguresOut(Output):
    """Who raised a theme, with all that lay in it, as it was known on a day."""

    as_known_on = serializers.DateField()
    exact = serializers.BooleanField(
        help_text="True for whoever meets people. False: small numbers are null or left out, the others are rough, and "
        "`on` must be the last day of a month."
    )
    points = serializers.IntegerField(
        allow_null=True, help_text="Each once. Restricted and withdrawn contacts are not counted."
    )
    asking = serializers.IntegerField(allow_null=True, help_text="Those that ask for something: everything but praise.")
    kinds = serializers.DictField(child=serializers.IntegerField(), help_text="Kind → points; empty unless exact.")
    direct = serializers.IntegerField(allow_null=True, help_text="Nobody brought them to us.")
    through = CountedOut(many=True, help_text="The group that brought them.")
    communities = CountedOut(many=True, help_text="They overlap: do not add them up.")
    localities = CountedOut(many=True)
    since = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    people = serializers.IntegerField(allow_null=True, help_text="Different people, rounded. Told for today alone.")
    people_hidden = serializers.BooleanField(help_text="The number is small, or would give a small one away.")
    small_numbers = serializers.CharField(help_text="What was done to numbers of people.")


class NearOut(Output):
    """A point that may belong there."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    event = serializers.UUIDField()
    occurred_on = serializers.DateField()
    nearness = serializers.IntegerField(help_text="0 to 100.")


class NearestOut(Output):
    """The nearest points, and the measure."""

    measure = serializers.CharField()
    results = NearOut(many=True)


class ThemePointOut(Output):
    """A point belonged to a theme from a day until a day."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    theme = Named()
    point = serializers.UUIDField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="On this day it did not belong there any more.")
    came_from = serializers.UUIDField(allow_null=True, help_text="The theme it was in when that was merged or split.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


FIGURES: dict[str, Any] = {
    "as_known_on": "2026-11-24", "exact": True, "points": 12, "asking": 11,
    "kinds": {"concern": 8, "ask": 3, "praise": 1},
    "direct": 9, "through": [{**examples.GROUP, "points": 3}], "communities": [{**examples.COMMUNITY, "points": 7}],
    "localities": [{"id": f"{examples.ID}09", "name": "West", "points": 12}], "since": "2026-02-03",
    "latest": "2026-11-20", "people": None, "people_hidden": True,
    "small_numbers": "Numbers of people under 10 are hidden.",
}  # fmt: skip
NEAR = {"id": f"{examples.ID}05", "words": examples.TOLD, "event": f"{examples.ID}07", "occurred_on": "2026-11-24",
        "nearness": 41}  # fmt: skip
LINK: dict[str, Any] = {
    "id": f"{examples.ID}71", "version": 1, "theme": THEME, "point": f"{examples.ID}05", "since": "2026-11-24",
    "until": None, "came_from": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


class ThemeFigures(Report):
    """Who raised a theme."""

    model = Theme
    permissions_by_method = {"GET": permissions.read_themes}
    parameters = [
        Parameter(
            "on",
            "As known at the end of this day. Today, unless told; for whoever meets nobody, the end of last month.",
            "date",
        )
    ]
    operations = {
        "GET": Operation("Who raised a theme", "As it was known on any day: merging and splitting later changes none "
                         "of the days before.", gives=FiguresOut, example=FIGURES),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Count."""
        self.insist_on_known_parameters()
        theme = one_of(self.rows(), pk=pk)
        form = KnownOnForm(self.request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        return self.sent(figures_row(figures_for(theme, form.day, reader=self.reader)))


def figures_row(figures: Figures | HiddenFigures) -> Row:
    """The figures as they go out."""
    counted = {
        name: [{"id": one.pk, "name": one.name, "points": _number(one.points)} for one in getattr(figures, name)]
        for name in ("communities", "localities", "through")
    }
    numbers = {name: _number(getattr(figures, name)) for name in ("points", "asking", "direct")}
    known = figures if isinstance(figures, Figures) else None
    people = known.people if known else None
    return {
        "as_known_on": figures.as_known_on,
        "exact": known is not None,
        **numbers,
        **counted,
        "since": known.since if known else None,
        "latest": known.latest if known else None,
        "kinds": {key: number for key, _, number in known.kinds} if known else {},
        "people": people.value if people else None,
        "people_hidden": known is None or (people is not None and people.is_hidden),
        "small_numbers": says_the_rule() if known else says_how_roughly(),
    }


def _number(told: int | Figure) -> int | None:
    return told.value if isinstance(told, Figure) else told


class NearestPoints(Report):
    """Points that may belong to a theme."""

    model = Theme
    permissions_by_method = {"GET": permissions.gather_points}
    operations = {
        "GET": Operation("Points that may belong to a theme", "The ten nearest you may read. Nothing is linked: put "
                         "them there by `gather`.", gives=NearestOut, example={"measure": MEASURE, "results": [NEAR]}),
    }  # fmt: skip

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Offer."""
        self.insist_on_known_parameters()
        offered = nearest_points(one_of(self.rows(), pk=pk), reader=self.reader)
        mark_restricted(self.reader, [found.point for found in offered])
        rows = [
            {"id": found.point.pk, "words": found.point.words, "event": found.point.event_id,
             "occurred_on": found.point.event.occurred_on, "nearness": found.nearness}
            for found in offered
        ]  # fmt: skip
        return self.sent({"measure": MEASURE, "results": rows})


class ThemePoints(Collection):
    """Which point belongs to which theme, newest first."""

    model = ThemePoint
    item_name = "theme"
    filter_class = ThemePointFilter
    changes_with = ("point__event",)
    permissions_by_method = {"GET": permissions.read_themes}
    operations = {
        "GET": Operation("List which points belong to which themes", "Of points you may read; those that ended too.",
                         gives=ThemePointOut, example=LINK),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the theme's name."""
        return rows.select_related("theme")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [
            {"id": row.pk, "version": row.version, "theme": named(row.theme), "point": row.point_id,
             "since": row.since, "until": row.until, "came_from": row.came_from_id, "created_at": row.created_at,
             "modified_at": row.modified_at}
            for row in rows
        ]  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()
