"""Forms about answers: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.languages.models import Language
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.models import AnswerWords


def _text(label: str, help_text: str = "", *, rows: int = 3, most: int = 3000) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=box, required=False)


class ReasonForm(RowsForm):
    """Why."""

    reason = _text("Why?", "In a few words.", rows=2, most=300)


class InPersonForm(RowsForm):
    """They were told in person."""

    how = forms.CharField(
        label="How were they told?", help_text="Like: at the Monday group.", max_length=300, required=False
    )
    told_on = DateBoxes(label="On which day?", required=False)


class WordsForm(RowsForm):
    """The answer in one language and format."""

    language = forms.ModelChoiceField(
        label="In which language?", queryset=Language.objects.none(), required=False, empty_label="English"
    )
    format = forms.ChoiceField(
        label="In which form?", choices=[(one.value, one.label) for one in AnswerWords.WRITTEN], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    said = _text(
        "What people said", "In one sentence. No names, and no numbers: those are worked out.", rows=2, most=500
    )
    answer = _text("Our answer", "Short sentences, plain words. In Easy Read, one thought a line.", rows=8)
    machine_draft = forms.BooleanField(label="A machine wrote this draft", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset = Language.objects.exclude(code="en").order_by("name")

    def details(self) -> WordsDetails:
        """The words."""
        data = self.cleaned_data
        return WordsDetails(data["said"], data["answer"], data["language"], data["format"], data["machine_draft"])


class CheckedForm(RowsForm):
    """Somebody checked the words."""

    checked_by = forms.CharField(
        label="Who checked it?", help_text="Like: an Urdu speaker of the women’s group. Not a name.", max_length=150,
        required=False,
    )  # fmt: skip


class PublicPromiseForm(RowsForm):
    """A promise for anyone to read."""

    words = _text("What did we promise?", "For anyone to read. No names, and nothing of who asked.", rows=2, most=300)
