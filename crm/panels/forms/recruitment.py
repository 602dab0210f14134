"""The forms of those who call for members and choose: they translate, hold no rule and never save."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from crm.base.forms import DateBoxes, GovukForm
from crm.base.naming import NamedField
from crm.base.rows import RowsForm
from crm.panels.details.recruitment import Answers, CallDetails, Decision
from crm.panels.forms.apply import AnswersForm
from crm.panels.models import Application, Panel, RecruitmentCall, Seat
from crm.people.models import Person

OWN = ("panel", "slug", "title", "words", "places", "method", "opens_on", "closes_on", "answer_by", "version")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OUTCOMES = [
    (Application.State.OFFERED, "Offer a place"),
    (Application.State.RESERVE, "Put on the reserve list"),
    (Application.State.NOT_CHOSEN, "No place this time"),
]
HOW = [one for one in Application.How.choices if one[0] != Application.How.ONLINE]


class CallForm(RowsForm):
    """A call for people to join a panel."""

    panel = forms.ModelChoiceField(label="Panel", queryset=Panel.objects.none(), required=False, empty_label="Choose")
    title = forms.CharField(label="What the call is called", max_length=150, required=False)
    slug = forms.CharField(
        label="Short address", help_text="Printed on posters. Small letters and hyphens, like join-us.", max_length=60,
        required=False,
    )  # fmt: skip
    words = forms.CharField(
        label="What we tell people", help_text="How often, where, how they are paid, what changed because of it.",
        widget=forms.Textarea(attrs={"rows": 8}), max_length=5000, required=False,
    )  # fmt: skip
    places = forms.IntegerField(
        label="How many places", min_value=1, max_value=200, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    method = forms.ChoiceField(
        label="How members are chosen", choices=RecruitmentCall.Method.choices, widget=forms.RadioSelect,
        required=False, initial=RecruitmentCall.Method.DECISION,
    )  # fmt: skip
    opens_on = DateBoxes(label="Opens on", required=False)
    closes_on = DateBoxes(label="Last day to apply", required=False)
    answer_by = DateBoxes(label="Everybody hears from us by", required=False)
    pool_questions = forms.CharField(
        label="Questions for a balanced group (optional)",
        help_text=(
            "One question on a line, its answers after it: How old are you? | Under 40 | 40 or over. They are asked "
            "apart, people agree or skip, and nothing comes from equality monitoring."
        ),
        widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=3000,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panel: Any = self.fields["panel"]
        panel.queryset = Panel.objects.visible_to(self.reader).current().order_by("name")

    def clean_slug(self) -> str:
        """Only what stands in an address."""
        slug: str = self.cleaned_data["slug"].strip().lower()
        if slug and not SLUG.fullmatch(slug):
            raise forms.ValidationError("Use small letters, numbers and hyphens")
        return slug

    def details(self) -> CallDetails:
        """The call as it shall stand."""
        plain = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        plain["pool_questions"] = questions_in(plain["pool_questions"])
        return CallDetails(**{**plain, "method": plain["method"] or RecruitmentCall.Method.DECISION})


def questions_in(words: str) -> list[dict[str, Any]]:
    """The questions written one on a line."""
    lines = [[part.strip() for part in line.split("|")] for line in words.splitlines() if line.strip()]
    return [{"words": line[0], "answers": [part for part in line[1:] if part]} for line in lines]


def initial_of_call(call: RecruitmentCall | None) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    if call is None:
        return {}
    lines = [" | ".join([one["words"], *one["answers"]]) for one in call.pool_questions]
    return {**{name: getattr(call, name) for name in OWN}, "pool_questions": "\n".join(lines)}


class EnterForm(AnswersForm):
    """An application somebody told us: how it came, and the nine answers in their words."""

    how = forms.ChoiceField(label="How did it come?", choices=HOW, widget=forms.RadioSelect)
    recording = forms.FileField(
        label="The recording (optional)", help_text="Sound or BSL video, at most 50 MB. Only those who choose hear it.",
        required=False,
    )  # fmt: skip
    field_order = ("how", "recording")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, answers=Answers(), **kwargs)
        self.fields["how"].error_messages["required"] = "Choose how it came"
        self.fields["how"].required = True

    def _kept(self) -> set[str]:
        return {"how", "recording"}

    def answers(self) -> Answers:
        """The nine answers."""
        return Answers(**{name: value for name, value in self.cleaned_data.items() if name not in self._kept()})

    @property
    def own_fields(self) -> list[Any]:
        """Every field."""
        return list(self)


class DecisionForm(RowsForm):
    """What was decided, and why."""

    outcome = forms.ChoiceField(label="What was decided?", choices=OUTCOMES, widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label="Why?", help_text="The applicant reads these words. Be kind and be plain.", max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}), required=False,
    )  # fmt: skip

    def decision(self) -> Decision:
        """The decision."""
        return Decision(self.cleaned_data["outcome"], self.cleaned_data["reason"])


class PlaceForm(RowsForm):
    """Whom an applicant is among the people we know, and in which seat."""

    person = NamedField(
        label="A person we know already (optional)", rows=Person.objects.none(),
        help_text="Their name as it stands in Heard. Leave it empty to add a new person.",
        unknown="We do not know this person. Leave it empty to add them",
    )  # fmt: skip
    seat = forms.ModelChoiceField(label="Seat (optional)", queryset=Seat.objects.none(), required=False,
                                  empty_label="No seat of their own")  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.rows = Person.objects.visible_to(self.reader)
        seat: Any = self.fields["seat"]
        seat.queryset = Seat.objects.visible_to(self.reader).filter(panel=application.call.panel_id, ended_on=None)


class QuotaForm(GovukForm):
    """For each answer, the least and the most people who shall have said it. Empty leaves it free."""

    def __init__(self, *args: Any, call: RecruitmentCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        narrow = {"class": "govuk-input--width-3"}
        for one in call.pool_questions:
            for place, answer in enumerate(one["answers"]):
                for end in ("least", "most"):
                    self.fields[f"{one['key']}-{place}-{end}"] = forms.IntegerField(
                        label=f"{one['words']} {answer}: at {end}", min_value=0, max_value=200, required=False,
                        widget=forms.NumberInput(attrs=narrow),
                    )  # fmt: skip

    def quotas(self) -> dict[str, dict[str, list[int]]]:
        """Question → answer → least and most, of those where something was written."""
        found: dict[str, dict[str, list[int]]] = {}
        for one in self.call.pool_questions:
            for place, answer in enumerate(one["answers"]):
                least, most = (self.cleaned_data.get(f"{one['key']}-{place}-{end}") for end in ("least", "most"))
                if least is not None or most is not None:
                    span = [least or 0, max(self.call.places, least or 0) if most is None else most]
                    found.setdefault(one["key"], {})[answer] = span
        return found


class SeedForm(GovukForm):
    """A seed from outside, if the council wants one that everybody can look up."""

    seed = forms.CharField(label="Seed (optional)", help_text="Leave it empty: Heard draws one.", max_length=64,
                           required=False)  # fmt: skip
    seed_source = forms.CharField(
        label="Where it comes from", help_text="Like: the lottery numbers of tomorrow evening, in order.",
        max_length=200, required=False,
    )  # fmt: skip
