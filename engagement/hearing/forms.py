"""What the report is narrowed by: one form for the page, the file and the API. Ids and days only, never words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import Actor
from crm.base.filters import DAYS
from crm.base.forms import GovukForm
from crm.communities.models import Community
from engagement.hearing.reports.grid import Wanted
from engagement.log.models import Topic

REAL_DAY = {"invalid": "Enter a real date, like 24/11/2026"}


class HearingForm(GovukForm):
    """Which contacts are counted: those of whole months, and of the one that runs. The period is the last 12 months and
    this one unless told otherwise. People are counted in months that are over: with free days, two periods a day apart
    would tell how many one contact of that day reached."""

    occurred_from = forms.DateField(
        label="From the month of this day", required=False,
        help_text="Like 24/11/2026. The last 12 months and this one, if you leave it empty.",
        input_formats=DAYS, error_messages=REAL_DAY, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    occurred_to = forms.DateField(
        label="To the month of this day", help_text="Like 24/11/2026", required=False,
        input_formats=DAYS, error_messages=REAL_DAY, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    topic = forms.ModelChoiceField(label="Topic", queryset=Topic.objects.none(), required=False, empty_label="All")
    community = forms.ModelChoiceField(
        label="Community and all that lie in it", queryset=Community.objects.none(), required=False, empty_label="All"
    )
    locality = forms.ModelChoiceField(label="Locality", queryset=Area.objects.none(), required=False, empty_label="All")
    as_it_was = forms.BooleanField(
        label="As it was: old names, and where communities lay then",
        help_text="Otherwise everything counts where its community lies today.",
        required=False,
    )

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "topic": Topic.objects.visible_to(reader).for_list(),
            "community": Community.objects.visible_to(reader).order_by("name"),
            "locality": Area.objects.visible_to(reader).localities(),
        }
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """A period ends on the day it begins, or later."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = self.period(data)
        if last < first:
            self.add_error("occurred_to", "The last day must be the first day or later")
        return data

    @staticmethod
    def period(data: dict[str, Any]) -> tuple[date, date]:
        """The first and the last day: of months, or today where the last month still runs."""
        today = timezone.localdate()
        asked: date = data.get("occurred_to") or today
        first: date = data.get("occurred_from") or _year_before(asked)
        last = asked.replace(day=monthrange(asked.year, asked.month)[1])
        return first.replace(day=1), today if asked <= today <= last else last

    def wanted(self) -> Wanted:
        """What is asked for. Ask only a valid form."""
        data = self.cleaned_data
        first, last = self.period(data)
        return Wanted(
            first_day=first,
            last_day=last,
            topic=data["topic"],
            community=data["community"],
            locality=data["locality"],
            as_it_was=data["as_it_was"],
            people_until=timezone.localdate().replace(day=1) - timedelta(days=1),
        )


def _year_before(day: date) -> date:
    """The first day of the same month a year before."""
    return day.replace(year=max(day.year - 1, 1), day=1)
