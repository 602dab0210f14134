"""The form about an entry of a list that the council keeps: it translates, holds no rule and never saves."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.rows import RowsForm
from engagement.log.models import KeptList
from engagement.log.rules import LARGEST_ORDER, LONGEST_NAME, USUAL_ORDER


class NewEntryForm(RowsForm):
    """A topic, a barrier or a kind of support that is not on its list yet."""

    name = forms.CharField(label="What is it called?", max_length=LONGEST_NAME, required=False)
    order = forms.IntegerField(
        label="Where does it stand in the list? (optional)",
        help_text=f"A number: smaller comes first. Without one it is {USUAL_ORDER}.",
        min_value=0,
        max_value=LARGEST_ORDER,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )

    def values_for_action(self) -> dict[str, Any]:
        """What the action is told."""
        order = self.cleaned_data["order"]
        return {"name": self.cleaned_data["name"], "order": USUAL_ORDER if order is None else order}


class EntryForm(NewEntryForm):
    """One that stands: its name, its place, and whether it is offered."""

    retired = forms.BooleanField(
        label="Do not offer it any more",
        help_text="What was recorded with it keeps it. Take the tick away to offer it again.",
        required=False,
    )

    def values_for_action(self) -> dict[str, Any]:
        """What the action is told."""
        data = self.cleaned_data
        return {**super().values_for_action(), "retired": data["retired"], "expected_version": data["version"]}


def initial_of_entry(entry: KeptList) -> dict[str, Any]:
    """What stands."""
    return {name: getattr(entry, name) for name in ("name", "order", "retired", "version")}
