"""Forms about communities: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.forms import GovukForm
from crm.base.rows import RowsForm
from crm.communities.details import CommunityDetails
from crm.communities.models import Community
from crm.languages.models import Language

OWN_FIELDS = ("name", "kind", "parent", "description", "good_to_know", "rhythm_days", "source", "version")


def words_of(model: Any, field: str) -> str:
    """The help a model gives about a field, so that it is written once."""
    return str(model._meta.get_field(field).help_text)


class CommunityForm(RowsForm):
    """Everything about a community."""

    name = forms.CharField(label="Name", help_text=words_of(Community, "name"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label="What is it?", choices=Community.Kind.choices, widget=forms.RadioSelect, required=False
    )
    parent = forms.ModelChoiceField(
        label="Lies in (optional)", queryset=Community.objects.none(), required=False, empty_label="None"
    )
    description = forms.CharField(
        label="Who is this? (optional)",
        help_text=words_of(Community, "description"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    good_to_know = forms.CharField(
        label="Good to know (optional)",
        help_text=words_of(Community, "good_to_know"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    languages = forms.ModelMultipleChoiceField(
        label="Languages (optional)",
        queryset=Language.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    rhythm_days = forms.IntegerField(
        label="Hear from them every … days",
        help_text=words_of(Community, "rhythm_days"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Write a number of days, 1 or more"},
    )
    source = forms.CharField(
        label="Source (optional)", help_text=words_of(Community, "source"), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Community.objects.visible_to(self.reader).current()
        languages: Any = self.fields["languages"]
        languages.queryset = Language.objects.visible_to(self.reader)

    def details(self) -> CommunityDetails:
        """The community as it shall stand."""
        data = self.cleaned_data
        return CommunityDetails(
            name=data["name"],
            kind=data["kind"] or Community.Kind.COMMUNITY,
            parent=data["parent"],
            description=data["description"],
            good_to_know=data["good_to_know"],
            languages=list(data["languages"]),
            rhythm_days=data["rhythm_days"] or 0,
            source=data["source"],
        )


def initial_of(community: Community | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if community is None:
        return {"kind": Community.Kind.COMMUNITY, "rhythm_days": 90}
    own: dict[str, Any] = {name: getattr(community, name) for name in OWN_FIELDS}
    return {**own, "languages": list(community.languages.all())}


class GoodToKnowForm(GovukForm):
    """Only what is good to know."""

    good_to_know = forms.CharField(
        label="Good to know",
        help_text=words_of(Community, "good_to_know"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
