"""The short forms of what is done to a forum, a series or a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format

from crm.accounts.models import User
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from engagement.forums.forms.times import ClockField


class MoveForm(RowsForm):
    """Another day, or other times."""

    on = DateBoxes(label="Which day?", required=False)
    starts = ClockField(label="Start time")
    ends = ClockField(label="End time")


class SureForm(RowsForm):
    """Nothing to fill in."""


class OpenForm(RowsForm):
    """A date alone, or every date of its series."""

    every = forms.BooleanField(label="Open every date of this series", required=False)


class BackForm(RowsForm):
    """Which date that was left out."""

    on = forms.TypedChoiceField(
        label="Which date?", coerce=date.fromisoformat, empty_value=None, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a date that was left out"},
    )  # fmt: skip

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on: Any = self.fields["on"]
        on.choices = [(day.isoformat(), date_format(day, "l j F Y")) for day in days]


class CancelForm(RowsForm):
    """Why."""

    reason = forms.CharField(
        label="Why is it cancelled?", help_text="People who were told of it will read this.", max_length=300,
        required=False,
    )  # fmt: skip


class TakeBackForm(RowsForm):
    """Why."""

    reason = forms.CharField(
        label="Why is it taken back?", help_text="It stays in the record. No names and no health details.",
        max_length=150, required=False,
    )  # fmt: skip


class GiveForm(RowsForm):
    """To whom."""

    owner = forms.ModelChoiceField(
        label="Who does it from now on?", queryset=User.objects.none(), required=False, empty_label="Choose a colleague"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")

    def clean_owner(self) -> User:
        """Asks for somebody."""
        found: User | None = self.cleaned_data["owner"]
        if found is None:
            raise forms.ValidationError("Choose who does it")
        return found
