"""Forms about frameworks: they translate, hold no rule and never save."""

from __future__ import annotations

from django import forms

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from engagement.coproduction.frameworks.details import FrameworkDetails
from engagement.coproduction.frameworks.files import parts_from_lines


class FrameworkForm(RowsForm):
    """An edition of a framework of the council's own."""

    name = forms.CharField(label="What is it called?", max_length=200, required=False)
    key = forms.CharField(
        label="A short name", help_text="The same for every edition, like edi-strategy.", max_length=60, required=False
    )
    edition = forms.CharField(label="Which edition?", help_text="Like 2025+.", max_length=40, required=False)
    source = forms.CharField(
        label="Who published it, and where can it be read?", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    first_day = DateBoxes(label="From which day does it hold?", required=False)
    parts = forms.CharField(
        label="Its parts, one a line", required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=60_000,
        help_text="A number or short code, a colon, and the words. Like: 1: Listen to everybody.",
    )  # fmt: skip

    def details(self) -> FrameworkDetails:
        """The edition as it shall stand."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("name", "key", "edition", "source", "first_day")}
        return FrameworkDetails(**told, parts=parts_from_lines(data["parts"]))


class EndFrameworkForm(RowsForm):
    """An edition holds no more."""

    last_day = DateBoxes(label="Its last day", required=False)
