"""The questions of an invitation: one on a page, or all on one, with the same words and the same fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext

from crm.access.models import NeedType
from crm.base.forms import GovukForm
from crm.base.rules import Blocked
from crm.languages.models import Language
from engagement.forums.answers import AnswerDetails
from engagement.forums.easy import pictured
from engagement.forums.models import HeldPlaces
from engagement.forums.rules.invitations import LONGEST
from engagement.forums.words import ANSWERS, HELP_FIELDS, KEEPING, LABELS, NO_NUMBER, QUESTIONS, REACH_BY, TOO_LONG
from engagement.forums.words import BY_KEY as QUESTION_OF


def _words(name: str, **kwargs: Any) -> forms.CharField:
    told = {"max_length": TOO_LONG}
    return forms.CharField(max_length=LONGEST[name], required=False, error_messages=told, **kwargs)


def _number(name: str) -> forms.IntegerField:
    label, hint = LABELS[name]
    boxes = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"})
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), NO_NUMBER)
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=9999, widget=boxes, error_messages=wrong
    )


def _radios(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, widget=forms.RadioSelect, required=False)


class AnswerForm(GovukForm):
    """Some or all of the questions. Whatever somebody leaves out stays empty; only the answer itself is asked for."""

    answer = _radios(QUESTION_OF["coming"].title, ANSWERS)
    held = _radios(LABELS["held"][0], (), LABELS["held"][1])
    why_not = _words("why_not", label=QUESTION_OF["why"].title)
    to_say = _words("to_say", label=QUESTION_OF["say"].title, widget=forms.Textarea(attrs={"rows": 6}))
    guest_name = _words("guest_name", label=QUESTION_OF["name"].title, help_text=QUESTION_OF["name"].why)
    reach_by = _radios(QUESTION_OF["reach"].title, REACH_BY)
    reach_at = _words("reach_at", label=LABELS["reach_at"][0], help_text=LABELS["reach_at"][1])
    help_words = _words(
        "help_words", label=LABELS["help_words"][0], help_text=LABELS["help_words"][1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    help_none = forms.BooleanField(label=LABELS["help_none"][0], required=False)
    guests_supporters = _number("guests_supporters")
    guests_others = _number("guests_others")
    keep_needs = _radios(QUESTION_OF["keep"].title, KEEPING)

    def __init__(
        self,
        *args: Any,
        asked: Sequence[str],
        details: AnswerDetails,
        held: Sequence[HeldPlaces] = (),
        easy: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_initial(details), **kwargs)
        self.before, self.places = details, {str(row.pk): row for row in held}
        wanted = [field for key in asked for field in QUESTION_OF[key].fields]
        if "help" in asked:
            self._add_help()
        if not held:
            self.fields.pop("held")
        else:
            choices = [(key, row.community.name) for key, row in self.places.items()]
            self.fields["held"].choices = [*choices, ("", LABELS["not_held"][0])]  # type: ignore[attr-defined]
        self.order_fields(wanted)
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if easy:
            self._add_pictures()

    def _add_pictures(self) -> None:
        """Beside each thing that can be ticked or chosen."""
        for field in self.fields.values():
            if isinstance(field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
                field.choices = pictured(field.choices)  # type: ignore[attr-defined]  # those have choices

    def _add_help(self) -> None:
        """The five groups of ticks, without types the council does not offer any more."""
        self.types = {one.key: one for one in NeedType.objects.current()}
        self.tongues = {one.code: one for one in Language.objects.filter(is_signed=False).order_by("name")}
        for name, (label, ticks) in HELP_FIELDS.items():
            offered = [(key, words) for key, words in ticks if key in self.types]
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=offered, widget=forms.CheckboxSelectMultiple, required=False
            )
        label, hint = LABELS["interpreter_language"]
        tongues = [("", "–"), *((code, one.own_name or one.name) for code, one in self.tongues.items())]
        self.fields["interpreter_language"] = forms.ChoiceField(
            label=label, help_text=hint, choices=tongues, required=False
        )

    def add_blockers(self, blocked: Blocked) -> None:
        """In the reader's language."""
        for field, words in blocked.by_field().items():
            for line in words:
                self.add_error(field if field in self.fields else None, gettext(line))

    def details(self) -> AnswerDetails:
        """What stood there before, with what this page said."""
        said = {name: value for name, value in self.cleaned_data.items() if name in vars(self.before)}
        for name in ("guests_supporters", "guests_others"):
            if name in said:
                said[name] = said[name] or 0
        if "held" in said:
            said["held"] = self.places.get(said["held"])
        if said.get("keep_needs") == "":
            said["keep_needs"] = self.before.keep_needs
        if "help_words" in self.fields:
            said |= self._help()
        return replace(self.before, **said)

    def _help(self) -> dict[str, Any]:
        keys = [key for name in HELP_FIELDS for key in self.cleaned_data[name]]
        if self.cleaned_data["help_none"]:
            return {"help_asked": (), "help_words": "", "interpreter_language": None}
        return {
            "help_asked": [self.types[key] for key in keys],
            "interpreter_language": self.tongues.get(self.cleaned_data["interpreter_language"]),
        }


def _initial(details: AnswerDetails) -> dict[str, Any]:
    asked = {one.key for one in details.help_asked}
    ticked = {name: [key for key, _words in ticks if key in asked] for name, (_label, ticks) in HELP_FIELDS.items()}
    spoken = details.interpreter_language.code if details.interpreter_language else ""
    held = str(details.held.pk) if details.held else ""
    return {**vars(details), **ticked, "held": held, "interpreter_language": spoken}


ALL = tuple(QUESTION_OF)
assert len(ALL) == len(QUESTIONS)
