"""The forms about messages and letters: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.rows import RowsForm
from crm.languages.models import Language
from crm.people.models import ContactWay
from crm.sending.choosing import current_versions
from crm.sending.details import VersionDetails
from crm.sending.models import Format, LetterTemplate, LetterVersion, Message
from crm.sending.reaching import english_is_none
from crm.sending.registry import kind_of, letter_kinds


class WriteForm(RowsForm):
    """A message to one person, written by hand."""

    letter = forms.ModelChoiceField(
        label="Which letter?", queryset=LetterTemplate.objects.none(), widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": "Choose a letter"},
    )  # fmt: skip
    words = forms.CharField(
        label="What do you want to say?",
        help_text="In short plain sentences. The letter puts a greeting before it and your council’s number after it.",
        widget=forms.Textarea(attrs={"rows": 6}), max_length=3000, required=False,
    )  # fmt: skip
    way = forms.ChoiceField(
        label="By what? (optional)", help_text="Left alone: the safe way they prefer.",
        choices=[("", "The safe way they prefer"), *ContactWay.Kind.choices], required=False,
    )  # fmt: skip
    language = forms.ModelChoiceField(
        label="In which language? (optional)", queryset=Language.objects.none(), required=False,
        empty_label="The one they read",
    )  # fmt: skip
    format = forms.ChoiceField(
        label="In which form? (optional)", choices=[("", "The one they need"), *Format.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        by_hand = [key for key in letter_kinds.names() if letter_kinds[key].by_hand]
        fields["letter"].queryset = LetterTemplate.objects.visible_to(self.reader).filter(key__in=by_hand)
        fields["language"].queryset = Language.objects.visible_to(self.reader).filter(is_signed=False)

    def told(self) -> dict[str, Any]:
        """What the action takes, besides to whom."""
        data = self.cleaned_data
        letter: LetterTemplate = data["letter"]
        return {
            "purpose": letter.purpose,
            "template_key": letter.key,
            "values": {"words": data["words"].strip()} if "words" in kind_of(letter.key).known else {},
            "language": data["language"],
            "format": data["format"] or None,
            "way": data["way"],
        }


class ToldForm(RowsForm):
    """How a call, or a word in person, ended."""

    result = forms.ChoiceField(
        label="How did it end?", choices=Message.Result.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ended"},
    )  # fmt: skip
    words = forms.CharField(
        label="What should a colleague know? (optional)", help_text="Like: her sister answered, ring after five.",
        max_length=200, required=False,
    )  # fmt: skip


class VersionForm(RowsForm):
    """New words of a letter."""

    language = forms.ModelChoiceField(
        label="In which language?", queryset=Language.objects.none(), required=False, empty_label="English"
    )
    format = forms.ChoiceField(
        label="In which form?", choices=[(one.value, one.label) for one in LetterVersion.WRITTEN],
        help_text="Large print, braille and audio are made from the standard words.",
    )  # fmt: skip
    subject = forms.CharField(
        label="Subject", help_text="Others may see it: no name, and nothing about health or care.", max_length=150,
        required=False,
    )  # fmt: skip
    body = forms.CharField(
        label="Words",
        help_text="A blank line begins a paragraph. A line that begins with - is one of a list.",
        widget=forms.Textarea(attrs={"rows": 16}), max_length=10_000, required=False,
    )  # fmt: skip
    machine_draft = forms.BooleanField(
        label="A machine wrote this draft", help_text="Nobody gets it before a speaker checked it.", required=False
    )

    def __init__(self, *args: Any, letter: LetterTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        languages: Any = self.fields["language"]
        languages.queryset = Language.objects.visible_to(self.reader).filter(is_signed=False).exclude(code="en")

    def details(self) -> VersionDetails:
        """The words as they shall stand, and what they were made from: the standard English, for Easy Read in another
        language the Easy Read English where there is one."""
        data = self.cleaned_data
        english = {one.format: one for one in current_versions(self.letter) if one.language_id is None}
        tongue = english_is_none(data["language"])
        source = english.get(data["format"]) if tongue else None
        return VersionDetails(
            subject=data["subject"], body=data["body"], language=tongue, format=data["format"],
            made_from=source or english.get(Format.STANDARD), machine_draft=data["machine_draft"],
        )  # fmt: skip

    def remade_with(self) -> dict[str, Any]:
        """With the letter, too."""
        return {**super().remade_with(), "letter": self.letter}


def initial_of_version(version: LetterVersion | None) -> dict[str, Any]:
    """The words that stand now, to be changed."""
    names = ("language", "format", "subject", "body")
    return {name: getattr(version, name) for name in names} if version else {"format": Format.STANDARD}


class CheckForm(RowsForm):
    """Who checked a version."""

    checked_by = forms.CharField(
        label="Who checked it?", help_text="A speaker of the language, or a group of Easy Read readers. Not a name.",
        max_length=150, required=False,
    )  # fmt: skip
