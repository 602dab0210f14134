"""Forms about requests to be erased: they translate, hold no rule and never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.erasing.details import ErasureDetails
from crm.erasing.models import ErasureRequest


class ErasureForm(RowsForm):
    """They ask."""

    asked_on = DateBoxes(label="When did they ask?", required=False, initial=timezone.localdate)
    how = forms.CharField(
        label="How did they ask?", help_text="Like: by letter, or at the drop-in to Amina.", max_length=150,
        required=False,
    )  # fmt: skip
    words = forms.CharField(
        label="In their words (optional)", help_text="They need give no reason.", max_length=300, required=False
    )

    def details(self) -> ErasureDetails:
        """What they asked."""
        data = self.cleaned_data
        return ErasureDetails(data["asked_on"], data["how"], data["words"])


class DecideForm(RowsForm):
    """What was decided."""

    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=[choice for choice in ErasureRequest.Outcome.choices if choice[0] != ErasureRequest.Outcome.OPEN],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label="Why?", help_text=str(ErasureRequest._meta.get_field("reason").help_text), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="If in part: what is erased?", help_text="What you tick goes when you save. The rest stays.",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    elsewhere = forms.BooleanField(
        label="Their name also stands in words nothing links to them: take it out there too",
        help_text="Only if you looked: it may be the name of somebody else.",
        required=False,
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parts"]
        field.choices = parts
