"""Forms about requests to be erased: they translate, hold no rule and never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.erasing.details import ErasureDetails, Looked
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import FoundFile


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
    spellings = forms.CharField(
        label="Other ways their name is written (optional)",
        help_text="One on each line: another script, a nickname, a former surname, an old number. They are looked for "
        "as the name is, and kept nowhere.",
        widget=forms.Textarea(attrs={"rows": 3}), max_length=600, required=False,
    )  # fmt: skip
    elsewhere = forms.BooleanField(
        label="Their name also stands in words nothing links to them: take it out there too",
        help_text="Only if you looked: it may be the name of somebody else. One word alone stays. It goes out "
        "of names of files and addresses of pages too, and nothing leads on from the old ones.",
        required=False,
    )
    unwanted = forms.MultipleChoiceField(
        label="Files that name them: which are deleted?",
        help_text="What you do not tick stays as it is. Replace such a file in the editor first, or leave it because "
        "it names somebody else.",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    looked = forms.BooleanField(
        label="I looked at every file named here, and at the photos, films, recordings and scans that no machine can "
        "read: those linked to this person, their contacts and their groups first",
        help_text="A photo of a sign-up sheet holds names and numbers. So do voices.",
        required=False,
    )

    def __init__(
        self, *args: Any, parts: Sequence[tuple[str, str]], files: Sequence[FoundFile] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._made_with = {"parts": parts, "files": files}
        fields: dict[str, Any] = self.fields
        fields["parts"].choices = parts
        fields["unwanted"].choices = [(one.key, f"{one.name} ({one.kind})") for one in files if one.named]
        if not fields["unwanted"].choices:
            del fields["unwanted"]
        if not files:
            del fields["looked"]

    def remade_with(self) -> dict[str, Any]:
        """What can be ticked, too."""
        return {**super().remade_with(), **self._made_with}

    def looked_at(self) -> Looked:
        """What whoever decides looked at."""
        data = self.cleaned_data
        return Looked(data["elsewhere"], lines(data["spellings"]), data.get("unwanted", ()), data.get("looked", False))


def lines(words: str) -> list[str]:
    """What stands on each line."""
    return [line.strip() for line in words.splitlines() if line.strip()]
