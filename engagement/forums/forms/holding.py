"""The forms at the desk of a forum and of closing it: they translate, hold no rule and never save."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from crm.base.forms import DateBoxes
from crm.base.gently import Gentle
from crm.base.rows import RowForm, RowsForm
from crm.base.text import personal_details
from crm.communities.models import Community
from crm.languages.models import Language
from crm.people.models import Person
from engagement.forums.held import (
    AttendanceDetails,
    CapturedDetails,
    ClosingDetails,
    HeadcountDetails,
    attendance_of,
)
from engagement.forums.models import Attendance, Captured, Forum, Headcount
from engagement.log.details import BarrierDetails
from engagement.log.meant import known_by_name
from engagement.log.models import AccessSupport, Barrier, Point, Reach, Topic

NO_HEALTH = "No names and no health details."
# Short enough for two columns on a phone.
KINDS = [
    (kind.value, {"ask": "A wish", "promise": "Our promise"}.get(kind.value, kind.label)) for kind in Captured.Kind
]
DUE_IN = [("7", "1 week"), ("14", "2 weeks"), ("31", "1 month")]
NUMBER = {"invalid": "Write a number, like 12", "min_value": "Write 0 or more", "max_value": "Write a smaller number"}
LOOKS_LIKE = "You may have written {what}. Check and remove it, or save anyway."


def _number(label: str, help_text: str = "", most: int = 100_000) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=0, max_value=most, error_messages=NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )  # fmt: skip


def _ticks(label: str, help_text: str = "") -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label=label, help_text=help_text, queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip


class WalkInForm(RowsForm):
    """Somebody who came without an invitation."""

    name = forms.CharField(
        label="What shall we call them? (optional)", max_length=100, required=False,
        help_text="A first name is enough. If we know them: the name they use, as it stands in Heard.",
    )  # fmt: skip
    others = _number("How many came with them? (optional)", "Without names.", most=9999)

    def details(self) -> AttendanceDetails:
        """Who came: a person we know where exactly one has this name."""
        typed = self.cleaned_data["name"].strip()
        found = known_by_name(typed, self.reader, Person)
        person = found if isinstance(found, Person) else None
        how, others = Attendance.How.WALKED_IN, self.cleaned_data["others"] or 0
        return AttendanceDetails(person=person, called="" if person else typed, how=how, others=others)


class AttendanceForm(RowsForm):
    """What is written down about one of them."""

    came = forms.ChoiceField(
        label="Did they come?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Say whether they came"},
    )  # fmt: skip
    spoke = forms.BooleanField(label="They spoke", required=False)
    others = _number("How many came with them?", "Without names.", most=9999)
    barrier = forms.ModelChoiceField(
        label="If they did not come: what kept them away?", queryset=Barrier.objects.none(), required=False,
        empty_label="Not known, or something else",
    )  # fmt: skip
    reason = forms.CharField(
        label="In their own words, if they wish (optional)", max_length=300, required=False,
        help_text="No health details. Deleted four weeks after the forum.",
    )  # fmt: skip

    def __init__(self, *args: Any, row: Attendance, **kwargs: Any) -> None:
        known = {"came": "yes" if row.came else "no", "version": row.version}
        plain = {name: getattr(row, name) for name in ("spoke", "others", "barrier", "reason")}
        super().__init__(*args, initial={**plain, **known}, **kwargs)
        self.row = row
        barrier: Any = self.fields["barrier"]
        barrier.queryset = Barrier.objects.visible_to(self.reader).in_use().for_list()

    def details(self) -> AttendanceDetails:
        """As it shall stand."""
        data, before = self.cleaned_data, attendance_of(self.row)
        came = data["came"] == "yes"
        return AttendanceDetails(
            came=came, invitation=before.invitation, person=before.person, called=before.called,
            how=before.how or Attendance.How.LIST, spoke=data["spoke"], others=data["others"] or 0,
            barrier=data["barrier"], reason=data["reason"],
        )  # fmt: skip


class HeadsRow(RowForm):
    """How many of one community."""

    key = "people"
    beside = "Write how many people, or empty the row"
    community = forms.ModelChoiceField(
        label="Community", queryset=Community.objects.none(), required=False, empty_label="No community in particular"
    )
    people = _number("How many people")
    basis = forms.ChoiceField(
        label="How do you know?", choices=Reach.Basis.choices, initial=Reach.Basis.COUNTED, required=False
    )

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        community.queryset = communities

    def clean(self) -> dict[str, Any]:
        """How it is known says nothing without a number."""
        data = self.cleaned_data
        if data.get("people") is None and data.get("community") is None and "people" not in self.errors:
            data["basis"] = ""
        return super().clean()


class HeadsForm(RowsForm):
    """How many came without a name."""

    row_kinds = {"heads": HeadsRow}

    def row_arguments(self, name: str) -> dict[str, Any]:
        """The communities that stand today."""
        return {"communities": Community.objects.visible_to(self.reader).current().order_by("name")}

    def details(self) -> list[HeadcountDetails]:
        """Each number."""
        return [
            HeadcountDetails(row["people"], row["community"], row["basis"] or Reach.Basis.COUNTED)
            for row in self.given("heads")
        ]


def heads_known(forum: Forum) -> dict[str, list[dict[str, Any]]]:
    """What is counted already; before that, a row for each community the forum is for."""
    known = list(Headcount.objects.filter(forum=forum).order_by("id"))
    if known:
        return {"heads": [{"community": row.community_id, "people": row.people, "basis": row.basis} for row in known]}
    return {"heads": [{"community": community.pk} for community in forum.communities.all()]}


class CaptureForm(RowsForm):
    """One thing that is said or promised: one tap, one sentence."""

    kind = forms.ChoiceField(
        label="What is it?", choices=KINDS, initial=Captured.Kind.CONCERN, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In one sentence", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Use their words. Do not write names, addresses or health details.",
    )  # fmt: skip
    due = forms.ChoiceField(
        label="If we promised something: by when?", choices=DUE_IN, widget=forms.RadioSelect, required=False
    )
    raised_by = forms.ModelChoiceField(
        label="Who said it? (optional)", queryset=Attendance.objects.none(), required=False,
        empty_label="Nobody in particular",
    )  # fmt: skip
    verbatim = forms.BooleanField(label="These are their own words", required=False)
    may_quote = forms.BooleanField(label="They say that we may quote it", required=False)
    language = forms.ModelChoiceField(
        label="Said in another language? (optional)", queryset=Language.objects.none(), required=False,
        empty_label="English",
    )  # fmt: skip

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raised_by: Any = self.fields["raised_by"]
        raised_by.queryset = Attendance.objects.visible_to(self.reader).filter(forum=forum).came().for_list()
        raised_by.label_from_instance = lambda row: row.name
        language: Any = self.fields["language"]
        language.queryset = Language.objects.visible_to(self.reader).exclude(code="en").order_by("name")

    def warnings(self) -> list[Gentle]:
        """What looks like a personal detail."""
        said = self.cleaned_data["words"]
        return [Gentle(LOOKS_LIKE.format(what=what), [self["words"]], said) for what in personal_details(said)]

    def details(self, *, before: date | None = None) -> CapturedDetails:
        """What is told; the day of a promise stays when it was not touched."""
        data = self.cleaned_data
        due = timezone.localdate() + timedelta(days=int(data["due"])) if data["due"] else before
        return CapturedDetails(
            words=data["words"], kind=data["kind"], verbatim=data["verbatim"], raised_by=data["raised_by"],
            language=data["language"], due_on=due,
            quoting=Point.Quoting.YES if data["may_quote"] else Point.Quoting.NOT_ASKED,
        )  # fmt: skip


def captured_known(row: Captured) -> dict[str, Any]:
    """What stands."""
    plain = {name: getattr(row, name) for name in ("kind", "words", "verbatim", "raised_by", "language", "version")}
    return {**plain, "may_quote": row.quoting == Point.Quoting.YES}


class CloseForm(RowsForm):
    """What closing a forum asks: nearly everything is filled in from its plan and its list."""

    nobody_came = forms.BooleanField(label="Nobody came", required=False)
    rest_stayed_away = forms.BooleanField(
        label="Everybody else who said yes did not come", required=False,
        help_text="Leave it out if you counted people without names.",
    )  # fmt: skip
    communities = _ticks(
        "Which communities was it with?", "The community of the meeting, never of one person. Count others by number."
    )
    topics = _ticks("What was it about?")
    support_used = _ticks("What access and language support was used?")
    languages_used = _ticks("Which languages were used besides English?")
    barriers = _ticks("What kept people from taking part?")
    barrier_words = forms.CharField(label="About that, in words (optional)", max_length=300, required=False,
                                    help_text=NO_HEALTH)  # fmt: skip
    next_words = forms.CharField(
        label="What happens next? (optional)", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Those who came, and the public, read this.",
    )  # fmt: skip
    next_by = DateBoxes(label="By when?", required=False)

    def __init__(self, *args: Any, forum: Forum, proposed: ClosingDetails, **kwargs: Any) -> None:
        known = {name: [row.pk for row in getattr(proposed, name) or ()] for name in PROPOSED}
        known["barriers"] = [row.barrier.pk for row in proposed.barriers or ()]
        more = {"next_words": forum.next_words, "next_by": forum.next_by, "version": forum.version}
        super().__init__(*args, initial={**known, **more, **kwargs.pop("initial", {})}, **kwargs)
        rows: dict[str, Any] = {
            "communities": forum.communities.all(),
            "topics": Topic.objects.visible_to(self.reader).in_use().for_list(),
            "support_used": AccessSupport.objects.visible_to(self.reader).in_use().for_list(),
            "languages_used": Language.objects.visible_to(self.reader).exclude(code="en").order_by("name"),
            "barriers": Barrier.objects.visible_to(self.reader).in_use().for_list(),
        }
        for name, queryset in rows.items():
            field: Any = self.fields[name]
            field.queryset = queryset

    def details(self) -> ClosingDetails:
        """How it is closed."""
        data = self.cleaned_data
        words = data["barrier_words"].strip()
        barriers = [BarrierDetails(row, words if place == 0 else "") for place, row in enumerate(data["barriers"])]
        proposed: dict[str, Any] = {name: list(data[name]) for name in PROPOSED}
        return ClosingDetails(
            barriers=barriers,
            next_words=data["next_words"],
            next_by=data["next_by"],
            nobody_came=data.get("nobody_came", False),
            rest_stayed_away=data.get("rest_stayed_away", False),
            **proposed,
        )


PROPOSED = ("communities", "topics", "support_used", "languages_used")
