"""The forms about what groups offer, what they were given, and who confirmed it: they translate and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.accounts.models import User
from crm.base.actors import FIELD_ROLES
from crm.base.forms import DateBoxes, GovukForm
from crm.base.rows import RowsForm
from crm.languages.models import Language
from crm.organisations.details import ServiceDetails, SupportGivenDetails
from crm.organisations.models import Service, SupportGiven

SERVICE_FIELDS = (
    "name", "description", "who_for", "when", "cost", "how_to_join", "status", "in_directory", "version",
)  # fmt: skip
SUPPORT_FIELDS = ("kind", "given_on", "words", "hours", "people", "given_by", "version")


def _words(field: str, label: str, limit: int, **kwargs: Any) -> forms.CharField:
    help_text = str(Service._meta.get_field(field).help_text)  # type: ignore[union-attr]
    return forms.CharField(label=label, help_text=help_text, max_length=limit, required=False, **kwargs)


class ConfirmForm(GovukForm):
    """Who in the group said that what we know is right."""

    with_whom = forms.CharField(
        label="Who in the group said so?", help_text="By role, like: the chair.", max_length=150, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ServiceForm(RowsForm):
    """Something a group offers people."""

    name = forms.CharField(label="Name of the service", max_length=200, required=False)
    description = _words(
        "description", "What happens there? (optional)", 5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    who_for = _words("who_for", "Who is it for? (optional)", 300)
    when = _words("when", "When? (optional)", 200)
    cost = _words("cost", "What does it cost? (optional)", 200)
    how_to_join = _words("how_to_join", "How do people join? (optional)", 300)
    languages = forms.ModelMultipleChoiceField(
        label="Languages spoken there (optional)",
        queryset=Language.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    status = forms.ChoiceField(label="Does it run?", choices=Service.Status.choices, required=False)
    in_directory = forms.BooleanField(label="Show it in the public directory", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["languages"]
        languages.queryset = Language.objects.visible_to(self.reader)

    def details(self) -> ServiceDetails:
        """The service as it shall stand."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        data["status"] = data["status"] or Service.Status.ACTIVE
        return ServiceDetails(**{**data, "languages": list(data["languages"])})


class SupportGivenForm(RowsForm):
    """Support, mentoring or training that a group was given."""

    kind = forms.ChoiceField(label="What did you give?", choices=SupportGiven.Kind.choices, widget=forms.RadioSelect,
                             initial=SupportGiven.Kind.SUPPORT, required=False)  # fmt: skip
    given_on = DateBoxes(label="Which day?", required=False)
    words = forms.CharField(label="What was it about?", max_length=300, required=False)
    hours = forms.DecimalField(
        label="How many hours? (optional)",
        help_text="Like 1.5",
        max_digits=5,
        decimal_places=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write the hours as a number, like 1.5"},
    )
    people = forms.IntegerField(
        label="How many people took part? (optional)",
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "invalid": "Write a number, like 12",
            "min_value": "Write a number of 1 or more, or leave it empty",
            "max_value": "Write a number of 100,000 or less",
        },
    )
    given_by = forms.ModelChoiceField(
        label="Who gave it? (optional)", queryset=User.objects.none(), required=False, empty_label="You"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver: Any = self.fields["given_by"]
        meeting = User.objects.visible_to(self.reader).filter(is_active=True, grants__role__in=FIELD_ROLES)
        known = self.initial.get("given_by")
        if isinstance(known, User):  # who gave it may have left since
            meeting = User.objects.filter(pk=known.pk) | User.objects.filter(pk__in=meeting.values("pk"))
        giver.queryset = meeting.distinct().order_by("name", "id")
        if isinstance(known, User):
            giver.empty_label, self.initial["given_by"] = None, known.pk

    def details(self) -> SupportGivenDetails:
        """What was given."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return SupportGivenDetails(**{**data, "kind": data["kind"] or SupportGiven.Kind.SUPPORT})


def initial_of_service(service: Service | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if service is None:
        return {}
    own = {name: getattr(service, name) for name in SERVICE_FIELDS}
    return {**own, "languages": list(service.languages.all())}


def initial_of_support(support: SupportGiven | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if support is None:
        return {"given_on": timezone.localdate()}
    return {name: getattr(support, name) for name in SUPPORT_FIELDS}
