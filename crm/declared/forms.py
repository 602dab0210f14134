"""The form about a declared community. It begins empty: nothing we know of groups or meetings is filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from crm.declared.details import DeclarationDetails
from crm.declared.models import DeclaredCommunity
from crm.privacy.models import Purpose


class DeclarationForm(RowsForm):
    """What they said."""

    community = forms.ModelChoiceField(
        label="Which community did they name?",
        help_text="Only what they said themselves. Not what you think, and not from whom they were met with.",
        queryset=Community.objects.none(),
        required=False,
        empty_label="Choose",
    )
    purpose = forms.ModelChoiceField(
        label="What did they tell us for?", queryset=Purpose.objects.none(), required=False, empty_label="Choose"
    )
    declared_on = DateBoxes(label="When did they say so?", required=False, initial=timezone.localdate)
    how = forms.ChoiceField(
        label="How did they say so?", choices=DeclaredCommunity.How.choices, widget=forms.RadioSelect, required=False,
        initial=DeclaredCommunity.How.SPOKEN,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = Community.objects.visible_to(self.reader).current().order_by("name")
        purpose: Any = self.fields["purpose"]
        purpose.queryset = Purpose.objects.visible_to(self.reader).current().order_by("name")

    def details(self) -> DeclarationDetails:
        """What they said."""
        data = self.cleaned_data
        how = data["how"] or DeclaredCommunity.How.SPOKEN
        return DeclarationDetails(data["community"], data["purpose"], data["declared_on"], how)


class TakeBackForm(RowsForm):
    """Nothing to fill in."""
