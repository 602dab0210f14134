"""The forms about who supports a person, and through whom they are reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.rows import RowsForm
from crm.organisations.models import Organisation
from crm.people.details import IntermediaryDetails, SupporterDetails
from crm.people.models import Intermediary, Person, Supporter


def _help(field: str) -> str:
    return str(Intermediary._meta.get_field(field).help_text)  # type: ignore[union-attr]


class ByNameForm(RowsForm):
    """A form in which people and groups are named by typing."""

    named: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in self.named.items():
            field: Any = self.fields[name]
            field.rows = model.objects.visible_to(self.reader)
            field.stood_there = self.initial.get(name)


class SupporterForm(ByNameForm):
    """Who supports the person."""

    named = {"supporter": Person}

    kind = forms.ChoiceField(
        label="How do they support them?", choices=Supporter.Kind.choices, widget=forms.RadioSelect, required=False,
        initial=Supporter.Kind.CARER,
    )  # fmt: skip
    relation = forms.CharField(
        label="Who are they to them?", help_text="Like: her father, his neighbour.", max_length=100, required=False
    )
    supporter = NamedField(
        label="Their own record (optional)",
        help_text="Their name, if they have a record in Heard.",
        unknown="We do not know this person. Add them to the people first, or leave this empty",
        rows=Person.objects.none(),
    )

    def details(self) -> SupporterDetails:
        """Who it is."""
        data = self.cleaned_data
        return SupporterDetails(data["relation"], data["kind"] or Supporter.Kind.CARER, data["supporter"])


class IntermediaryForm(ByNameForm):
    """Through whom the person is reached."""

    named = {"through_person": Person, "through_organisation": Organisation}

    through_person = NamedField(
        label="Through which person?",
        help_text="Their name, as it stands in Heard. Or name a group below.",
        unknown="We do not know this person. Add them to the people first",
        rows=Person.objects.none(),
    )
    through_organisation = NamedField(
        label="Or through which group?",
        help_text="Its name, as it stands in Heard.",
        unknown="We do not know this group. Add it to the groups first",
        rows=Organisation.objects.none(),
    )
    agreed_by = forms.CharField(label="Who agreed to it?", help_text=_help("agreed_by"), max_length=150, required=False)
    agreed_on = DateBoxes(label="When?", required=False, initial=timezone.localdate)
    gatekeeper_risk = forms.CharField(
        label="What could go wrong? (optional)",
        help_text=_help("gatekeeper_risk"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def details(self) -> IntermediaryDetails:
        """Who it is."""
        names = ("agreed_by", "agreed_on", "through_person", "through_organisation", "gatekeeper_risk")
        return IntermediaryDetails(**{name: self.cleaned_data[name] for name in names})


class EndForm(RowsForm):
    """Nothing to fill in."""
