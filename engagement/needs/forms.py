"""The forms about whether needs were met: they translate, hold no rule and never save."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from crm.areas.models import Area
from crm.base.actors import Actor
from crm.base.filters import DAYS
from crm.base.forms import DateBoxes, GovukForm
from crm.base.rows import RowsForm
from engagement.needs.details import OutcomeDetails
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import whole_year

EARLIEST = 2000


class OutcomeForm(RowsForm):
    """Whether a need was met; the occasion is asked for only when it was not at a contact."""

    message = forms.CharField(
        label="Which message was it?",
        help_text="Like: letter about the forum. No name.",
        max_length=150,
        required=False,
    )
    happened_on = DateBoxes(label="When?", required=False)
    met = forms.ChoiceField(
        label="Was the need met?", choices=NeedOutcome.Met.choices, widget=forms.RadioSelect, required=False
    )
    why = forms.ChoiceField(
        label="If not, or only partly: why?", choices=[("", "It was met"), *NeedOutcome.Why.choices], required=False
    )
    words = forms.CharField(
        label="More about it (optional)",
        help_text="No health details.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, in_message: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_message = in_message
        if not in_message:
            del self.fields["message"], self.fields["happened_on"]

    def details(self) -> OutcomeDetails:
        """What is told."""
        data = self.cleaned_data
        occasion = {"message": data["message"], "happened_on": data["happened_on"]} if self.in_message else {}
        return OutcomeDetails(met=data["met"], why=data["why"], words=data["words"], **occasion)


def initial_of(outcome: NeedOutcome | None, met: str = "") -> dict[str, Any]:
    """What stands, or what was pressed."""
    if outcome is None:
        return {"met": met, "happened_on": timezone.localdate()}
    names = ("met", "why", "words", "version")
    return {name: getattr(outcome, name) for name in names}


def _months() -> list[tuple[str, str]]:
    """The whole months of three years, the last one first: the year that ends with each can be counted."""
    last, found = whole_year()[1], []
    for _ in range(36):
        found.append((last.isoformat(), f"{date_format(last, 'F Y')}"))
        last = last.replace(day=1) - timedelta(days=1)
    return found


class ReportForm(GovukForm):
    """With which month the year ends that is counted, and where."""

    until = forms.DateField(
        label="The year that ends with", input_formats=DAYS, required=False, widget=forms.Select,
        error_messages={"invalid": "Enter a real date, like 2026-11-24"},
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Where", queryset=Area.objects.none(), required=False, empty_label="The whole council"
    )

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until: Any = self.fields["until"]
        until.widget.choices = _months()
        locality: Any = self.fields["locality"]
        locality.queryset = Area.objects.visible_to(reader).localities().order_by("name")

    def clean_until(self) -> date | None:
        """The last day of the last whole month that is over; a day long before the council began is a slip."""
        asked: date | None = self.cleaned_data["until"]
        if asked is not None and asked.year < EARLIEST:
            raise forms.ValidationError(f"Choose a day of {EARLIEST} or later")
        return whole_year(asked)[1]
