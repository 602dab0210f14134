"""Forms about panels and their seats: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.areas.models import Area, AreaKind
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from crm.panels.details.panels import NatureDetails, PanelDetails, SeatDetails
from crm.panels.models import Panel, PanelKind, Power, Seat

POWERS = ("agenda_power", "budget_power", "words_power")
OWN_FIELDS = ("name", "terms", "locality", "lived_experience_wanted", *POWERS, "first_day", "version")


def _radios(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def _text(label: str, help_text: str, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), required=False
    )


class PanelForm(RowsForm):
    """Everything about a panel but its nature."""

    name = forms.CharField(label="Name", max_length=150, required=False)
    terms = _text("Terms of reference (optional)", "How often it meets, who may come, how it decides, how it ends.")
    locality = forms.ModelChoiceField(
        label="Locality", help_text="None means the whole council.", queryset=Area.objects.none(), required=False,
        empty_label="The whole council",
    )  # fmt: skip
    communities = forms.ModelMultipleChoiceField(
        label="Which communities do the terms ask for? (optional)", queryset=Community.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    lived_experience_wanted = forms.IntegerField(
        label="Of every 10 members, how many should bring lived experience? (optional)",
        help_text="A number from 0 to 10.", required=False, min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={"invalid": "Write a number from 0 to 10", "min_value": "Write a number from 0 to 10"},
    )  # fmt: skip
    agenda_power = _radios("Who may change the agenda?", Power.choices)
    budget_power = _radios("Who may change the budget?", Power.choices)
    words_power = _radios("Who may change the words that are published?", Power.choices)
    first_day = DateBoxes(label="Meets since", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["locality"].queryset = Area.objects.visible_to(self.reader).filter(kind=AreaKind.LOCALITY)
        fields["communities"].queryset = Community.objects.visible_to(self.reader).current().order_by("name")

    def details(self) -> PanelDetails:
        """The panel as it shall stand."""
        data = self.cleaned_data
        plain: dict[str, Any] = {
            name: data[name] for name in ("name", "terms", "locality", "lived_experience_wanted", "first_day")
        }
        powers: dict[str, Any] = {name: data[name] or Power.COUNCIL for name in POWERS}
        return PanelDetails(**plain, **powers, communities=list(data["communities"]), grew_from=data.get("grew_from"))


class NewPanelForm(PanelForm):
    """A new panel: what it is and what for stand with it."""

    kind = _radios("What kind of body is it?", PanelKind.choices)
    purpose = _text("What is it for?", "In words a citizen understands.", 3)
    grew_from = forms.ModelChoiceField(
        label="Which body did it grow out of? (optional)",
        help_text="Like a citizen panel that became focus groups.",
        queryset=Panel.objects.none(), required=False, empty_label="None",
    )  # fmt: skip
    field_order = ["name", "kind", "purpose", "terms"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grew_from: Any = self.fields["grew_from"]
        grew_from.queryset = Panel.objects.visible_to(self.reader).order_by("name")

    def nature(self) -> NatureDetails:
        """What it is and what for."""
        return NatureDetails(self.cleaned_data["kind"], self.cleaned_data["purpose"])


class NatureForm(RowsForm):
    """A panel becomes something else."""

    kind = _radios("What kind of body is it now?", PanelKind.choices)
    purpose = _text("What is it for now?", "In words a citizen understands.", 3)
    reason = forms.CharField(label="Why does it change?", max_length=300, required=False)
    changed_on = DateBoxes(label="Since when?", required=False)

    def details(self) -> NatureDetails:
        """What it becomes."""
        data = self.cleaned_data
        return NatureDetails(data["kind"], data["purpose"], data["reason"], data["changed_on"])


class EndPanelForm(RowsForm):
    """A panel ends."""

    reason = forms.CharField(label="Why does it end?", max_length=300, required=False)
    ended_on = DateBoxes(label="Its last day", required=False)


class SeatForm(RowsForm):
    """A seat."""

    name = forms.CharField(
        label="What is the seat called?", help_text="Like: carer seat, or seat 4.", max_length=100, required=False
    )
    reserved_for = forms.ModelChoiceField(
        label="Is it kept for a community?", queryset=Community.objects.none(), required=False,
        empty_label="No, it is open to everybody",
        help_text="Only somebody who told us themselves that they belong there can then sit in it.",
    )  # fmt: skip
    aim = forms.CharField(
        label="If it is kept: why?", help_text=str(Seat._meta.get_field("aim").help_text), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reserved: Any = self.fields["reserved_for"]
        reserved.queryset = Community.objects.visible_to(self.reader).current().order_by("name")

    def details(self) -> SeatDetails:
        """The seat as it shall stand."""
        data = self.cleaned_data
        return SeatDetails(data["name"], data["reserved_for"], data["aim"])


class EndSeatForm(RowsForm):
    """Nothing to fill in."""


def initial_of(panel: Panel | None) -> dict[str, Any]:
    """What stands; for a new panel, that the council alone decides until something else is said."""
    if panel is None:
        return dict.fromkeys(POWERS, Power.COUNCIL)
    return {**{name: getattr(panel, name) for name in OWN_FIELDS}, "communities": panel.communities.all()}
