"""Forms about outcomes: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.accounts.models import User
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from engagement.coproduction.decisions.details import CheckDetails, OutcomeDetails
from engagement.coproduction.decisions.forms.decisions import one_of_rows, text
from engagement.coproduction.decisions.models import Outcome, OutcomeCheck
from engagement.coproduction.frameworks.models import FrameworkPart

OWN = (
    "effect", "words", "for_whom", "since", "measure", "measure_before", "measure_after", "measure_source", "account",
)  # fmt: skip


def _line(label: str, most: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False)


class PartsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's is not generic at run time
    """Parts of frameworks, each with its framework."""

    def label_from_instance(self, obj: Any) -> str:
        """Framework, code and name."""
        return f"{obj.framework.name}, {obj.code}: {obj.name}"


class OutcomeForm(RowsForm):
    """What is different since a decision."""

    effect = forms.ChoiceField(
        label="Is anything different?", choices=Outcome.Effect.choices, widget=forms.RadioSelect, required=False
    )
    words = text("What is different, or what is not?", "Short sentences, plain words. No names.")
    for_whom = _line("For whom?", 300, "Like: carers in the East. Not a name.")
    since = DateBoxes(label="Since when?", required=False)
    measure = _line("What was measured? (optional)", 200, "Like: days until a carer is seen.")
    measure_before = _line("The figure before", 60)
    measure_after = _line("The figure after", 60)
    measure_source = _line("Where the figures come from (optional)", 200)
    account = text("What do people say about it? (optional)", "A measure or this must stand here. No names.")
    communities = forms.ModelMultipleChoiceField(
        label="Which communities is it different for? (optional)", queryset=Community.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    parts = PartsField(
        label="What does it count for? (optional)", queryset=FrameworkPart.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="It counts for every part that says the same, in every framework.",
    )  # fmt: skip
    owner = one_of_rows("Who answers for it?", "You")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["communities"].queryset = Community.objects.visible_to(self.reader).current().order_by("name")
        kept = self.initial.get("parts") or []
        offered = FrameworkPart.objects.visible_to(self.reader).to_link()
        fields["parts"].queryset = offered if not kept else (offered | _kept(kept)).distinct()
        fields["owner"].queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")

    def details(self) -> OutcomeDetails:
        """The outcome as it shall stand."""
        data = self.cleaned_data
        told = {name: data[name] for name in (*OWN, "owner")}
        return OutcomeDetails(**told, communities=list(data["communities"]), parts=list(data["parts"]))


def _kept(parts: list[Any]) -> Any:
    """What it was linked to stays to be chosen, though its edition may have ended."""
    rows = FrameworkPart.objects.filter(pk__in=parts).select_related("framework")
    return rows.order_by("framework__name", "framework_id", "position", "id")


class CorrectOutcomeForm(OutcomeForm):
    """An outcome is put right."""

    correction_reason = _line("Why is it changed?", 300, "What it said before stays readable.")


class CheckForm(RowsForm):
    """What some of those who asked say about it."""

    by_whom = _line("Who looked at it?", 150, "Like: four carers of the Monday group. Not a name.")
    verdict = forms.ChoiceField(
        label="Is it so?", choices=OutcomeCheck.Verdict.choices, widget=forms.RadioSelect, required=False
    )
    words = text("In their words (optional)", "No names.", rows=2, most=500)
    checked_on = DateBoxes(label="On which day?", required=False)

    def details(self) -> CheckDetails:
        """What they say."""
        data = self.cleaned_data
        return CheckDetails(data["by_whom"], data["verdict"], data["checked_on"], data["words"])


class FinishForm(RowsForm):
    """It is done."""

    reason = text(
        "Why was not everybody told? (only if somebody was not)", "In a few words. It stands beside the outcome.",
        rows=2, most=300,
    )  # fmt: skip


def initial_of(outcome: Outcome) -> dict[str, Any]:
    """What stands."""
    return {
        **{name: getattr(outcome, name) for name in (*OWN, "owner", "version")},
        "communities": [row.pk for row in outcome.communities.all()],
        "parts": [row.pk for row in outcome.parts.all()],
    }
