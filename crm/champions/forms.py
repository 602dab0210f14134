"""The forms about champions and roles in governance: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.forms import DateBoxes
from crm.base.naming import NamedField
from crm.base.rows import RowForm, RowsForm
from crm.champions.details import AppointmentDetails, GovernanceRoleDetails, LearningDetails
from crm.champions.handover import what_stays, who_can_take_over
from crm.champions.models import Appointment, GovernanceRole, Learning
from crm.communities.models import Community
from crm.people.models import Person

OWN_FIELDS = (
    "name", "kind", "locality", "first_day", "last_day", "hours_a_month", "may_decide", "person", "version",
)  # fmt: skip


def _help(model: Any, field: str) -> str:
    return str(model._meta.get_field(field).help_text)


class CommunityForm(RowForm):
    """One community they stand for."""

    key = "community"

    community = forms.ModelChoiceField(
        label="Community", queryset=Community.objects.none(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = Community.objects.filter(merged_into=None)
        community.choices = communities


class AppointmentForm(RowsForm):
    """A champion's term. Where there is an account or an open invitation, none is asked for."""

    row_kinds = {"communities": CommunityForm}

    name = forms.CharField(
        label="Name they use", help_text=_help(Appointment, "name"), max_length=150, required=False
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Do they work for the council?", choices=Appointment.Kind.choices, widget=forms.RadioSelect,
        initial=Appointment.Kind.CITIZEN, error_messages={"required": "Choose one"},
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Locality", queryset=Area.objects.none(), required=False, empty_label="Choose"
    )  # fmt: skip
    first_day = DateBoxes(label="First day of the term", required=False)
    last_day = DateBoxes(
        label="Last day of the term (optional)",
        help_text="Needed with an account: it works as long as the term.",
        required=False,
    )
    hours_a_month = forms.IntegerField(
        label="Hours a month they can give (optional)", required=False, min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Enter a number of hours, like 6"},
    )  # fmt: skip
    may_decide = forms.CharField(
        label="What may they decide? (optional)", help_text=_help(Appointment, "may_decide"),
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip
    person = NamedField(
        label="Their record as a citizen (optional)", help_text="The name as it stands in Heard.",
        unknown="We do not know this person, or you may not see them", rows=Person.objects.none(),
    )  # fmt: skip
    user = forms.ModelChoiceField(
        label="Their account in Heard (optional)", queryset=User.objects.none(), required=False,
        empty_label="None",
        help_text="They see the groups of their locality and their own contacts, nobody's needs, until the last day.",
    )  # fmt: skip
    invite_email = forms.CharField(
        label="Or invite them to an account (optional)",
        help_text="Their e-mail address.",
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, stands: Appointment | None = None, asks_account: bool = True, **kwargs: Any) -> None:
        self.stands, self.asks_account = stands, asks_account
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["locality"].queryset = Area.objects.visible_to(self.reader).localities().on(timezone.localdate())
        fields["person"].rows = Person.objects.visible_to(self.reader)
        fields["person"].stood_there = stands.person if stands else None
        fields["user"].queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name", "id")
        fields["invite_email"].widget.attrs["autocomplete"] = "off"
        if stands is not None:
            del fields["locality"]
        if not asks_account:
            del fields["user"], fields["invite_email"]

    def row_arguments(self, name: str) -> dict[str, Any]:
        """The communities to choose from, asked for once."""
        if not hasattr(self, "_communities"):
            known = Community.objects.visible_to(self.reader).current().order_by("name")
            self._communities = [("", "None"), *known.values_list("pk", "name")]
        return {"communities": self._communities}

    def details(self) -> AppointmentDetails:
        """The appointment as it shall stand."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        communities = list(dict.fromkeys(row["community"] for row in self.given("communities")))
        return AppointmentDetails(**data, communities=communities)

    def remade_with(self) -> dict[str, Any]:
        """With the appointment that stands."""
        return {**super().remade_with(), "stands": self.stands, "asks_account": self.asks_account}


def initial_of(appointment: Appointment | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if appointment is None:
        return {"kind": Appointment.Kind.CITIZEN, "first_day": timezone.localdate()}
    return {name: getattr(appointment, name) for name in OWN_FIELDS}


class HandOverForm(RowsForm):
    """Who takes over what a champion has open."""

    hand_over_to = forms.ModelChoiceField(
        label="Who takes over?", help_text="A colleague who works in this locality. They see what passes to them.",
        queryset=User.objects.none(), required=False, empty_label="Nobody",
    )  # fmt: skip

    def __init__(self, *args: Any, stands: Appointment, **kwargs: Any) -> None:
        self.stands = stands
        super().__init__(*args, **kwargs)
        taker: Any = self.fields["hand_over_to"]
        taker.queryset = who_can_take_over(stands.locality, besides=stands.user_id)
        taker.help_text = f"{taker.help_text} {what_stays()}".strip()

    def remade_with(self) -> dict[str, Any]:
        """With the appointment."""
        return {**super().remade_with(), "stands": self.stands}


class EndForm(HandOverForm):
    """When and why a term ends."""

    last_day = DateBoxes(label="Last day", help_text="Today or earlier.", required=False)
    reason = forms.CharField(label="Why does it end?", help_text="In a few words.", max_length=200, required=False)
    field_order = ("last_day", "reason", "hand_over_to", "version")


class LearningForm(RowsForm):
    """Induction, training or mentoring."""

    kind = forms.ChoiceField(
        label="What was it?", choices=Learning.Kind.choices, widget=forms.RadioSelect, required=False
    )  # fmt: skip
    words = forms.CharField(label="What was it about?", max_length=200, required=False)
    happened_on = DateBoxes(label="When?", required=False, initial=timezone.localdate)
    hours = forms.DecimalField(
        label="Hours (optional)", help_text=_help(Learning, "hours"), required=False, min_value=0, max_digits=5,
        decimal_places=1, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Enter a number of hours, like 1.5"},
    )  # fmt: skip
    other = forms.CharField(
        label="With whom? (optional)", help_text=_help(Learning, "other"), max_length=150, required=False
    )  # fmt: skip

    def details(self) -> LearningDetails:
        """What they learnt."""
        return LearningDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class GovernanceRoleForm(RowsForm):
    """What somebody is in a body that governs."""

    kind = forms.ChoiceField(
        label="What are they?", choices=GovernanceRole.Kind.choices, widget=forms.RadioSelect, required=False
    )  # fmt: skip
    body = forms.CharField(label="Where?", help_text=_help(GovernanceRole, "body"), max_length=200, required=False)
    first_day = DateBoxes(label="From", required=False)
    last_day = DateBoxes(label="Until (optional)", required=False)

    def details(self) -> GovernanceRoleDetails:
        """The role as it shall stand."""
        return GovernanceRoleDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def initial_of_role(role: GovernanceRole) -> dict[str, Any]:
    """What stands."""
    return {name: getattr(role, name) for name in ("kind", "body", "first_day", "last_day", "version")}


class EndRoleForm(RowsForm):
    """Until when somebody was in a body that governs."""

    last_day = DateBoxes(label="Last day", required=False)


class InfluenceForm(RowsForm):
    """What came out differently because somebody spoke."""

    words = forms.CharField(
        label="What came out differently?",
        help_text="Like: the letter about charges now begins with the phone number.",
        max_length=300, required=False,
    )  # fmt: skip
    happened_on = DateBoxes(label="When?", required=False, initial=timezone.localdate)
