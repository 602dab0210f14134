"""The forms about purposes, permission and stopping: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.rows import RowForm, RowsForm
from crm.languages.models import Language
from crm.people.models import ContactWay, Person, PersonLanguage
from crm.privacy.details import (
    BasisDetails,
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.models import LawfulBasis, Objection, PrivacyNotice, Purpose, Restriction

BASIS = ("channel", "basis", "condition", "source")


def _purpose(**kwargs: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # Django's is not generic at run time
    return forms.ModelChoiceField(queryset=Purpose.objects.none(), required=False, **kwargs)


class BasisForm(RowForm):
    """What the purpose rests on, for one way or for all others."""

    key = "basis"
    beside = "Choose the lawful basis, or empty the row"

    channel = forms.ChoiceField(
        label="For which way", choices=[("", "Every way not named"), *ContactWay.Kind.choices], required=False
    )
    basis = forms.ChoiceField(label="Lawful basis", choices=[("", "None"), *LawfulBasis.Basis.choices], required=False)
    condition = forms.CharField(
        label="Special category condition (optional)",
        help_text=str(LawfulBasis._meta.get_field("condition").help_text),
        max_length=200,
        required=False,
    )
    source = forms.CharField(
        label="Where it is decided (optional)", help_text="Like: a policy and its date.", max_length=200, required=False
    )


class PurposeForm(RowsForm):
    """A purpose and what it rests on."""

    row_kinds = {"bases": BasisForm}

    name = forms.CharField(
        label="Name", help_text="In words a citizen understands. They read it.", max_length=120, required=False
    )
    words = forms.CharField(
        label="What we tell people (optional)",
        help_text="What we do, and what we never do.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    asks_permission = forms.BooleanField(
        label="Ask first", help_text=str(Purpose._meta.get_field("asks_permission").help_text), required=False
    )
    ended_on = DateBoxes(label="Not used since (optional)", required=False)

    def details(self) -> PurposeDetails:
        """The purpose as it shall stand."""
        own = {name: self.cleaned_data[name] for name in ("name", "words", "asks_permission", "ended_on")}
        return PurposeDetails(**own, bases=[BasisDetails(**row) for row in self.given("bases")])


def initial_of_purpose(purpose: Purpose | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    names = ("name", "words", "asks_permission", "ended_on", "version")
    return {name: getattr(purpose, name) for name in names} if purpose else {}


def rows_of_purpose(purpose: Purpose | None) -> dict[str, list[dict[str, Any]]]:
    """The lawful bases, a row each."""
    bases = purpose.bases.all() if purpose else ()
    return {"bases": [{name: getattr(basis, name) for name in BASIS} for basis in bases]}


def _languages_of(person: Person) -> list[Language]:
    """The languages a person speaks, signs or reads, the one they prefer first."""
    uses = person.language_uses.exclude(use=PersonLanguage.Use.READS_NOT).select_related("language")
    return list(dict.fromkeys(use.language for use in uses))


class NoticeForm(RowsForm):
    """That they were told what we do with what we know."""

    given_on = DateBoxes(label="When were they told?", required=False, initial=timezone.localdate)
    how = forms.ChoiceField(label="How?", choices=PrivacyNotice.How.choices, widget=forms.RadioSelect, required=False,
                            initial=PrivacyNotice.How.SPOKEN)  # fmt: skip
    language = forms.ModelChoiceField(
        label="In which language? (optional)", queryset=Language.objects.none(), required=False, empty_label="English"
    )
    told_of_by_others = forms.BooleanField(
        label="Somebody else told us about them",
        help_text=str(PrivacyNotice._meta.get_field("told_of_by_others").help_text),
        required=False,
    )

    def __init__(self, *args: Any, about: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset = Language.objects.visible_to(self.reader).order_by("name")
        own = _languages_of(about)
        others = [(one.pk, one.name) for one in language.queryset if one not in own]
        language.choices = [*((one.pk, one.name) for one in own), ("", language.empty_label), *others]
        language.initial = own[0].pk if own else None

    def details(self) -> NoticeDetails:
        """What was told."""
        data = self.cleaned_data
        return NoticeDetails(
            data["given_on"], data["how"] or PrivacyNotice.How.SPOKEN, data["language"], data["told_of_by_others"]
        )


class AboutPurposeForm(RowsForm):
    """A form with a purpose to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose: Any = self.fields["purpose"]
        purpose.queryset = Purpose.objects.visible_to(self.reader).current().order_by("name")


class PermissionForm(AboutPurposeForm):
    """That they said we may get in touch."""

    purpose = _purpose(label="What may we get in touch about?", empty_label="Choose")
    channel = forms.ChoiceField(label="How?", choices=[("", "Any way"), *ContactWay.Kind.choices], required=False)
    given_on = DateBoxes(label="When did they say so?", required=False, initial=timezone.localdate)
    how = forms.CharField(
        label="How did they say so?",
        help_text="Like: at the drop-in, in Urdu, to Amina.",
        max_length=150,
        required=False,
    )

    def details(self) -> PermissionDetails:
        """What they said."""
        return PermissionDetails(
            **{name: self.cleaned_data[name] for name in ("purpose", "channel", "given_on", "how")}
        )


class WithdrawForm(RowsForm):
    """That they took it back."""

    how = forms.CharField(
        label="How did they take it back?", help_text="Like: by phone, to Amina.", max_length=150, required=False
    )


class ObjectionForm(AboutPurposeForm):
    """That they object."""

    purpose = _purpose(label="What do they object to?", empty_label="Everything we do")
    raised_on = DateBoxes(label="When did they say so?", required=False, initial=timezone.localdate)
    words = forms.CharField(
        label="In their words (optional)", help_text="They need give no reason.", max_length=300, required=False
    )

    def details(self) -> ObjectionDetails:
        """What they said."""
        data = self.cleaned_data
        return ObjectionDetails(raised_on=data["raised_on"], purpose=data["purpose"], words=data["words"])


class DecisionForm(RowsForm):
    """What was decided on an objection."""

    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=[choice for choice in Objection.Outcome.choices if choice[0] != Objection.Outcome.OPEN],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label="Why?", help_text=str(Objection._meta.get_field("reason").help_text), max_length=300, required=False
    )


class RestrictionForm(RowsForm):
    """That their record shall only be stored."""

    ground = forms.ChoiceField(
        label="Why?", choices=Restriction.Ground.choices, widget=forms.RadioSelect, required=False,
        initial=Restriction.Ground.ASKED,
    )  # fmt: skip
    asked_on = DateBoxes(label="When did they ask?", required=False, initial=timezone.localdate)
    words = forms.CharField(label="In their words (optional)", max_length=300, required=False)

    def details(self) -> RestrictionDetails:
        """What they asked."""
        data = self.cleaned_data
        return RestrictionDetails(data["asked_on"], data["ground"] or Restriction.Ground.ASKED, data["words"])


class LiftForm(RowsForm):
    """Why the record may be used again."""

    reason = forms.CharField(
        label="Why may we use it again?",
        help_text="Tell them before you save. They can read these words.",
        max_length=300,
        required=False,
    )
