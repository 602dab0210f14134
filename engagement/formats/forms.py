"""The forms about requests for other formats: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.models import User
from crm.base.rows import RowsForm
from crm.languages.models import Language
from engagement.formats.details import RequestDetails
from engagement.formats.models import Format, State, Way


class RequestForm(RowsForm):
    """What somebody asked for by phone, by letter or in person."""

    about = forms.CharField(
        label="Which page or letter do they want?", help_text="Its title is enough.", max_length=250, required=False
    )
    format = forms.ChoiceField(
        label="How do they want it?", choices=Format.choices, widget=forms.RadioSelect, required=False
    )
    language = forms.ModelChoiceField(
        label="In which language?", queryset=Language.objects.none(), required=False, empty_label="English"
    )
    reach_by = forms.ChoiceField(
        label="How can we reach them?", choices=Way.choices, widget=forms.RadioSelect, required=False
    )
    reach_at = forms.CharField(label="Their number or address", max_length=254, required=False)
    name = forms.CharField(label="Their name, if they said it", max_length=150, required=False)
    words = forms.CharField(
        label="What else they said (optional)", help_text="No health details.", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset = Language.objects.visible_to(self.reader).order_by("name")

    def details(self) -> RequestDetails:
        """What is told."""
        names = ("about", "format", "language", "reach_by", "reach_at", "name", "words")
        return RequestDetails(**{name: self.cleaned_data[name] for name in names})


class AnswerForm(RowsForm):
    """What happened."""

    state = forms.ChoiceField(
        label="What happened?", widget=forms.RadioSelect, required=False,
        choices=[(value, words) for value, words in State.choices if value != State.WAITING],
    )  # fmt: skip
    outcome = forms.CharField(
        label="What did you do?", help_text="Like: read it to them in Urdu. If you could not, say why.",
        max_length=300, required=False,
    )  # fmt: skip


class GiveForm(RowsForm):
    """To whom."""

    owner = forms.ModelChoiceField(
        label="Who answers from now on?", queryset=User.objects.none(), empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")
