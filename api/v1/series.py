"""Series of forums: `/api/v1/series/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, number
from api.v1 import examples
from api.v1.forum_shapes import ForumShape, told
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from engagement.forums.actions import series as actions
from engagement.forums.actions.forums import bring_back_date
from engagement.forums.details import ForumDetails, RhythmDetails, details_of, on_its_day, rhythm_of
from engagement.forums.filters import SeriesFilter
from engagement.forums.models import Series
from engagement.forums.permissions import forums as permissions
from engagement.forums.reports.template import like_the_others
from engagement.forums.vocabulary import By, HowOften

RHYTHM = ("how_often", "by", "dates")
OWN = ("name", "about", *RHYTHM, "first_on", "starts", "ends", "uid", "sequence", "ended_on", "rrule", "in_words")


class SeriesShape(ForumShape):
    """A series: what each of its forums is, with `on` as the day of the first, and how often."""

    always = ("ends", "how_often", "on", "starts", "title")
    how_often = choice(HowOften)
    by = choice(By, help_text="What stays the same from month to month.")
    dates = number(allow_null=True, help_text="How many dates; null for on and on, 12 months ahead.")


class SeriesOut(Output):
    """A series."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    about = serializers.CharField()
    how_often = serializers.CharField()
    by = serializers.CharField()
    in_words = serializers.CharField(help_text="The rhythm as people say it.")
    rrule = serializers.CharField(help_text="The rhythm as calendars say it (RFC 5545).")
    first_on = serializers.DateField()
    dates = serializers.IntegerField(allow_null=True)
    starts = serializers.CharField(help_text="By the clock on the wall, like 13:30:00.")
    ends = serializers.CharField(help_text="By the clock on the wall, like 15:30:00.")
    locality = Named(allow_null=True)
    owner = Named()
    organisers = Named(many=True)
    skipped = serializers.ListField(child=serializers.DateField(), help_text="Days left out.")
    uid = serializers.CharField()
    sequence = serializers.IntegerField()
    ended_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


SERIES: dict[str, Any] = {
    "id": f"{examples.ID}62", "version": 1, "name": "Care at home", "about": "", "how_often": "two_monthly",
    "by": "weekday", "in_words": "Every 2 months, on the second Tuesday", "rrule": "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
    "first_on": "2027-01-12", "dates": None, "starts": "13:30:00", "ends": "15:30:00", "locality": None,
    "owner": examples.OFFICER, "organisers": [], "skipped": ["2027-03-09"],
    "uid": "0c2e8f4e-9a0b-4d57-9d1c-3f1a5b7e6c11", "sequence": 0, "ended_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names and the days left out."""
    return rows.select_related("locality", "owner").prefetch_related("organisers", "skipped")


def as_row(series: Series) -> Row:
    """A series as it goes out."""
    return {
        "id": series.pk,
        "version": series.version,
        **{name: getattr(series, name) for name in OWN},
        "locality": named(series.locality),
        "owner": named(series.owner),
        "organisers": [named(user) for user in series.organisers.all()],
        "skipped": [row.original_on for row in series.skipped.all()],
        "created_at": series.created_at,
        "modified_at": series.modified_at,
    }


def _parted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {k: v for k, v in values.items() if k not in RHYTHM}, {k: v for k, v in values.items() if k in RHYTHM}


class SeriesList(Collection):
    """Series, those planned last first."""

    model = Series
    item_name = "one-series"
    filter_class = SeriesFilter
    permissions_by_method = {"GET": permissions.read_series, "POST": permissions.plan_series}
    operations = {
        "GET": Operation("List series", "Their forums are at `/forums/?series=…`.", gives=SeriesOut, example=SERIES),
        "POST": Operation(
            "Plan a series", "One draft forum is made for each date of the next 12 months.", takes=SeriesShape,
            status=201,
            example={"title": "Care at home", "on": "2027-01-12", "starts": "13:30", "ends": "15:30",
                     "how_often": "two_monthly"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Plan it."""
        own, rhythm = _parted(values)
        details = told(ForumDetails(), own)
        return actions.plan_series(
            actor=self.reader, details=details, rhythm=RhythmDetails(**{"how_often": "", **rhythm})
        )

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Plan."""
        return self.add()


class SeriesItem(Item):
    """One series."""

    model = Series
    item_name = "one-series"
    permissions_by_method = {"GET": permissions.read_series, "PATCH": permissions.change_series}
    operations = {
        "GET": Operation("Read a series", gives=SeriesOut, example=SERIES),
        "PATCH": Operation(
            "Change a series", "Changes every date ahead; one changed alone only where it did not differ.",
            takes=SeriesShape,
            example={"starts": "14:00", "ends": "16:00"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        own, rhythm = _parted(values)
        like = like_the_others(record)
        before = details_of(like) if like is not None else of_series(record)
        details = told(on_its_day(before, record.first_on), own)
        known = rhythm_of(record)
        new = RhythmDetails(**{**{name: getattr(known, name) for name in RHYTHM}, **rhythm})
        return actions.change_series(
            actor=self.reader, series=record, details=details, rhythm=new, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


def of_series(series: Series) -> ForumDetails:
    """What the series itself says, where it has no date left."""
    return ForumDetails(
        title=series.name, about=series.about, on=series.first_on, starts=series.starts, ends=series.ends,
        locality=series.locality, owner=series.owner, organisers=list(series.organisers.all()),
    )  # fmt: skip


class BackInput(Input):
    """Which date."""

    on = serializers.DateField(help_text="The day the rule gave it.")


class BringBackDate(Verb):
    """A date that was left out comes back."""

    model = Series
    item_name = "one-series"
    permissions_by_method = {"POST": permissions.bring_back_date}
    operations = {
        "POST": Operation("Put a skipped date back", "Like the other dates, and open where they are.", takes=BackInput,
                          example={"on": "2027-03-09"})
    }  # fmt: skip

    def act(self, record: Series, values: dict[str, Any], expected_version: int | None) -> Record:
        """Put it back."""
        return bring_back_date(actor=self.reader, series=record, on=values["on"], expected_version=expected_version)


class EndSeries(Verb):
    """No new dates."""

    model = Series
    item_name = "one-series"
    permissions_by_method = {"POST": permissions.end_series}
    operations = {"POST": Operation("End a series", "Dates nobody was told of are taken away; the others stand.")}

    def act(self, record: Series, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_series(actor=self.reader, series=record, expected_version=expected_version)
