"""The forms of the public directory: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.directory.details import EntryDetails, WordsDetails
from crm.directory.models import ChampionWords, DirectoryEntry, EntryFact, How

OWN_FIELDS = (
    "about", "meets", "how_to_join", "show_phone", "show_email", "show_website", "agreed_with", "agreed_on", "version",
)  # fmt: skip
FACT = "fact_"


def _help(field: str) -> str:
    return str(DirectoryEntry._meta.get_field(field).help_text)  # type: ignore[union-attr]


class EntryForm(RowsForm):
    """What anyone may read of a group."""

    about = forms.CharField(
        label="What do they do?", help_text=_help("about"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    meets = forms.CharField(
        label="When do they meet? (optional)", help_text=_help("meets"), max_length=200, required=False
    )
    how_to_join = forms.CharField(
        label="How do people join? (optional)", help_text=_help("how_to_join"), max_length=300, required=False
    )
    show_phone = forms.BooleanField(label="Show the group's phone number", required=False)
    show_email = forms.BooleanField(label="Show the group's e-mail address", required=False)
    show_website = forms.BooleanField(label="Show the group's website", required=False)
    agreed_with = forms.CharField(
        label="Who in the group agreed to this?", help_text=_help("agreed_with"), max_length=150, required=False
    )
    agreed_on = DateBoxes(label="When did they agree?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in EntryFact.About.choices:
            self.fields[FACT + value] = forms.ChoiceField(
                label=str(label), choices=[("", "We have not asked"), *EntryFact.Answer.choices], required=False
            )

    def details(self) -> EntryDetails:
        """The entry as it shall stand."""
        data = {name: self.cleaned_data[name] for name in OWN_FIELDS if name != "version"}
        told = {about: self.cleaned_data.get(FACT + about, "") for about in EntryFact.About.values}
        return EntryDetails(**data, facts={about: answer for about, answer in told.items() if answer})


class ConfirmEntryForm(RowsForm):
    """How a group said that its entry is right, and who."""

    how = forms.ChoiceField(
        label="How did they tell you?", choices=[choice for choice in How.choices if choice[0] != How.LINK],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    with_whom = forms.CharField(
        label="Who in the group said so?", help_text="By role, like: the chair.", max_length=150, required=False
    )


class ReasonForm(RowsForm):
    """Why an entry is taken off."""

    reason = forms.CharField(
        label="Why is it taken off?", help_text="Like: they asked us to. It is read by colleagues.", max_length=300,
        required=False,
    )  # fmt: skip


class OutcomeForm(RowsForm):
    """What became of what a group said is wrong."""

    outcome = forms.CharField(
        label="What did you do?", help_text="Like: changed the day to Wednesday.", max_length=300, required=False
    )


class WordsForm(RowsForm):
    """A champion in their own words."""

    shown_name = forms.CharField(
        label="The name they want in public", max_length=100, required=False,
        help_text=str(ChampionWords._meta.get_field("shown_name").help_text),
    )  # fmt: skip
    words = forms.CharField(
        label="What they say, in their own words", max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    agreed_on = DateBoxes(label="When did they agree to these words?", required=False)

    def details(self) -> WordsDetails:
        """The words as they shall stand."""
        return WordsDetails(**{name: self.cleaned_data[name] for name in ("shown_name", "words", "agreed_on")})


class CorrectionForm(RowsForm):
    """What is wrong, in the group's own words."""

    words = forms.CharField(
        label="What is wrong, or has changed?", help_text="Write it in your own words, in any language.",
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip


def initial_of(entry: DirectoryEntry | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if entry is None or entry.taken_off_on is not None:
        return {"show_website": True, "agreed_on": timezone.localdate()}
    own = {name: getattr(entry, name) for name in OWN_FIELDS}
    return {**own, **{FACT + fact.about: fact.answer for fact in entry.facts.all()}}


def initial_of_words(words: ChampionWords | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    names = ("shown_name", "words", "agreed_on", "version")
    return {name: getattr(words, name) for name in names} if words is not None else {}
