"""The longer questions of a quiet desk: the whole contact, its points, who was reached. No rule lives here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Q

from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.forms import DateBoxes, GovukForm
from crm.base.rows import MOST_ROWS, adopt
from crm.base.rules import Blocked
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log import rules
from engagement.log.barrier_words import ABOUT_WHICH, with_their_words, words_shown
from engagement.log.details import BarrierDetails, EventDetails, PointDetails, ReachDetails
from engagement.log.meant import known_by_name
from engagement.log.models import AccessSupport, Barrier, EngagementEvent, Point, Reach, Topic

EMPTY_ROWS = 2


def _many(label: str, help_text: str = "") -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label=label,
        help_text=help_text,
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class CorrectContactForm(GovukForm):
    """Everything about a contact except its points and promises, which have pages of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    occurred_on = DateBoxes(label="Which day?", required=False)
    occurred_at = forms.TimeField(
        label="What time? (optional)",
        help_text="Like 14:30",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write a time, like 14:30"},
    )
    kind = forms.ChoiceField(label="How?", choices=EngagementEvent.Kind.choices, required=False)
    area = forms.ModelChoiceField(label="Ward", queryset=Area.objects.none(), required=False, empty_label="Not known")
    place = forms.CharField(label="Where, in words", help_text="Not a private address.", max_length=200, required=False)
    organisations = _many("Groups you met")
    more_organisations = forms.CharField(
        label="Another group",
        help_text="Type its name as it stands in the list of groups.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-groups", "autocomplete": "off"}),
    )
    people = _many("People you met")
    more_people = forms.CharField(
        label="Another person",
        help_text="Type the name they use, as it stands in Heard.",
        max_length=150,
        required=False,
    )
    met_in_words = forms.CharField(label="Who you met, in words", max_length=200, required=False)
    officers = _many("Who from us")
    topics = _many("What was it about?")
    support_used = _many("Access and language support used")
    languages_used = _many("Languages used")
    barriers = _many("Barriers you noticed")
    barrier_words = forms.CharField(label="About the barriers, in words (optional)", max_length=300, required=False)
    follow_up = forms.CharField(label="What to do next (optional)", max_length=300, required=False)
    follow_up_on = DateBoxes(label="By which day? (optional)", required=False)
    reason = forms.CharField(
        label="Why do you change this?",
        help_text="For example: I added who was there.",
        max_length=300,
        required=False,
    )

    PLACES = {"people": "met_in_words", "named_readers": None, "reach": None}

    def __init__(self, *args: Any, event: EngagementEvent, reader: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(event))
        super().__init__(*args, **kwargs)
        self.event, self.reader = event, reader
        self.rows: dict[str, list[ReachForm]] = {}
        present = [row.person_id for row in event.contributions.all() if row.person_id]
        from_us = rules.colleagues_at(event.team_id, event.locality_id)
        choices: dict[str, Any] = {
            "area": Area.objects.visible_to(reader).wards(),
            "organisations": event.organisations.all(),
            "people": Person.objects.visible_to(reader).filter(pk__in=present),
            "officers": (from_us | User.objects.filter(pk__in=[u.pk for u in event.officers.all()])).distinct(),
            "topics": Topic.objects.visible_to(reader).for_list(),
            "support_used": AccessSupport.objects.visible_to(reader).for_list(),
            "languages_used": Language.objects.visible_to(reader),
            "barriers": Barrier.objects.visible_to(reader).for_list(),
        }
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows
        self.fields["officers"].error_messages["invalid_choice"] = rules.NOT_FROM_HERE.words

    def full_clean(self) -> None:
        """A form with a wrong row is wrong."""
        super().full_clean()
        for row in self.rows.get("reach", ()):
            adopt(self, row)

    def clean(self) -> dict[str, Any]:
        """Words about a barrier that nobody ticked would be lost."""
        data = super().clean() or {}
        if self._barriers() is None:
            self.add_error("barrier_words", ABOUT_WHICH)
        return data

    def _barriers(self) -> list[BarrierDetails] | None:
        data = self.cleaned_data
        return with_their_words(list(data.get("barriers") or ()), data.get("barrier_words", "").strip(), self.event)

    def clean_more_organisations(self) -> list[Organisation]:
        """The group of this name; asks for it when there is none."""
        return self._named("more_organisations", Organisation, "We do not know this group. Add it to the groups first")

    def clean_more_people(self) -> list[Person]:
        """The person of this name; asks for it when there is none."""
        return self._named("more_people", Person, "We do not know this person. Add them to the people first")

    def _named(self, field: str, model: Any, words: str) -> list[Any]:
        typed = self.cleaned_data[field].strip()
        found = known_by_name(typed, self.reader, model)
        if typed and not found:
            raise forms.ValidationError(words)
        return [found] if found else []

    def add_blockers(self, blocked: Blocked) -> None:
        """The action's reasons beside the fields of this page."""
        for name, said in blocked.by_field().items():
            field = self.PLACES.get(name, name)
            for words in said:
                self.add_error(field if field in self.fields else None, words)

    def details(self, reach: Sequence[ReachDetails]) -> EventDetails:
        """The contact as it shall stand. People the reader may not see stay on it untouched."""
        data = self.cleaned_data
        seen = set(Person.objects.visible_to(self.reader).values_list("pk", flat=True).filter(
            pk__in=[row.person_id for row in self.event.contributions.all()]
        ))  # fmt: skip
        unseen = [row.person for row in self.event.contributions.all() if row.person and row.person_id not in seen]
        return EventDetails(
            occurred_on=data.get("occurred_on"),
            occurred_at=data.get("occurred_at"),
            kind=data.get("kind") or self.event.kind,
            area=data.get("area"),
            place=data["place"],
            met_in_words=data["met_in_words"],
            organisations=[*data["organisations"], *data["more_organisations"]],
            people=[*data["people"], *data["more_people"], *unseen],
            officers=list(data["officers"]),
            topics=list(data["topics"]),
            support_used=list(data["support_used"]),
            languages_used=list(data["languages_used"]),
            barriers=self._barriers() or [],
            follow_up=data["follow_up"],
            follow_up_on=data.get("follow_up_on"),
            reach=reach,
        )


def initial_of(event: EngagementEvent) -> dict[str, Any]:
    """What the page shows before anything is changed."""
    own = (
        "occurred_on", "occurred_at", "kind", "area", "place", "met_in_words", "follow_up", "follow_up_on", "version",
    )  # fmt: skip
    linked = ("organisations", "officers", "topics", "support_used", "languages_used")
    return {
        **{name: getattr(event, name) for name in own},
        **{name: list(getattr(event, name).all()) for name in linked},
        "people": [row.person_id for row in event.contributions.all() if row.person_id],
        "barriers": [row.barrier_id for row in event.barriers.all()],
        "barrier_words": words_shown(event),
    }


class ReachForm(GovukForm):
    """One community the contact reached, or people of none named."""

    community = forms.ModelChoiceField(
        label="Community", queryset=Community.objects.none(), required=False, empty_label="No community named"
    )
    people = forms.IntegerField(
        label="How many people?",
        min_value=1,
        max_value=rules.MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"min_value": rules.TOO_FEW.words},
    )
    basis = forms.ChoiceField(label="How do you know?", choices=Reach.Basis.choices, required=False)
    voice = forms.ChoiceField(label="Whose voice?", choices=Reach.Voice.choices, required=False)
    through = forms.ModelChoiceField(
        label="Which group spoke for them?", queryset=Organisation.objects.none(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, reader: User, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community: Any = self.fields["community"]
        # One that was merged since stays where it stood: correcting the rest must not change who was reached.
        offered = Q(merged_into=None) | Q(pk=self.initial.get("community"))
        community.queryset = Community.objects.visible_to(reader).filter(offered)
        through: Any = self.fields["through"]
        through.queryset = groups

    def details(self) -> ReachDetails | None:
        """The row; None when it was left empty."""
        data = self.cleaned_data
        if not data.get("community") and not data.get("people"):
            return None
        return ReachDetails(
            community=data.get("community"),
            people=data.get("people"),
            basis=data.get("basis") or Reach.Basis.ESTIMATED,
            voice=data.get("voice") or Reach.Voice.DIRECT,
            through=data.get("through"),
        )


def reach_forms(event: EngagementEvent, reader: User, data: Any = None) -> list[ReachForm]:
    """A form for each row there is or was sent, and two empty ones."""
    rows: list[dict[str, Any]] = [
        {"community": r.community_id, "people": r.people, "basis": r.basis, "voice": r.voice, "through": r.through_id}
        for r in event.reach.all()
    ]
    through = [row.through_id for row in event.reach.all() if row.through_id]
    there = [group.pk for group in event.organisations.all()]
    groups = Organisation.objects.filter(pk__in=[*there, *through]).order_by("name")
    rows += [{} for _ in range(EMPTY_ROWS)]
    while data and len(rows) < MOST_ROWS and f"reach-{len(rows)}-people" in data:
        rows.append({})
    return [
        ReachForm(data, prefix=f"reach-{place}", initial=row, reader=reader, groups=groups)
        for place, row in enumerate(rows)
    ]


class PointForm(GovukForm):
    """One thing people told us, with everything about how it was said."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label="What did people tell you?",
        help_text="Do not write names, addresses or health details.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label="What sort of point is it?", choices=Point.Kind.choices, required=False)
    wording = forms.ChoiceField(label="Whose words are these?", choices=Point.Wording.choices, required=False)
    language = forms.ModelChoiceField(
        label="Which language was it said in?", queryset=Language.objects.none(), required=False, empty_label="English"
    )
    translation = forms.CharField(
        label="In English", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    translator = forms.CharField(label="Who translated?", max_length=100, required=False)
    voice = forms.ChoiceField(label="Who spoke?", choices=Point.Voice.choices, required=False)
    authority = forms.CharField(
        label="If somebody spoke for them: with what right?",
        help_text="Like: they asked her to, or power of attorney.",
        max_length=200,
        required=False,
    )
    raised_by = forms.ModelChoiceField(
        label="Which person raised it?", queryset=Person.objects.none(), required=False, empty_label="Nobody named"
    )
    raised_by_organisation = forms.ModelChoiceField(
        label="Or which group raised it?",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="No group",
    )
    through = forms.ModelChoiceField(
        label="Through whom did it reach us?",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Directly",
    )
    quoting = forms.ChoiceField(label="May we quote it?", choices=Point.Quoting.choices, required=False)

    def __init__(self, *args: Any, event: EngagementEvent, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        present = [row.person_id for row in event.contributions.all() if row.person_id]
        choices: dict[str, Any] = {
            "language": Language.objects.visible_to(reader),
            "raised_by": Person.objects.visible_to(reader).filter(pk__in=present),
            "raised_by_organisation": self._groups(event, "raised_by_organisation"),
            "through": self._groups(event, "through"),
        }
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows

    def _groups(self, event: EngagementEvent, name: str) -> Any:
        """The groups that were met, and the one the point names already, so that correcting it loses nothing."""
        named = self.initial.get(name)
        there = [group.pk for group in event.organisations.all()]
        return Organisation.objects.filter(pk__in=[*there, *([named.pk] if named else [])]).order_by("name")

    def add_blockers(self, blocked: Blocked) -> None:
        """The action's reasons beside the questions they concern."""
        for blocker in blocked.blockers:
            self.add_error(blocker.field if blocker.field in self.fields else None, blocker.words)

    def details(self, *, unseen_raiser_of: Point | None = None) -> PointDetails:
        """The point. Whoever raised the point as it stands, and may not be seen by the reader, stays unless somebody
        else is named."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "reason")}
        defaults = PointDetails(words="")
        told = PointDetails(**{name: value or getattr(defaults, name) for name, value in data.items()})
        raised = unseen_raiser_of.raised_by if unseen_raiser_of else None
        if told.raised_by or told.raised_by_organisation or raised is None or raised.person is None:
            return told
        seen = Person.objects.visible_to(self.reader).filter(pk=raised.person.pk).exists()
        return told if seen else replace(told, raised_by=raised.person)


class CorrectPointForm(PointForm):
    """A point put right, and why."""

    reason = forms.CharField(
        label="Why do you change this?",
        help_text="For example: they said we may quote it.",
        max_length=300,
        required=False,
    )
