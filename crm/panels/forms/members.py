"""Forms about members of panels: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.panels.details.panels import LeaveDetails, MembershipDetails, NoteDetails
from crm.panels.models import MemberNote, Membership, Panel, Seat

Part = Membership.Part


class MembershipForm(RowsForm):
    """Where and as what somebody sits on one panel."""

    seat = forms.ModelChoiceField(
        label="Which seat?", queryset=Seat.objects.none(), required=False, empty_label="No seat of their own",
        help_text="A seat kept for a community is only for somebody who told us themselves that they belong there.",
    )  # fmt: skip
    role = forms.ChoiceField(label="As what?", choices=Part.choices, widget=forms.RadioSelect, required=False)
    substitutes = forms.ModelChoiceField(
        label="If they are a substitute: whom do they stand in for?", queryset=Membership.objects.none(),
        required=False, empty_label="Nobody",
    )  # fmt: skip
    lived_experience = forms.BooleanField(
        label="They say that they bring lived experience of care", help_text="Only as they say it themselves.",
        required=False,
    )  # fmt: skip
    first_day = DateBoxes(label="From", required=False)
    last_day = DateBoxes(
        label="Until (optional)", help_text="The last day of the term. That day still counts.", required=False
    )

    def __init__(self, *args: Any, panel: Panel, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panel, self.today = panel, today
        fields: dict[str, Any] = self.fields
        fields["seat"].queryset = Seat.objects.visible_to(self.reader).filter(panel=panel, ended_on=None)
        fields["seat"].label_from_instance = _name_of_seat
        fields["seat"].queryset = fields["seat"].queryset.select_related("reserved_for")
        members = Membership.objects.visible_to(self.reader).not_over(today).filter(panel=panel)
        members = members.exclude(role=Part.SUBSTITUTE).select_related("person").order_by("person__name", "id")
        fields["substitutes"].queryset = members
        fields["substitutes"].label_from_instance = lambda row: row.person.name

    def details(self) -> MembershipDetails:
        """Their place as it shall stand."""
        data = self.cleaned_data
        names = ("seat", "substitutes", "lived_experience", "first_day", "last_day")
        return MembershipDetails(**{name: data[name] for name in names}, role=data["role"] or Part.MEMBER)

    def remade_with(self) -> dict[str, Any]:
        """With the panel, too."""
        return {**super().remade_with(), "panel": self.panel, "today": self.today}


def _name_of_seat(seat: Seat) -> str:
    return f"{seat.name} (kept for: {seat.reserved_for.name})" if seat.reserved_for else seat.name


class LeaveForm(RowsForm):
    """Somebody leaves."""

    because = forms.ChoiceField(
        label="Why do they leave?", choices=Membership.Left.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label="In their words (optional)", widget=forms.Textarea(attrs={"rows": 3}), max_length=300, required=False
    )
    last_day = DateBoxes(label="Their last day", required=False)

    def details(self) -> LeaveDetails:
        """Why, and when."""
        data = self.cleaned_data
        return LeaveDetails(data["because"], data["words"], data["last_day"])


class NoteForm(RowsForm):
    """An interest or training."""

    kind = forms.ChoiceField(
        label="What is it?", choices=MemberNote.Kind.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(label="What did they declare, or what was the training?", max_length=300, required=False)
    happened_on = DateBoxes(label="When?", required=False)

    def details(self) -> NoteDetails:
        """What to note."""
        data = self.cleaned_data
        return NoteDetails(data["kind"], data["words"], data["happened_on"])


def initial_of(membership: Membership) -> dict[str, Any]:
    """What stands."""
    names = ("seat", "role", "substitutes", "lived_experience", "first_day", "last_day", "version")
    return {name: getattr(membership, name) for name in names}
