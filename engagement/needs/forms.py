"""The forms about whether needs were met: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.base.filters import DAYS
from crm.base.forms import DateBoxes, GovukForm
from crm.base.rows import RowsForm
from engagement.needs.details import OutcomeDetails
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import usual_period


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


class PeriodForm(GovukForm):
    """From which day until which: an address that holds days only."""

    since = forms.DateField(
        label="From day", help_text="Like 24/11/2026", input_formats=DAYS, required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Enter a real date, like 24/11/2026"},
    )  # fmt: skip
    until = forms.DateField(
        label="To day", help_text="Like 24/11/2026", input_formats=DAYS, required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Enter a real date, like 24/11/2026"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The usual year where a day is left out; the first day must not come after the last."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = usual_period(data.get("until"))
        data["since"], data["until"] = data.get("since") or first, last
        if data["since"] > data["until"] and not self.errors:
            self.add_error("since", "The first day must be the last day or earlier")
        return data
