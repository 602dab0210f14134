"""The application to a panel: nine questions, one on a page or all on one, with the same words in every language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from crm.base.forms import GovukForm
from crm.base.rules import Blocked
from crm.languages.models import Language
from crm.panels.details.recruitment import ANSWER_FIELDS, Answers
from crm.panels.models import RecruitmentCall
from crm.panels.rules.recruitment import LONGEST
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Question:
    """One question: its place in the address, its words, why we ask, and the fields that take the answer."""

    key: str
    title: StrPromise
    why: StrPromise
    fields: tuple[str, ...]


QUESTIONS = (
    Question(
        "name", _("What name shall we use?"), _("So that we know what to call you. A first name is fine."), ("name",)
    ),
    Question(
        "reach",
        _("How can we reach you?"),
        _("So that we can tell you our answer."),
        ("reach_by", "reach_at", "language"),
    ),
    Question(
        "place",
        _("Where do you live?"),
        _("So that we hear from every part of the area."),
        ("postcode_start",),
    ),
    Question(
        "know",
        _("What do you know about?"),
        _("So that people with different lives sit at the table."),
        ("knows_about",),
    ),
    Question("topics", _("What do you want to talk about?"), _("So that we plan with you, not for you."), ("topics",)),
    Question(
        "when", _("When and how can you join?"), _("So that we choose days and places that work."), ("when_and_how",)
    ),
    Question(
        "help", _("What would help you take part?"), _("So that we can arrange it before you come."), ("would_help",)
    ),
    Question(
        "pay",
        _("How would you like to be paid?"),
        _("Being paid can affect benefits. We can get you advice."),
        ("paid_by",),
    ),
    Question("write", _("May we write to you about panels?"), _("You can say stop at any time."), ("may_write",)),
)
BY_KEY = {question.key: question for question in QUESTIONS}
TOO_LONG = _("Use %(limit_value)s letters or fewer. You can also phone us")


def _words(label: StrPromise, hint: StrPromise, most: int, **kwargs: Any) -> forms.CharField:
    told = {"max_length": TOO_LONG}
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False, error_messages=told, **kwargs)


def _long(label: StrPromise, hint: StrPromise, name: str) -> forms.CharField:
    return _words(label, hint, LONGEST[name], widget=forms.Textarea(attrs={"rows": 5}))


class LanguageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A language, under the name its speakers give it."""

    def label_from_instance(self, obj: Any) -> str:
        """Like اردو (Urdu)."""
        return f"{obj.own_name} ({obj.name})" if obj.own_name and obj.own_name != obj.name else str(obj.name)


class PublicGovukForm(GovukForm):
    """A form of the public pages: what an action refuses with is said in the reader's language."""

    def add_blockers(self, blocked: Blocked) -> None:
        """The reasons, beside their fields."""
        for field, words in blocked.by_field().items():
            for line in words:
                self.add_error(field if field in self.fields else None, gettext(line))


class AnswersForm(PublicGovukForm):
    """Some or all of the questions. Every one may be left empty: what we cannot act without is asked for at the end."""

    name = _words(_("What name shall we use?"), _("A first name is fine."), 150)
    reach_by = forms.ChoiceField(
        label=_("How can we reach you?"), choices=ReachBy.choices, widget=forms.RadioSelect, required=False
    )
    reach_at = _words(
        _("Your number, address or group"), _("Leave it empty if you will look at your link yourself."), 254
    )
    language = LanguageField(
        label=_("Which language shall we write to you in?"),
        help_text=_("Where we have no words in it that a speaker has checked, we write in English."),
        queryset=Language.objects.none(), required=False, empty_label=_("English"),
    )  # fmt: skip
    postcode_start = _words(_("The first half of your postcode"), _("Like B10. Leave it empty if you have none."), 8)
    knows_about = forms.MultipleChoiceField(
        label=_("What do you know about?"), help_text=_("Choose all that fit."), choices=KnowsAbout.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    topics = _long(_("What do you want to talk about?"), _("In your own words. A few words are enough."), "topics")
    when_and_how = _long(_("When and how can you join?"), _("Like: mornings, online, not on Fridays."), "when_and_how")
    would_help = _long(
        _("What would help you take part?"),
        _("Like: a BSL interpreter, Easy Read papers, a taxi, someone with me, childcare, more breaks."), "would_help",
    )  # fmt: skip
    paid_by = forms.ChoiceField(
        label=_("How would you like to be paid?"), choices=PaidBy.choices, widget=forms.RadioSelect, required=False
    )
    may_write = forms.BooleanField(
        label=_("You can write to me about panels"),
        help_text=_("Tell us at any time if you want us to stop. It does not change your place."), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[str] = tuple(BY_KEY), answers: Answers, **kwargs: Any) -> None:
        known = {**vars(answers), "knows_about": list(answers.knows_about)}
        super().__init__(*args, initial={**known, **kwargs.pop("initial", {})}, **kwargs)
        self.before = answers
        language: Any = self.fields["language"]
        language.queryset = Language.objects.filter(is_signed=False).exclude(code="en").order_by("name")
        wanted = {field for key in asked for field in BY_KEY[key].fields}
        for name in [name for name in self.fields if name in ANSWER_FIELDS and name not in wanted]:
            del self.fields[name]

    def answers(self) -> Answers:
        """What stood there before, with what this page said."""
        return replace(self.before, **self.cleaned_data)


AGREE = _("Yes, use my answers to choose a balanced group")


class PoolForm(PublicGovukForm):
    """The questions for a balanced group, with an agreement of their own. Apart from the application and from
    equality questions."""

    agreed = forms.BooleanField(label=AGREE, required=False)

    def __init__(self, *args: Any, call: RecruitmentCall, entry: Any = None, **kwargs: Any) -> None:
        known = {"agreed": True, **entry.features} if entry is not None else {}
        super().__init__(*args, initial=known, **kwargs)
        for one in call.pool_questions:
            answers = [(answer, _as_written(answer)) for answer in one["answers"]]
            self.fields[one["key"]] = forms.ChoiceField(
                label=_as_written(one["words"]),
                choices=[*answers, ("", _("I do not want to say"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def features(self) -> dict[str, str]:
        """Question → answer, for those that were answered."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed" and value}


def _as_written(words: str) -> str:
    """What the council wrote, in English, marked so on a page in another language."""
    return words if get_language() == "en" else format_html('<bdi lang="en">{}</bdi>', words)


class LinkForm(PublicGovukForm):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("We send the link there and do not keep the address."),
        error_messages={
            "required": _("Write an e-mail address, like name@example.com"),
            "invalid": _("Write an e-mail address, like name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
