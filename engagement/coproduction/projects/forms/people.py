"""Forms about the people in a project, and about how it felt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from crm.base.forms import DateBoxes, GovukForm
from crm.base.rows import RowsForm
from engagement.coproduction.projects.details import LeavingDetails, PartDetails, RoundDetails
from engagement.coproduction.projects.models import Project, ProjectPerson, Rung
from engagement.coproduction.projects.words import SAY


class TakePartForm(RowsForm):
    """A person takes part in a project."""

    project = forms.ModelChoiceField(
        label="Which project?", queryset=Project.objects.none(), empty_label="Choose",
        error_messages={"required": "Choose a project"},
    )  # fmt: skip
    part = forms.ChoiceField(
        label="As what?", choices=ProjectPerson.Part.choices, widget=forms.RadioSelect, required=False
    )
    first_day = DateBoxes(label="Since when?", help_text="Today, if you leave it empty.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project: Any = self.fields["project"]
        project.queryset = Project.objects.visible_to(self.reader).filter(closed_on=None).order_by("name", "id")

    def details(self) -> PartDetails:
        """As what, since when."""
        return PartDetails(self.cleaned_data["part"], self.cleaned_data["first_day"])


class LeaveForm(RowsForm):
    """They leave."""

    because = forms.ChoiceField(
        label="Why did they leave?", choices=ProjectPerson.Left.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(label="In their words (optional)", max_length=300, required=False)
    last_day = DateBoxes(label="Their last day", help_text="Today, if you leave it empty.", required=False)

    def details(self) -> LeavingDetails:
        """Why and when."""
        data = self.cleaned_data
        return LeavingDetails(data["because"], data["words"], data["last_day"])


class RoundForm(RowsForm):
    """People are asked how much they felt they decided."""

    links = forms.IntegerField(
        label="How many links do you need?", help_text="One for each person. Each can be used once.", required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Write a number, like 12"},
    )  # fmt: skip
    closes_on = DateBoxes(label="Last day to answer", help_text="What they said is shown the day after.",
                          required=False)  # fmt: skip

    def details(self) -> RoundDetails:
        """How many, and until when."""
        return RoundDetails(self.cleaned_data["links"], self.cleaned_data["closes_on"])


class FeltChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A rung as it feels."""

    def label_from_instance(self, obj: Any) -> str:
        """In the words of somebody who was there, in the language of the page where they are known in it."""
        return gettext(obj.felt_words)


class FeltForm(GovukForm):
    """How it felt: one question, no name."""

    rung = FeltChoice(
        label=SAY["title"], help_text=SAY["nearest"], queryset=Rung.objects.for_list(), widget=forms.RadioSelect,
        required=False, empty_label=None, error_messages={"invalid_choice": SAY["missing"]},
    )  # fmt: skip
