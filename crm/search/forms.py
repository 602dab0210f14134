"""The one box. It holds no rule and never saves."""

from __future__ import annotations

from django import forms

from crm.base.forms import GovukForm
from crm.search.reports import LONGEST


class SearchForm(GovukForm):
    """Words, and perhaps one kind of record to look in."""

    words = forms.CharField(
        label="What are you looking for?",
        help_text="A name, or words that somebody said. A part is enough. It need not be spelt right.",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    kind = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
