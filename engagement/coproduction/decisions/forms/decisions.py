"""Forms about decisions: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.text import Truncator

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.forms import DateBoxes
from crm.base.rows import RowForm, RowsForm
from engagement.coproduction.decisions.details import DecisionDetails, EvidenceDetails, OptionDetails
from engagement.coproduction.decisions.models import Answer, Decision, Evidence
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme
from engagement.log.models import Point

OWN = ("question", "answer", "reason", "will_do", "will_by", "look_again_on", "decided_on", "decided_by", "authority")


def text(label: str, help_text: str = "", *, rows: int = 3, most: int = 2000) -> forms.CharField:
    """A box for several lines."""
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=box, required=False)


def one_of_rows(label: str, empty: str, help_text: str = "") -> Any:
    """A list to choose one record from; the form says which ones there are."""
    return forms.ModelChoiceField(
        label=label, help_text=help_text, queryset=User.objects.none(), required=False, empty_label=empty
    )


class OptionForm(RowForm):
    """Something that could have been decided."""

    key = "words"
    beside = "Write what could have been decided, or empty the row"

    words = forms.CharField(label="What could have been decided", max_length=500, required=False)
    chosen = forms.BooleanField(label="This was chosen", required=False)
    why = forms.CharField(label="Why it was chosen or refused", max_length=500, required=False)


class EvidenceForm(RowForm):
    """Something that was weighed."""

    key = "words"
    beside = "Write what it says, or empty the row"

    kind = forms.ChoiceField(label="What sort", choices=[("", "Choose"), *Evidence.Kind.choices], required=False)
    words = forms.CharField(label="What it says", max_length=500, required=False)
    source = forms.CharField(label="Where it stands (optional)", max_length=300, required=False)


class PointsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's is not generic at run time
    """Points to choose from, shown by their words."""

    def label_from_instance(self, obj: Any) -> str:
        """The beginning of what was said, and when."""
        return f"{Truncator(obj.words).chars(120)} ({obj.event.occurred_on:%d/%m/%Y})"


class DecisionForm(RowsForm):
    """A decision."""

    row_kinds = {"options": OptionForm, "evidence": EvidenceForm}

    question = forms.CharField(
        label="What was to be decided?", help_text="As a question. No names.", max_length=300, required=False
    )
    answer = forms.ChoiceField(
        label="What is the answer?", choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    reason = text(
        "Why?", "For those who asked. Short sentences, plain words. With “no” and “not yet” it must stand here."
    )
    will_do = text("What will we do? (for yes and in part)", rows=2, most=500)
    will_by = DateBoxes(label="By when? (optional)", required=False)
    look_again_on = DateBoxes(label="When do we look at it again? (for not yet)", required=False)
    decided_on = DateBoxes(label="On which day was it decided?", required=False)
    decided_by = forms.CharField(
        label="Who decided?", help_text="A board, a panel or a role. Not a name.", max_length=200, required=False
    )
    authority = forms.CharField(
        label="With what authority?", help_text="Like: the council’s scheme of delegation, or the budget vote.",
        max_length=300, required=False,
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label="Which themes does it answer?", queryset=Theme.objects.none(), required=False,
        help_text="It answers every point that belongs to them and was made by the day of the decision.",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    points = PointsField(
        label="Which points does it answer besides?", queryset=Point.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    project = one_of_rows("Is it part of a project? (optional)", "No")
    locality = one_of_rows("Where does it hold?", "The whole council")
    owner = one_of_rows("Who answers for it?", "You", "They are asked when people want to know more.")

    def __init__(self, *args: Any, offered: list[UUID] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered or []
        fields: dict[str, Any] = self.fields
        reader, chosen = self.reader, self.initial.get("themes") or []
        themes = Theme.objects.visible_to(reader).filter(Q(state=Theme.State.OPEN) | Q(pk__in=chosen))
        fields["themes"].queryset = themes.order_by("name")
        fields["points"].queryset = (
            Point.objects.visible_to(reader).filter(pk__in=self.offered).select_related("event").order_by("id")
        )
        fields["project"].queryset = Project.objects.visible_to(reader).order_by("name")
        fields["locality"].queryset = Area.objects.visible_to(reader).filter(kind=AreaKind.LOCALITY).order_by("name")
        fields["owner"].queryset = User.objects.visible_to(reader).filter(is_active=True).order_by("name")
        if not self.offered:
            del self.fields["points"]

    def remade_with(self) -> dict[str, Any]:
        """Also which points it offered."""
        return {**super().remade_with(), "offered": self.offered}

    def details(self) -> DecisionDetails:
        """The decision as it shall stand."""
        data = self.cleaned_data
        told = {name: data[name] for name in (*OWN, "project", "locality", "owner")}
        options = [OptionDetails(row["words"], row["chosen"], row["why"]) for row in self.given("options")]
        weighed = [EvidenceDetails(row["words"], row["kind"], row["source"]) for row in self.given("evidence")]
        points = list(data.get("points") or [])
        return DecisionDetails(**told, themes=list(data["themes"]), points=points, options=options, evidence=weighed)


class CorrectDecisionForm(DecisionForm):
    """A decision is put right."""

    correction_reason = forms.CharField(
        label="Why is it changed?", help_text="What it said before stays readable.", max_length=300, required=False
    )


class ReasonForm(RowsForm):
    """Why."""

    reason = text("Why?", "In a few words. Anyone who reads it is told.", rows=2, most=300)


def initial_of(decision: Decision) -> dict[str, Any]:
    """What stands."""
    return {
        **{name: getattr(decision, name) for name in (*OWN, "project", "locality", "owner", "version")},
        "themes": [theme.pk for theme in decision.themes.all()],
    }


def rows_of(decision: Decision) -> dict[str, list[dict[str, Any]]]:
    """Its options and evidence."""
    return {
        "options": [{"words": one.words, "chosen": one.chosen, "why": one.why} for one in decision.options.all()],
        "evidence": [{"kind": row.kind, "words": row.words, "source": row.source} for row in decision.evidence.all()],
    }
