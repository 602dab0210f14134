"""The form about a group: it translates, holds no rule and never saves."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.areas.models import Area
from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.phones import shown_phone
from crm.base.rows import RowForm, RowsForm
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.models import Organisation, OrganisationCommunity

OWN_FIELDS = (
    "name", "kind", "parent", "area", "place", "description", "good_to_know", "email", "website", "closed_on",
    "version",
)  # fmt: skip


def _help(field: str) -> str:
    return str(Organisation._meta.get_field(field).help_text)  # type: ignore[union-attr]


class CommunityLinkForm(RowForm):
    """How the group stands to one community."""

    key = "community"
    beside = "Choose the community, or empty the row"

    community = forms.ModelChoiceField(
        label="Community", queryset=Community.objects.none(), required=False, empty_label="None"
    )
    relation = forms.ChoiceField(
        label="How the group stands to it",
        choices=[("", "Choose"), *OrganisationCommunity.Relation.choices],
        required=False,
    )

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = Community.objects.filter(merged_into=None)
        community.choices = communities

    def clean_relation(self) -> str:
        """Asks for it when a community was chosen."""
        relation: str = self.cleaned_data["relation"]
        if self.cleaned_data.get("community") and not relation:
            raise forms.ValidationError("Choose how the group stands to this community")
        return relation


class OrganisationForm(RowsForm):
    """Everything about a group."""

    row_kinds = {"communities": CommunityLinkForm}

    name = forms.CharField(label="Name of the group", max_length=200, required=False)
    kind = forms.ChoiceField(label="What is it?", choices=Organisation.Kind.choices, required=False)
    area = forms.ModelChoiceField(
        label="Ward (optional)", help_text=_help("area"), queryset=Area.objects.none(), required=False,
        empty_label="Not known",
    )  # fmt: skip
    place = forms.CharField(label="Place (optional)", help_text=_help("place"), max_length=200, required=False)
    good_to_know = forms.CharField(
        label="Good to know (optional)", help_text=_help("good_to_know"), widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )  # fmt: skip
    description = forms.CharField(
        label="About the group (optional)", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    parent = NamedField(
        label="Belongs to (optional)",
        help_text="The name of a bigger group or network, as it stands in Heard.",
        unknown="We do not know this group. Add it to the groups first",
        rows=Organisation.objects.none(),
    )
    phone = forms.CharField(
        label="Phone (optional)",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"}),
    )
    email = forms.CharField(
        label="E-mail address (optional)",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "spellcheck": "false"}),
    )
    website = forms.CharField(
        label="Website (optional)", help_text="Like https://www.example.org", max_length=200, required=False
    )
    languages = forms.ModelMultipleChoiceField(
        label="Languages people there use (optional)",
        queryset=Language.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closed_on = DateBoxes(
        label="No longer exists since (optional)", help_text="Leave empty while it exists.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward: Any = self.fields["area"]
        ward.queryset = Area.objects.visible_to(self.reader).wards()
        languages: Any = self.fields["languages"]
        languages.queryset = Language.objects.visible_to(self.reader)
        parent: Any = self.fields["parent"]
        parent.rows = Organisation.objects.visible_to(self.reader)
        parent.stood_there = (
            self.initial.get("parent") if isinstance(self.initial.get("parent"), Organisation) else None
        )

    def row_arguments(self, name: str) -> dict[str, Any]:
        """The communities, read once for all rows."""
        rows = Community.objects.visible_to(self.reader).current().order_by("name")
        return {"communities": [("", "None"), *rows.values_list("pk", "name")]}

    def details(self) -> OrganisationDetails:
        """The group as it shall stand."""
        data = self.cleaned_data
        own = {name: data[name] for name in OWN_FIELDS if name not in ("kind", "version")}
        return OrganisationDetails(
            **own,
            kind=data["kind"] or Organisation.Kind.COMMUNITY_GROUP,
            phone=data["phone"],
            languages=list(data["languages"]),
            communities=[CommunityLinkDetails(row["community"], row["relation"]) for row in self.given("communities")],
        )


def initial_of(organisation: Organisation | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if organisation is None:
        return {}
    own: dict[str, Any] = {name: getattr(organisation, name) for name in OWN_FIELDS}
    return {**own, "phone": shown_phone(organisation.phone), "languages": list(organisation.languages.all())}


def rows_of(organisation: Organisation | None) -> dict[str, list[dict[str, Any]]]:
    """Its communities, a row each."""
    links: Any = organisation.community_links.all() if organisation else []
    return {"communities": [{"community": link.community_id, "relation": link.relation} for link in links]}
