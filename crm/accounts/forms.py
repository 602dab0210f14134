"""Forms about staff: who is invited, which role they get, and keys for other systems."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Team, TokenScope
from crm.accounts.rules import MOST_TOKEN_DAYS, TOKEN_DAYS
from crm.accounts.signin_forms import HINT_FOR_NEW
from crm.areas.models import Area
from crm.base.actors import Actor, Role
from crm.base.forms import DateBoxes, GovukForm


class RoleForm(GovukForm):
    """A role to give."""

    role = forms.ChoiceField(label="Role", choices=Role, widget=forms.RadioSelect, required=False)
    team = forms.ModelChoiceField(
        label="Team (optional)", queryset=Team.objects.none(), required=False, empty_label="No team"
    )
    locality = forms.ModelChoiceField(
        label="Locality (optional)",
        help_text="With no team and no locality, the role reaches everywhere.",
        queryset=Area.objects.none(),
        required=False,
        empty_label="No locality",
    )
    first_day = DateBoxes(label="First day (optional)", help_text="Empty means today.", required=False)
    last_day = DateBoxes(label="Last day (optional)", help_text="Empty means until somebody ends it.", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limited = {
            "team": Team.objects.visible_to(actor).for_list(),
            "locality": Area.objects.visible_to(actor).localities(),
        }
        for name, choices in limited.items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]

    def details(self) -> RoleDetails:
        """What was asked for."""
        given = self.cleaned_data
        return RoleDetails(
            role=given.get("role") or "",
            team=given.get("team"),
            locality=given.get("locality"),
            first_day=given.get("first_day"),
            last_day=given.get("last_day"),
        )


class InvitationForm(RoleForm):
    """Who is invited, and to which role. The role begins on the day they open the account."""

    name = forms.CharField(label="Name", help_text="As colleagues know them.", required=False, max_length=150)
    email = forms.CharField(label="E-mail address", required=False, max_length=254)
    first_day = last_day = None  # type: ignore[assignment]
    field_order = ("name", "email", "role", "team", "locality")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email"):  # somebody else's: the browser must not offer the administrator's own
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def invitation(self) -> InvitationDetails:
        """What was asked for."""
        given = self.cleaned_data
        return InvitationDetails(name=given.get("name", ""), email=given.get("email", ""), role=self.details())


class EndRoleForm(GovukForm):
    """When a role ends."""

    last_day = DateBoxes(label="Last day (optional)", help_text="Empty means the role ends now.", required=False)


class PasswordForm(GovukForm):
    """The password of a new account."""

    password = forms.CharField(
        label="Choose a password",
        help_text=HINT_FOR_NEW,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": "Choose a password"},
    )


class TokenForm(GovukForm):
    """A key for another system."""

    name = forms.CharField(
        label="What is the key for?",
        help_text="Like: monthly report. Do not write names of people.",
        required=False,
        max_length=100,
    )
    scope = forms.ChoiceField(
        label="What may it do?", choices=TokenScope, widget=forms.RadioSelect, required=False, initial=TokenScope.READ
    )
    days = forms.IntegerField(
        label="For how many days?",
        help_text=f"At most {MOST_TOKEN_DAYS}.",
        required=False,
        initial=TOKEN_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": f"Enter a number of days from 1 to {MOST_TOKEN_DAYS}"},
    )
