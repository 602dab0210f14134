"""The page's questions about a contact, translated into the details the actions take. No rule lives here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from crm.accounts.models import User
from crm.base import wrong
from crm.base.actors import FIELD_ROLES, Actor
from crm.base.forms import DateBoxes, GovukForm
from crm.base.gently import Gentle
from crm.base.ids import new_id
from crm.base.kept import kept
from crm.base.rules import Blocked
from crm.base.text import personal_details
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log import rules
from engagement.log.details import EventDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.diary import DiaryEntry, notes_on_twins
from engagement.log.meant import Subject, may_be_meant
from engagement.log.models import EngagementEvent, Topic

ANOTHER = "other"
NO, YES = "no", "yes"
FIELD_KINDS = [
    (EngagementEvent.Kind.IN_PERSON, "In person"),
    (EngagementEvent.Kind.PHONE, "Phone"),
    (EngagementEvent.Kind.ONLINE, "Online"),
    (EngagementEvent.Kind.MESSAGE, "Message"),
]
MORE_KINDS = [(kind.value, kind.label) for kind in EngagementEvent.Kind if kind not in dict(FIELD_KINDS)]
NO_SUCH_KIND = {"invalid_choice": wrong.not_one_of(EngagementEvent.Kind.values)}  # of all, as the API says
DUE_IN = [("7", "1 week"), ("14", "2 weeks"), ("31", "1 month")]
TOPICS_SHOWN = 8
WARNING = "You may have written {what}. Check and remove it, or save anyway."


@kept
def topics_offered(reader: Actor) -> Any:
    """The topics a contact can be about now, in the council's order."""
    return Topic.objects.visible_to(reader).in_use().for_list()


class LogContactForm(GovukForm):
    """Five questions and one sentence. The order is the order an officer thinks in."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    who_writes = forms.CharField(widget=forms.HiddenInput, required=False)
    # What was written without signal is sent later: its today is the day on which it was saved on the phone.
    saved_on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"], required=False)
    met = forms.ChoiceField(
        label="Who did you meet?",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": rules.NO_ONE.words},
    )
    met_other = forms.CharField(
        label="If another: the group, or the person’s role",
        help_text="Start typing the name of the group. For someone we do not know yet, write their role.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-groups", "autocomplete": "off"}),
    )
    when = forms.ChoiceField(
        label="When?",
        choices=[("today", "Today"), ("yesterday", "Yesterday"), (ANOTHER, "Another day")],
        initial="today",
        widget=forms.RadioSelect,
        required=False,
    )
    occurred_on = DateBoxes(label="If another day: which day?", required=False)
    kind = forms.ChoiceField(
        label="How?", choices=FIELD_KINDS, initial=FIELD_KINDS[0][0], widget=forms.RadioSelect, required=False,
        error_messages=NO_SUCH_KIND,
    )  # fmt: skip
    words = forms.CharField(
        label="What did people tell you?",
        help_text="One sentence is enough. Use their words. Do not write names, addresses or health details.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    promised = forms.ChoiceField(
        label="Did you promise to do something?",
        choices=[(NO, "No"), (YES, "Yes")],
        widget=forms.RadioSelect,
        required=False,
    )
    promise_words = forms.CharField(label="If yes, what did you promise?", max_length=500, required=False)
    promise_due = forms.ChoiceField(label="By when?", choices=DUE_IN, widget=forms.RadioSelect, required=False)
    people_count = forms.IntegerField(
        label="About how many people?",
        min_value=1,
        max_value=rules.MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"min_value": rules.TOO_FEW.words},
    )
    more_kind = forms.ChoiceField(
        label="Was it one of these?", choices=[("", "No"), *MORE_KINDS], required=False, error_messages=NO_SUCH_KIND
    )
    topics = forms.MultipleChoiceField(
        label="What was it about?", widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": wrong.NO_SUCH_RECORD},
    )  # fmt: skip

    PLACES = {"people": "met", "points": "words", "promises": "promise_words"}

    def __init__(self, *args: Any, reader: User, choices: Sequence[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        met: Any = self.fields["met"]
        met.choices = [*((str(subject.pk), label) for subject, label in choices), (ANOTHER, "Another group or person")]
        self.subjects = {str(subject.pk): subject for subject, _ in choices}
        if not choices:  # a new officer: there is nothing to choose from, so the box stands open
            self.fields["met_other"].label = "Type the group’s name"
        topics: Any = self.fields["topics"]
        self.offered: dict[str, Any] = {str(topic.pk): topic for topic in topics_offered(reader)}
        topics.choices = [(pk, topic.name) for pk, topic in list(self.offered.items())[:TOPICS_SHOWN]]

    def clean(self) -> dict[str, Any]:
        """Only what a question cannot be read without: rules are the action's."""
        data = super().clean() or {}
        if not self.subjects and "met" not in self.errors:
            data["met"] = ANOTHER
        self._ignore_what_is_hidden(data)
        if not data.get("promised") and "promised" not in self.errors:
            self.add_error("promised", "Select yes if you promised something, or no")
        if data.get("met") == ANOTHER and not data.get("met_other", "").strip():
            self.add_error("met_other", "Write the name of the group or the person’s role")
        if data.get("promised") == YES and data.get("promise_words", "").strip() and not data.get("promise_due"):
            self.add_error("promise_due", rules.NO_DUE_DAY.words)
        return data

    def _ignore_what_is_hidden(self, data: dict[str, Any]) -> None:
        """An answer to a question that another answer hid is not read, nor found fault with, nor warned of."""
        shown = {"met": ANOTHER, "when": ANOTHER, "promised": YES}
        hidden = {"met": ["met_other"], "when": ["occurred_on"], "promised": ["promise_words", "promise_due"]}
        for question, answer in shown.items():
            if data.get(question) != answer:
                for name in hidden[question]:
                    self.errors.pop(name, None)
                    data.pop(name, None)

    def add_blockers(self, blocked: Blocked) -> None:
        """The action's reasons, beside the questions of this page; what a question already said is not said twice."""
        for blocker in blocked.blockers:
            field = self.PLACES.get(blocker.of_page, blocker.of_page)
            if field == "met" and "met_other" in self.errors:
                continue
            if field == "promise_words" and blocker.code == rules.NO_DUE_DAY.code:
                field = "promise_due"
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, blocker.words)

    def warnings(self) -> list[Gentle]:
        """What looks like a personal detail in free text, and a contact that is written elsewhere: gentle words that do
        not block."""
        met = self.subjects.get(self.cleaned_data.get("met") or "")
        elsewhere = [met.written] if isinstance(met, DiaryEntry) and met.written else []
        elsewhere = elsewhere or notes_on_twins(self.reader, self.details())
        beside = [self["met"]]
        return [
            *(Gentle(words, beside) for words in elsewhere),
            *details_noticed(self, ("words", "promise_words", "met_other")),
        ]

    def details(self) -> EventDetails:
        """The contact as told on this page. A hidden answer counts for nothing."""
        data = self.cleaned_data
        subject, in_words = self._met()
        count = data.get("people_count")
        reach = [ReachDetails(people=count)] if count else []
        if isinstance(subject, Community):
            reach.append(ReachDetails(community=subject))
        return EventDetails(
            occurred_on=self._day(),
            kind=data.get("more_kind") or data.get("kind") or EngagementEvent.Kind.IN_PERSON,
            organisations=[subject] if isinstance(subject, Organisation) else [],
            people=[subject] if isinstance(subject, Person) else [],
            met_in_words=subject.name[:200] if isinstance(subject, DiaryEntry) else in_words,
            place=subject.place if isinstance(subject, DiaryEntry) else "",
            reach=reach or None,
            topics=[self.offered[pk] for pk in data.get("topics") or []],
            points=[PointDetails(words=data["words"])] if (data.get("words") or "").strip() else [],
            promises=self._promises(),
        )

    def _met(self) -> tuple[Any, str]:
        data = self.cleaned_data
        if data.get("met") == ANOTHER:
            return None, data.get("met_other", "").strip()
        return self.subjects.get(data.get("met", "")), ""

    def meant(self) -> list[Subject]:
        """Whom the officer may have meant who typed somebody that we do not know by that name."""
        _, typed = self._met()
        return may_be_meant(typed, self.reader) if typed else []

    def _today(self) -> date:
        return self.cleaned_data.get("saved_on") or timezone.localdate()

    def _day(self) -> date | None:
        today = self._today()
        answer = self.cleaned_data.get("when")
        if answer == ANOTHER:
            return self.cleaned_data.get("occurred_on")
        return today - timedelta(days=1) if answer == "yesterday" else today

    def _promises(self) -> list[PromiseDetails]:
        data = self.cleaned_data
        if data.get("promised") != YES:
            return []
        due = self._today() + timedelta(days=int(data["promise_due"])) if data.get("promise_due") else None
        return [PromiseDetails(words=data.get("promise_words", ""), due_on=due)]


def details_noticed(form: GovukForm, names: Iterable[str]) -> list[Gentle]:
    """What looks like a personal detail in these fields of a form that was read, in one gentle sentence that does not
    block."""
    typed = {name: text for name in names if isinstance(text := form.cleaned_data.get(name), str)}
    noticed = {name: found for name, text in typed.items() if (found := personal_details(text))}
    what = " and ".join(dict.fromkeys(what for found in noticed.values() for what in found))
    about = "\n".join(typed[name] for name in noticed)
    return [Gentle(WARNING.format(what=what), [form[name] for name in noticed], about)] if noticed else []


def warnings_of(form: GovukForm) -> list[Gentle]:
    """The same about whatever was typed into a form; what stood there before was looked at when it was written."""
    if not form.is_bound:
        return []
    form.is_valid()  # it is read
    free = [name for name in form.changed_data if isinstance(form.fields[name], forms.CharField)]  # ids have digits too
    return details_noticed(form, free)


class ReasonForm(GovukForm):
    """A reason, and the version that was read."""

    reason = forms.CharField(label="Why?", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DoneForm(GovukForm):
    """What came of the next step, and the version that was read."""

    came_of_it = forms.CharField(
        label="What came of it? (optional)", help_text="It stays in the history of the contact.", max_length=280,
        required=False,
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def chosen_id(value: str | None) -> UUID | None:
    """An id from an address; None when it is none."""
    try:
        return UUID(value or "")
    except ValueError:
        return None


class ReadersForm(GovukForm):
    """The colleagues who alone may read a contact."""

    readers = forms.ModelMultipleChoiceField(
        label="Only these colleagues",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers: Any = self.fields["readers"]
        meets_people = User.objects.visible_to(reader).filter(is_active=True, grants__role__in=FIELD_ROLES)
        readers.queryset = meets_people.distinct().order_by("name", "id")


class SafeguardingForm(GovukForm):
    """That a concern was passed on. There is no box for what it was."""

    to_team = forms.CharField(label="Which team did you tell?", max_length=100, required=False)
    passed_on = DateBoxes(label="Which day?", required=False)
    at = forms.TimeField(
        label="What time?",
        help_text="Like 14:30",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write a time, like 14:30"},
    )
    reference = forms.CharField(label="Their reference, if they gave one", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Day and time belong together."""
        data = super().clean() or {}
        if not self.errors and not (data.get("passed_on") and data.get("at")):
            self.add_error("passed_on", "Write the day and the time you told them")
        return data

    def add_blockers(self, blocked: Blocked) -> None:
        """The team's reason beside the team, the rest beside the day."""
        for blocker in blocked.blockers:
            self.add_error("to_team" if blocker.code == "referral_team_missing" else "passed_on", blocker.words)

    def details(self) -> SafeguardingDetails:
        """That it was passed on."""
        data = self.cleaned_data
        at = datetime.combine(data["passed_on"], data["at"], tzinfo=timezone.get_current_timezone())
        return SafeguardingDetails(passed_on_at=at, to_team=data["to_team"], reference=data["reference"])
