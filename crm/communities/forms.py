"""Forms about communities: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.areas.models import Area
from crm.base.rows import RowForm, RowsForm
from crm.communities.details import CommunityDetails, RhythmDetails
from crm.communities.models import Community
from crm.languages.models import Language

OWN_FIELDS = (
    "name", "kind", "parent", "description", "good_to_know", "rhythm_days", "asks_in_90_days", "source", "version",
)  # fmt: skip
LARGEST_NUMBER = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)
WHOLE_NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-4"}


def words_of(model: Any, field: str) -> str:
    """The help a model gives about a field, so that it is written once."""
    return str(model._meta.get_field(field).help_text)


class RhythmForm(RowForm):
    """How often to hear from the community in one locality."""

    key = "locality"
    beside = "Choose the locality, or empty the row"

    locality = forms.ModelChoiceField(
        label="Locality", queryset=Area.objects.none(), required=False, empty_label="None"
    )
    rhythm_days = forms.IntegerField(
        label="Hear from them there every … days",
        required=False,
        widget=forms.TextInput(attrs=WHOLE_NUMBER),
        max_value=LARGEST_NUMBER,
        error_messages={"invalid": "Write a number of days, 1 or more"},
    )

    def __init__(self, *args: Any, localities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locality: Any = self.fields["locality"]
        locality.queryset = Area.objects.localities()
        locality.choices = localities


class CommunityForm(RowsForm):
    """Everything about a community."""

    row_kinds = {"rhythms": RhythmForm}

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
        widget=forms.TextInput(attrs=WHOLE_NUMBER),
        max_value=LARGEST_NUMBER,
        error_messages={"invalid": "Write a number of days, 1 or more"},
    )
    asks_in_90_days = forms.IntegerField(
        label="Ask them at most … times in 90 days",
        help_text=words_of(Community, "asks_in_90_days"),
        required=False,
        widget=forms.TextInput(attrs=WHOLE_NUMBER),
        min_value=0,
        max_value=LARGEST_NUMBER,
        error_messages={"invalid": "Write a number, 0 or more"},
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

    def row_arguments(self, name: str) -> dict[str, Any]:
        """The localities, read once for all rows."""
        rows = Area.objects.visible_to(self.reader).localities()
        return {"localities": [("", "None"), *rows.values_list("pk", "name")]}

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
            asks_in_90_days=CommunityDetails.asks_in_90_days
            if data["asks_in_90_days"] is None
            else data["asks_in_90_days"],
            rhythms=[RhythmDetails(row["locality"], row["rhythm_days"] or 0) for row in self.given("rhythms")],
            source=data["source"],
        )


def initial_of(community: Community | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if community is None:
        return {"kind": Community.Kind.COMMUNITY, "rhythm_days": 90, "asks_in_90_days": 6}
    own: dict[str, Any] = {name: getattr(community, name) for name in OWN_FIELDS}
    return {**own, "languages": list(community.languages.all())}


def rows_of(community: Community | None) -> dict[str, list[dict[str, Any]]]:
    """The rows the form shows before anything is typed."""
    known = list(community.rhythms.all()) if community else []
    return {"rhythms": [{"locality": row.locality_id, "rhythm_days": row.rhythm_days} for row in known]}


class GoodToKnowForm(RowsForm):
    """Only what is good to know."""

    good_to_know = forms.CharField(
        label="Good to know",
        help_text=words_of(Community, "good_to_know"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


class MergeForm(RowsForm):
    """Which community stays, and why the two are one."""

    into = forms.ModelChoiceField(
        label="Which one stays?",
        queryset=Community.objects.none(),
        required=False,
        empty_label="Choose",
    )
    reason = forms.CharField(
        label="Why are they one?",
        help_text="In a few words, like: the elders asked to be called by one name.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = Community.objects.visible_to(self.reader).current().exclude(pk=community.pk).order_by("name")

    def clean_into(self) -> Community:
        """Asks for it."""
        into: Community | None = self.cleaned_data["into"]
        if into is None:
            raise forms.ValidationError("Choose the community that stays")
        return into
