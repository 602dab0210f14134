"""Where champions stand and where nobody does: `/api/v1/reports/coverage/`, as flat rows for other programs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.reports import Parameter, Report
from api.v1 import examples
from api.views import Operation, Output, Row
from crm.areas.models import Area
from engagement.hearing import permissions
from engagement.hearing.reports.coverage import STATES, CoverageCell, Stand, cover


class StandOut(Output):
    """A champion who stands there."""

    appointment_id = serializers.UUIDField()
    name = serializers.CharField()
    last_day = serializers.DateField(allow_null=True)
    ends_soon = serializers.BooleanField(help_text="Within 90 days.")
    through = serializers.CharField(help_text="The wider community they stand for; `everybody` for no community.")


class CoverageRow(Output):
    """A community in one locality."""

    community_id = serializers.UUIDField()
    community = serializers.CharField()
    locality_id = serializers.UUIDField()
    locality = serializers.CharField()
    state = serializers.ChoiceField(
        choices=list(STATES), help_text=", ".join(f"`{name}`: {words}" for name, words in STATES.items()) + "."
    )
    champions = StandOut(many=True)
    last_heard_on = serializers.DateField(allow_null=True, help_text="Directly. Null: never.")
    quiet = serializers.BooleanField()
    gap = serializers.BooleanField(help_text="Nobody by name, and quiet where somebody expects their voice.")


class CoverageReport(Output):
    """Who stands for whom, today."""

    counted_at = serializers.DateTimeField()
    results = CoverageRow(many=True)


EXAMPLE: Row = {
    "counted_at": examples.WHEN,
    "results": [{
        "community_id": examples.COMMUNITY["id"], "community": examples.COMMUNITY["name"],
        "locality_id": f"{examples.ID}41", "locality": "East", "state": "nobody", "champions": [],
        "last_heard_on": None, "quiet": True, "gap": True,
    }],
}  # fmt: skip


class PlaceForm(forms.Form):
    """The locality that was asked for."""

    locality = forms.ModelChoiceField(queryset=Area.objects.none(), required=False)

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["locality"]
        place.queryset = Area.objects.visible_to(reader).localities()


class Coverage(Report):
    """Champions by community and locality."""

    permissions_by_method = {"GET": permissions.read_coverage}
    parameters = (Parameter("locality", "Only there", "uuid"),)
    operations = {
        "GET": Operation("List where champions stand and where nobody does",
                         "Every community in every locality, today, beside when it was last heard directly.",
                         gives=CoverageReport, example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """List."""
        self.insist_on_known_parameters()
        form = PlaceForm(request.query_params, reader=self.reader)
        self.insist_on_valid(form)
        place = form.cleaned_data["locality"]
        cells = cover([place] if place else None)
        return self.sent({"counted_at": timezone.now(), "results": [_row(cell) for cell in cells]})


def _row(cell: CoverageCell) -> Row:
    heard = cell.hearing
    place: Any = heard.locality
    return {
        "community_id": heard.community.pk,
        "community": heard.community.name,
        "locality_id": place.pk,
        "locality": place.name,
        "state": cell.state,
        "champions": [_stand(stand) for stand in (*cell.named, *cell.for_everybody)],
        "last_heard_on": heard.last_on,
        "quiet": heard.is_quiet,
        "gap": cell.is_gap,
    }


def _stand(stand: Stand) -> Row:
    one = stand.appointment
    return {"appointment_id": one.pk, "name": one.name, "last_day": one.last_day, "ends_soon": one.is_ending,
            "through": stand.through}  # fmt: skip
