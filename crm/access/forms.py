"""The forms about access needs: they translate, hold no rule and never save."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from crm.access.details import NeedDetails, NeedTypeDetails, NoNeedDetails, ReviewDetails
from crm.access.models import AccessNeed, NeedGroup, NeedKind, NeedReview, NeedType
from crm.access.rules import YEAR
from crm.access.told import Told
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.languages.models import Language
from crm.people.models import Person, Supporter

MOST_OWN_WORDS = 500
USUAL = "Leave it empty to use the usual words of this type. Everyone who meets the person sees it: no health details."


def grouped(types: Iterable[NeedType]) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Types to choose from, under the names of their kinds and groups."""
    found: dict[str, list[tuple[Any, str]]] = {}
    for row in types:
        heading = row.get_kind_display() + (f": {row.get_group_display().lower()}" if row.group else "")
        found.setdefault(heading, []).append((row.pk, row.name))
    return list(found.items())


def _sharing(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text="Ask: may we tell others who need to know, like the venue or an interpreter?",
        choices=AccessNeed.Sharing.choices,
        widget=forms.RadioSelect,
        required=False,
    )


class NeedForm(RowsForm):
    """What a person, or somebody who supports them, needs."""

    type = forms.ModelChoiceField(
        label="What do they need?", queryset=NeedType.objects.none(), required=False, empty_label="Choose"
    )
    supporter = forms.ModelChoiceField(label="Whose need is it?", queryset=Supporter.objects.none(), required=False)
    language = forms.ModelChoiceField(
        label="Which language?", queryset=Language.objects.none(), required=False, empty_label="None"
    )
    what_to_do = forms.CharField(label="What do you need to do?", help_text=USUAL, max_length=300, required=False)
    own_words = forms.CharField(
        label="In their own words (optional)",
        help_text="How they said it. Only those who may read the need see this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_OWN_WORDS,
        required=False,
    )
    told_by = forms.ChoiceField(
        label="Who told us?", choices=AccessNeed.ToldBy.choices, widget=forms.RadioSelect, required=False
    )
    told_on = DateBoxes(label="When did they tell us?", required=False)
    may_share = _sharing("May we share it?")
    review_on = DateBoxes(
        label="When do we ask again?", help_text="In a year, unless it will change sooner.", required=False
    )

    def __init__(self, *args: Any, person: Person, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.kind = person, kind
        fields: dict[str, Any] = self.fields
        fields["type"].queryset = NeedType.objects.visible_to(self.reader)
        fields["language"].queryset = Language.objects.visible_to(self.reader)
        theirs = Supporter.objects.visible_to(self.reader).filter(person=person, ended_on=None)
        fields["supporter"].queryset = theirs
        fields["supporter"].empty_label = f"{person.name}'s own"
        if kind:
            self._ask_only_what_fits(theirs.exists())

    def _ask_only_what_fits(self, has_supporters: bool) -> None:
        """When a need is added its type is chosen already: a language is asked for only where one belongs."""
        self.fields["type"].widget = forms.HiddenInput()
        if self.kind != NeedKind.LANGUAGE:
            del self.fields["language"]
        if not has_supporters:
            del self.fields["supporter"]

    def offer_types(self, now: NeedType) -> None:
        """Let the type be chosen from those offered, and the one that stands."""
        offered = NeedType.objects.visible_to(self.reader).for_list()
        types = [row for row in offered if row.ended_on is None or row.pk == now.pk]
        chosen: Any = self.fields["type"]
        chosen.choices = [("", "Choose"), *grouped(types)]

    def details(self) -> NeedDetails:
        """The need as it shall stand."""
        data = self.cleaned_data
        own = {name: data[name] for name in ("type", "own_words", "what_to_do", "told_on", "review_on")}
        return NeedDetails(
            **own,
            language=data.get("language"),
            supporter=data.get("supporter"),
            told_by=data["told_by"] or AccessNeed.ToldBy.THEMSELVES,
            may_share=data["may_share"] or AccessNeed.Sharing.NOT_ASKED,
        )

    def remade_with(self) -> dict[str, Any]:
        """With the person, too."""
        return {**super().remade_with(), "person": self.person, "kind": self.kind}


def initial_of(need: AccessNeed | None, chosen: NeedType | None = None, told: Told | None = None) -> dict[str, Any]:
    """What the form shows before anything is typed: what stands, or the usual words of the type chosen and what they
    told us elsewhere. Words that are too long for the box are only shown above it."""
    if need is not None:
        names = (
            "type",
            "language",
            "what_to_do",
            "own_words",
            "told_by",
            "told_on",
            "may_share",
            "review_on",
            "version",
        )
        return {name: getattr(need, name) for name in names}
    today = timezone.localdate()
    usual = chosen.what_to_do if chosen is not None and "{language}" not in chosen.what_to_do else ""
    return {
        "type": chosen,
        "what_to_do": usual,
        "own_words": told.words if told is not None and len(told.words) <= MOST_OWN_WORDS else "",
        "told_by": AccessNeed.ToldBy.THEMSELVES,
        "told_on": told.on if told is not None else today,
        "may_share": AccessNeed.Sharing.NOT_ASKED,
        "review_on": today + timedelta(days=YEAR),
    }


class ReviewForm(RowsForm):
    """What they said when we asked again."""

    answer = forms.ChoiceField(
        label="What did they say?", choices=NeedReview.Answer.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )  # fmt: skip
    what_to_do = forms.CharField(
        label="What do you need to do?", help_text="Change it only if it has changed.", max_length=300, required=False
    )
    own_words = forms.CharField(
        label="In their own words (optional)", widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False
    )
    may_share = _sharing("May we share it?")
    reviewed_on = DateBoxes(label="When did you ask?", required=False)
    next_on = DateBoxes(label="When do we ask again?", required=False)
    reason = forms.CharField(label="If it has ended: why? (optional)", max_length=200, required=False)

    def details(self) -> ReviewDetails:
        """What they said."""
        data = self.cleaned_data
        return ReviewDetails(
            answer=data["answer"],
            reviewed_on=data["reviewed_on"],
            next_on=data["next_on"],
            own_words=data["own_words"],
            what_to_do=data["what_to_do"] or None,
            may_share=data["may_share"] or None,
            reason=data["reason"],
        )


def initial_of_review(need: AccessNeed) -> dict[str, Any]:
    """What stands, asked today, and again in a year."""
    today = timezone.localdate()
    stands = {name: getattr(need, name) for name in ("what_to_do", "own_words", "may_share", "version")}
    return {**stands, "reviewed_on": today, "next_on": today + timedelta(days=YEAR)}


class ShareForm(RowsForm):
    """With whom a need was shared."""

    shared_with = forms.CharField(
        label="With whom did you share it?", help_text="Like: the interpreter agency. Not a name.", max_length=150,
        required=False,
    )  # fmt: skip
    shared_on = DateBoxes(label="When?", required=False)


class EndForm(RowsForm):
    """Why a need is no more."""

    reason = forms.CharField(
        label="Why is it no longer needed?", help_text="In a few words.", max_length=200, required=False
    )


class NoNeedForm(RowsForm):
    """That they were asked and need nothing."""

    told_by = forms.ChoiceField(
        label="Who told us?", choices=AccessNeed.ToldBy.choices, widget=forms.RadioSelect, required=False,
        initial=AccessNeed.ToldBy.THEMSELVES,
    )  # fmt: skip
    asked_on = DateBoxes(label="When did you ask?", required=False, initial=timezone.localdate)
    review_on = DateBoxes(
        label="When do we ask again?", help_text="In a year, unless it will change sooner.", required=False,
        initial=lambda: timezone.localdate() + timedelta(days=YEAR),
    )  # fmt: skip

    def details(self) -> NoNeedDetails:
        """What they said."""
        data = self.cleaned_data
        return NoNeedDetails(data["told_by"] or AccessNeed.ToldBy.THEMSELVES, data["asked_on"], data["review_on"])


class TakeBackForm(RowsForm):
    """Why it was wrong."""

    reason = forms.CharField(
        label="Why is it wrong?", help_text="Like: nobody asked her, it was meant for her sister.", max_length=200,
        required=False,
    )  # fmt: skip


class NeedTypeForm(RowsForm):
    """A type of need on the council's list."""

    name = forms.CharField(label="What is it called?", max_length=120, required=False)
    kind = forms.ChoiceField(
        label="Which kind of need is it?", choices=NeedKind.choices, widget=forms.RadioSelect, required=False
    )
    group = forms.ChoiceField(
        label="Which group of the standard? (only for communication and information)",
        choices=[("", "None"), *NeedGroup.choices],
        required=False,
    )
    what_to_do = forms.CharField(
        label="What to do, usually",
        help_text="An instruction without health details, like: book a lipspeaker. {language} stands for the language.",
        max_length=200,
        required=False,
    )
    snomed_code = forms.CharField(
        label="SNOMED CT code (optional)",
        help_text="Only if the council has a licence to use SNOMED CT.",
        max_length=18,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "spellcheck": "false"}),
    )
    ended_on = DateBoxes(
        label="Not offered since (optional)", help_text="Leave empty while it is offered.", required=False
    )

    def details(self) -> NeedTypeDetails:
        """The type as it shall stand."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return NeedTypeDetails(**data)


TYPE_FIELDS = ("name", "kind", "group", "what_to_do", "snomed_code", "ended_on", "version")


def initial_of_type(row: NeedType | None) -> dict[str, Any]:
    """What stands."""
    return {name: getattr(row, name) for name in TYPE_FIELDS} if row else {"kind": NeedKind.COMMUNICATION}
