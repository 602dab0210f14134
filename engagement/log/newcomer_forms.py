"""The short form about a group or person that nobody knew before a contact with them is logged."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.areas.models import Area
from crm.base.forms import GovukForm
from crm.base.ids import new_id
from crm.organisations.details import OrganisationDetails
from crm.organisations.models import Organisation
from crm.people.details import PersonDetails


class NewcomerForm(GovukForm):
    """What both have: a name and a ward. `once` keeps a second press from adding them twice."""

    name = forms.CharField(max_length=200, required=False)
    area = forms.ModelChoiceField(
        label="Ward (optional)", queryset=Area.objects.none(), required=False, empty_label="Not known"
    )
    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward: Any = self.fields["area"]
        ward.queryset = Area.objects.visible_to(reader).wards()


class NewGroupForm(NewcomerForm):
    """A group that is new to us."""

    name = forms.CharField(label="Name of the group", max_length=200, required=False)
    kind = forms.ChoiceField(label="What is it?", choices=Organisation.Kind.choices, required=False)
    field_order = ["name", "kind", "area"]

    def details(self) -> OrganisationDetails:
        """The group, with what can be added later left open."""
        data = self.cleaned_data
        kind = data["kind"] or Organisation.Kind.COMMUNITY_GROUP
        return OrganisationDetails(name=data["name"], kind=kind, area=data["area"])


class NewPersonForm(NewcomerForm):
    """A person who is new to us."""

    name = forms.CharField(
        label="Name they use",
        help_text="As they introduce themselves. Somebody under 18 needs a responsible adult: add them under People.",
        max_length=150,
        required=False,
    )

    def details(self) -> PersonDetails:
        """The person, with what can be added later left open."""
        return PersonDetails(name=self.cleaned_data["name"], area=self.cleaned_data["area"])
