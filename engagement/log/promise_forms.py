"""The short forms about a promise: how it was kept, what it says now, one remembered later. No rule lives here."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.models import User
from crm.base.forms import DateBoxes, GovukForm
from crm.base.rules import Blocked
from engagement.log.details import PromiseDetails
from engagement.log.models import EngagementEvent
from engagement.log.to_whom import made_to, met_at


class KeepPromiseForm(GovukForm):
    """How a promise was kept."""

    words = forms.CharField(label="How? (optional)", max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChangePromiseForm(GovukForm):
    """What is promised now, by when, by whom, and why it changed."""

    words = forms.CharField(
        label="What do you promise now?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DateBoxes(label="By when?", required=False)
    reason = forms.CharField(label="Why does it change?", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def details(self, owner: User) -> PromiseDetails:
        """The promise as it shall be."""
        return PromiseDetails(words=self.cleaned_data["words"], due_on=self.cleaned_data["due_on"], owner=owner)


class AddPromiseForm(GovukForm):
    """A promise added at the desk."""

    words = forms.CharField(label="What did you promise?", max_length=500, required=False)
    due_on = DateBoxes(label="By when?", required=False)

    def __init__(self, *args: Any, event: EngagementEvent, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.met = {str(subject.pk): subject for subject in met_at(event, reader=reader)}
        if len(self.met) > 1:  # to the only one who was met it was made anyway
            choices = [(pk, subject.name) for pk, subject in self.met.items()]
            self.fields["to_whom"] = forms.ChoiceField(
                label="To whom?",
                choices=choices,
                initial=choices[0][0],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": "Choose one of those you met"},
            )

    def details(self) -> PromiseDetails:
        """The promise."""
        promise = PromiseDetails(words=self.cleaned_data["words"], due_on=self.cleaned_data["due_on"])
        chosen = self.met.get(self.cleaned_data.get("to_whom") or "")
        return made_to(promise, chosen) if chosen else promise

    def add_blockers(self, blocked: Blocked) -> None:
        """Reasons about the words stand beside the words, all others beside the day."""
        for blocker in blocked.blockers:
            self.add_error("words" if blocker.field == "words" else "due_on", blocker.words)
