"""The forms about venues: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.areas.models import Area
from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.phones import shown_phone
from crm.base.rows import RowsForm
from crm.organisations.models import Organisation
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import Venue, VenueFact

OWN_FIELDS = ("name", "organisation", "area", "address", "how_to_get_there", "map_point", "closed_on", "version")


def _help(model: Any, field: str) -> str:
    return str(model._meta.get_field(field).help_text)


class VenueForm(RowsForm):
    """A place to meet."""

    name = forms.CharField(label="Name of the venue", max_length=200, required=False)
    organisation = NamedField(
        label="Whose place is it? (optional)",
        help_text="The name of a group, as it stands in Heard.",
        unknown="We do not know this group. Add it to the groups first",
        rows=Organisation.objects.none(),
    )
    area = forms.ModelChoiceField(
        label="Ward (optional)", queryset=Area.objects.none(), required=False, empty_label="Not known"
    )
    address = forms.CharField(label="Address (optional)", max_length=300, required=False)
    how_to_get_there = forms.CharField(
        label="How to get there (optional)",
        help_text=_help(Venue, "how_to_get_there"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    phone = forms.CharField(
        label="Phone (optional)",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"}),
    )
    map_point = forms.CharField(
        label="Where on the map (optional)", help_text=_help(Venue, "map_point"), max_length=40, required=False
    )
    closed_on = DateBoxes(label="Not used since (optional)", help_text="Leave empty while it is used.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward: Any = self.fields["area"]
        ward.queryset = Area.objects.visible_to(self.reader).wards()
        owner: Any = self.fields["organisation"]
        owner.rows = Organisation.objects.visible_to(self.reader)
        known = self.initial.get("organisation")
        owner.stood_there = known if isinstance(known, Organisation) else None

    def details(self) -> VenueDetails:
        """The venue as it shall stand."""
        return VenueDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class FactForm(RowsForm):
    """What was found about one thing."""

    answer = forms.ChoiceField(
        label="What did you find?",
        choices=[*VenueFact.Answer.choices, ("unknown", "We do not know")],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label="In words (optional)", help_text=_help(VenueFact, "words"), max_length=300, required=False
    )
    checked_on = DateBoxes(label="Which day was it checked?", required=False, initial=timezone.localdate)
    checked_with = forms.CharField(
        label="With whom? (optional)", help_text=_help(VenueFact, "checked_with"), max_length=150, required=False
    )

    def clean_answer(self) -> str:
        """Asks for it: no answer must not pass for "we do not know"."""
        answer: str = self.cleaned_data["answer"]
        if not answer:
            raise forms.ValidationError("Choose what you found")
        return answer

    def details(self, about: str) -> VenueFactDetails:
        """The line as it shall stand."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        answer = data.pop("answer")
        return VenueFactDetails(about=about, answer=None if answer == "unknown" else answer, **data)


def initial_of(venue: Venue | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if venue is None:
        return {}
    return {**{name: getattr(venue, name) for name in OWN_FIELDS}, "phone": shown_phone(venue.phone)}


def initial_of_fact(venue: Venue, about: str) -> dict[str, Any]:
    """What is known of this thing: the answer and the words. Who checks today, and when, is another matter."""
    fact = next((fact for fact in venue.facts.all() if fact.about == about), None)
    known = {"answer": fact.answer, "words": fact.words} if fact else {}
    return {**known, "version": venue.version}
