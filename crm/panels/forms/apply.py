"""The application to a panel: nine questions, one on a page or all on one, with the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from crm.base.forms import GovukForm
from crm.languages.models import Language
from crm.panels.details.recruitment import ANSWER_FIELDS, Answers
from crm.panels.models import RecruitmentCall
from crm.panels.rules.recruitment import LONGEST
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy


@dataclass(frozen=True)
class Question:
    """One question: its place in the address, its words, why we ask, and the fields that take the answer."""

    key: str
    title: str
    why: str
    fields: tuple[str, ...]


QUESTIONS = (
    Question("name", "What name shall we use?", "So that we know what to call you. A first name is fine.", ("name",)),
    Question(
        "reach", "How can we reach you?", "So that we can tell you our answer.", ("reach_by", "reach_at", "language"),
    ),
    Question(
        "place", "Where do you live?", "So that we hear from every part of the area.", ("postcode_start",),
    ),
    Question(
        "know", "What do you know about?", "So that people with different lives sit at the table.", ("knows_about",),
    ),
    Question("topics", "What do you want to talk about?", "So that we plan with you, not for you.", ("topics",)),
    Question("when", "When and how can you join?", "So that we choose days and places that work.", ("when_and_how",)),
    Question("help", "What would help you take part?", "So that we can arrange it before you come.", ("would_help",)),
    Question(
        "pay", "How would you like to be paid?", "Being paid can affect benefits. We can get you advice.", ("paid_by",),
    ),
    Question("write", "May we write to you about panels?", "You can say stop at any time.", ("may_write",)),
)  # fmt: skip
BY_KEY = {question.key: question for question in QUESTIONS}
TOO_LONG = "Use {most} letters or fewer. You can also phone us"


def _words(label: str, hint: str, most: int, **kwargs: Any) -> forms.CharField:
    told = {"max_length": TOO_LONG.format(most=most)}
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False, error_messages=told, **kwargs)


def _long(label: str, hint: str, name: str) -> forms.CharField:
    return _words(label, hint, LONGEST[name], widget=forms.Textarea(attrs={"rows": 5}))


class LanguageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A language, under the name its speakers give it."""

    def label_from_instance(self, obj: Any) -> str:
        """Like اردو (Urdu)."""
        return f"{obj.own_name} ({obj.name})" if obj.own_name and obj.own_name != obj.name else str(obj.name)


class AnswersForm(GovukForm):
    """Some or all of the questions. Every one may be left empty: what we cannot act without is asked for at the end."""

    name = _words("What name shall we use?", "A first name is fine.", 150)
    reach_by = forms.ChoiceField(
        label="How can we reach you?", choices=ReachBy.choices, widget=forms.RadioSelect, required=False
    )
    reach_at = _words("Your number, address or group", "Leave it empty if you will look at your link yourself.", 254)
    language = LanguageField(
        label="Which language shall we write to you in?",
        help_text="Where we have no words in it that a speaker has checked, we write in English.",
        queryset=Language.objects.none(), required=False, empty_label="English",
    )  # fmt: skip
    postcode_start = _words("The first half of your postcode", "Like B10. Leave it empty if you have none.", 8)
    knows_about = forms.MultipleChoiceField(
        label="What do you know about?", help_text="Choose all that fit.", choices=KnowsAbout.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    topics = _long("What do you want to talk about?", "In your own words. A few words are enough.", "topics")
    when_and_how = _long("When and how can you join?", "Like: mornings, online, not on Fridays.", "when_and_how")
    would_help = _long(
        "What would help you take part?",
        "Like: a BSL interpreter, Easy Read papers, a taxi, someone with me, childcare, more breaks.", "would_help",
    )  # fmt: skip
    paid_by = forms.ChoiceField(
        label="How would you like to be paid?", choices=PaidBy.choices, widget=forms.RadioSelect, required=False
    )
    may_write = forms.BooleanField(
        label="You can write to me about panels",
        help_text="Tell us at any time if you want us to stop. It does not change your place.", required=False,
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


AGREE = "Yes, use my answers to choose a balanced group"


class PoolForm(GovukForm):
    """The questions for a balanced group, with an agreement of their own. Apart from the application and from
    equality questions."""

    agreed = forms.BooleanField(label=AGREE, required=False)

    def __init__(self, *args: Any, call: RecruitmentCall, entry: Any = None, **kwargs: Any) -> None:
        known = {"agreed": True, **entry.features} if entry is not None else {}
        super().__init__(*args, initial=known, **kwargs)
        for one in call.pool_questions:
            answers = [(answer, answer) for answer in one["answers"]]
            self.fields[one["key"]] = forms.ChoiceField(
                label=one["words"],
                choices=[*answers, ("", "I do not want to say")],
                widget=forms.RadioSelect,
                required=False,
            )

    def features(self) -> dict[str, str]:
        """Question → answer, for those that were answered."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed" and value}


class LinkForm(GovukForm):
    """Where to send the link."""

    email = forms.EmailField(
        label="Your e-mail address", help_text="We send the link there and do not keep the address.",
        error_messages={
            "required": "Write an e-mail address, like name@example.com",
            "invalid": "Write an e-mail address, like name@example.com",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
