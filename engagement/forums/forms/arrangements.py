"""The forms about arrangements: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.models import User
from crm.base.rows import RowsForm
from engagement.forums.arranging import BookingDetails, GoneDetails
from engagement.forums.models import Arrangement
from engagement.needs.forms import ReportForm
from engagement.needs.models import NeedOutcome

WRONG_COSTS = ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
NO_HEALTH = "No names and no health details."


class BookForm(RowsForm):
    """With whom it is booked."""

    supplier = forms.CharField(
        label="With whom is it booked?", help_text="An agency, a firm, or who of us does it.", max_length=150,
        required=False,
    )  # fmt: skip
    registration_number = forms.CharField(
        label="Registration number (optional)",
        help_text="Of an interpreter or lipspeaker: their number in the register, like the NRCPD's.",
        max_length=40,
        required=False,
    )
    cost = forms.DecimalField(
        label="Cost in pounds (optional)", help_text="Like 180 or 180.50", min_value=0, max_digits=8, decimal_places=2,
        required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(WRONG_COSTS, "Write the cost in pounds, like 180 or 180.50"),
    )  # fmt: skip
    who = forms.ModelChoiceField(
        label="Who of us sees to it?", queryset=User.objects.none(), required=False,
        empty_label="Who looks after the forum",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")

    def details(self) -> BookingDetails:
        """The booking."""
        names = ("supplier", "registration_number", "cost", "who")
        return BookingDetails(**{name: self.cleaned_data[name] for name in names})


def initial_of(row: Arrangement) -> dict[str, Any]:
    """The booking as it stands."""
    return {name: getattr(row, name) for name in ("supplier", "registration_number", "cost", "who", "version")}


class PressForm(RowsForm):
    """Nothing to fill in."""


class TellForm(RowsForm):
    """By a message, or told already."""

    how = forms.ChoiceField(
        label="How are they told?",
        help_text="A message goes in the way, the language and the format that are right for them.",
        choices=[("message", "Write to them now"), ("told", "I told them myself, in a way that is safe for them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they are told"},
    )


class WhyForm(RowsForm):
    """Why."""

    reason = forms.CharField(label="What happened?", help_text=NO_HEALTH, max_length=200, required=False)


class ReadyForm(RowsForm):
    """Why it is ready though something is missing; asked for only then."""

    reason = forms.CharField(
        label="Why is it ready all the same?",
        help_text=f"This stays in the record and in reports. {NO_HEALTH}",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        required=False,
    )


class GoneForm(RowsForm):
    """How it went."""

    there = forms.ChoiceField(
        label="Was it there on the day?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    met = forms.ChoiceField(
        label="What do they say: did it meet their need?", help_text="Ask them. Leave it out if you did not.",
        choices=NeedOutcome.Met.choices, widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    why = forms.ChoiceField(
        label="If not, or only partly: why?", choices=[("", "It was met"), *NeedOutcome.Why.choices], required=False
    )
    words = forms.CharField(
        label="More about it (optional)", help_text=NO_HEALTH, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=250, required=False,
    )  # fmt: skip

    def details(self) -> GoneDetails:
        """What is told."""
        data = self.cleaned_data
        there = {"yes": True, "no": False}.get(data["there"])
        return GoneDetails(there=there, met=data["met"], why=data["why"], words=data["words"])


class YearForm(ReportForm):
    """With which month the year ends that is counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["locality"]
