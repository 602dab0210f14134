"""The form about a group: it translates, holds no rule and never saves."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.areas.models import Area, AreaKind
from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.phones import shown_phone
from crm.base.rows import RowForm, RowsForm
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.details import CommunityLinkDetails, NetworkDetails, OrganisationDetails
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity

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


class AreaServedForm(RowForm):
    """One area the group serves."""

    key = "area"

    area = forms.ModelChoiceField(label="Area", queryset=Area.objects.none(), required=False, empty_label="None")

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset, area.choices = Area.objects.all(), areas


class NetworkForm(RowForm):
    """One network the group is in."""

    key = "network"
    beside = "Write the name of the network, or empty the row"

    network = NamedField(
        label="Network",
        help_text="Its name as it stands in Heard.",
        unknown="We do not know this network. Add it to the groups first",
        rows=Organisation.objects.none(),
    )
    part = forms.ChoiceField(
        label="What the group does there",
        choices=[("", "Choose"), *NetworkMember.Part.choices],
        required=False,
    )
    first_day = DateBoxes(label="From (optional)", required=False)
    last_day = DateBoxes(label="Until (optional)", required=False)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network: Any = self.fields["network"]
        network.rows = groups
        known = self.initial.get("network")
        network.stood_there = known if isinstance(known, Organisation) else None

    def clean_part(self) -> str:
        """Asks for it when a network was named."""
        part: str = self.cleaned_data["part"]
        if self.cleaned_data.get("network") and not part:
            raise forms.ValidationError("Choose whether the group leads the network or is a member")
        return part


class OrganisationForm(RowsForm):
    """Everything about a group."""

    row_kinds = {"communities": CommunityLinkForm, "areas": AreaServedForm, "networks": NetworkForm}

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
        """What each group of rows chooses from, read once for all of its rows."""
        if name == "networks":
            return {"groups": Organisation.objects.visible_to(self.reader)}
        if name == "areas":
            return {"areas": _area_choices(self.reader)}
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
            areas_served=[row["area"] for row in self.given("areas")],
            networks=[NetworkDetails(**row) for row in self.given("networks")],
        )


def _area_choices(reader: Any) -> list[Any]:
    """Areas by kind. One that has ended says so: a scheme may still name an old constituency."""
    found: dict[str, list[tuple[Any, str]]] = {kind: [] for kind in AreaKind.values}
    for area in Area.objects.visible_to(reader).order_by("name", "-first_day"):
        found[area.kind].append((area.pk, f"{area.name} (until {area.last_day:%Y})" if area.last_day else area.name))
    return [("", "None"), *((AreaKind(kind).label, rows) for kind, rows in found.items() if rows)]


def initial_of(organisation: Organisation | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if organisation is None:
        return {}
    own: dict[str, Any] = {name: getattr(organisation, name) for name in OWN_FIELDS}
    return {**own, "phone": shown_phone(organisation.phone), "languages": list(organisation.languages.all())}


def rows_of(organisation: Organisation | None, reader: Any) -> dict[str, list[dict[str, Any]]]:
    """Its communities, areas and the networks the reader may see, a row each."""
    if organisation is None:
        return {}
    networks = list(organisation.networks.all())
    seen = Organisation.objects.seen_among(reader, {row.network_id for row in networks})
    names = ("network", "part", "first_day", "last_day")
    return {
        "communities": [
            {"community": link.community_id, "relation": link.relation} for link in organisation.community_links.all()
        ],
        "areas": [{"area": area.pk} for area in organisation.areas_served.all()],
        "networks": [{name: getattr(row, name) for name in names} for row in networks if row.network_id in seen],
    }
