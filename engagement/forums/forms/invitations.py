"""The forms of invitations: whom to invite, an answer somebody gave to us, and places that are held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from crm.access.models import NeedType
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from crm.people.models import Person
from crm.sending.models import Format
from engagement.forums.answers import AnswerDetails, HeldDetails
from engagement.forums.models import Forum, Invitation
from engagement.forums.vocabulary import Answer
from engagement.forums.words import HELP_KEYS

STANDS_FOR = ("led_by", "speaks_for")
MOST_NAMES = 100


class InviteForm(RowsForm):
    """Groups that stand for whom the forum is for, panels, and anybody else by name. Names are sent, and never stand in
    an address."""

    groups = forms.ModelMultipleChoiceField(
        label="Groups that are led by, or speak for, whom it is for", queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    panels = forms.ModelMultipleChoiceField(
        label="Panels", help_text="Everybody who sits there today, and whom you may see.",
        queryset=Panel.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    names = forms.CharField(
        label="Other people and groups", help_text="One name on a line, as it stands in Heard.", required=False,
        max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        groups: Any = self.fields["groups"]
        linked = Organisation.objects.visible_to(self.reader).filter(
            community_links__community__in=forum.communities.all(), community_links__relation__in=STANDS_FOR,
            closed_on=None,
        )  # fmt: skip
        groups.queryset = linked.exclude(invitations__forum=forum).distinct().order_by("name")
        panels: Any = self.fields["panels"]
        panels.queryset = Panel.objects.visible_to(self.reader).filter(ended_on=None).order_by("name")

    def clean_names(self) -> tuple[list[Person], list[Organisation]]:
        """Whom these names mean; a name nobody or several bear is said by line, and stays in the box."""
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["names"].splitlines()))))
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(f"Write at most {MOST_NAMES} names at a time")
        people = _by_name(Person.objects.visible_to(self.reader).filter(name__in=lines))
        groups = _by_name(Organisation.objects.visible_to(self.reader).filter(name__in=lines, closed_on=None))
        wrong = []
        for name in lines:
            found = len(people.get(name, ())) + len(groups.get(name, ()))
            if found == 0:
                wrong.append(f"Nobody you may see is called ‘{name}’")
            elif found > 1:
                wrong.append(f"{found} are called ‘{name}’. Invite the right one from their own page")
        if wrong:
            raise forms.ValidationError(wrong)
        return [one for many in people.values() for one in many], [one for many in groups.values() for one in many]

    def remade_with(self) -> dict[str, Any]:
        """With its forum."""
        return {**super().remade_with(), "forum": self.forum}


def _by_name(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found


class ToldForm(RowsForm):
    """What somebody told us by phone, by letter or in person."""

    how = forms.ChoiceField(
        label="How did they tell us?", choices=[("phone", "By phone or in person"), ("letter", "By letter")],
        widget=forms.RadioSelect, initial="phone",
    )  # fmt: skip
    answer = forms.ChoiceField(
        label="Are they coming?", choices=[one for one in Answer.choices if one[0] != Answer.NONE],
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    why_not = forms.CharField(label="Why not, if they wish to say", max_length=300, required=False)
    to_say = forms.CharField(
        label="What they want to say", help_text="Of somebody who cannot come, in their words.", required=False,
        max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    help_asked = forms.ModelMultipleChoiceField(
        label="What would help them take part?", queryset=NeedType.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    interpreter_language = forms.ModelChoiceField(
        label="Interpreter for which language?", queryset=Language.objects.order_by("name"), required=False,
        empty_label="None",
    )  # fmt: skip
    help_words = forms.CharField(label="Something else, or more about it", max_length=500, required=False)
    guests_supporters = forms.IntegerField(label="Supporters who come with them", min_value=0, required=False)
    guests_others = forms.IntegerField(label="Others who come with them", min_value=0, required=False)
    keep_needs = forms.ChoiceField(
        label="Shall we remember this for next time?", choices=Invitation.Keep, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, details: AnswerDetails, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = details
        kinds: Any = self.fields["help_asked"]
        kinds.queryset = NeedType.objects.current().filter(key__in=HELP_KEYS).order_by("kind", "name")

    def details(self) -> AnswerDetails:
        """The answer, with what stood there and was not asked."""
        data = {**self.cleaned_data}
        plain: dict[str, Any] = {name: data[name] for name in vars(self.before) if name in data}
        for name in ("guests_supporters", "guests_others"):
            plain[name] = plain[name] or 0
        plain["keep_needs"] = plain["keep_needs"] or self.before.keep_needs
        kept = {name: getattr(self.before, name) for name in ("guest_name", "reach_by", "reach_at", "held")}
        return AnswerDetails(**{**kept, **plain, "help_asked": list(plain["help_asked"])})

    def remade_with(self) -> dict[str, Any]:
        """With the answer before."""
        return {**super().remade_with(), "details": self.before}


class HoldForm(RowsForm):
    """Places for people of one community."""

    community = forms.ModelChoiceField(
        label="For whom?", queryset=Community.objects.none(), required=False, empty_label="Choose a community"
    )
    places = forms.IntegerField(label="How many places?", min_value=1, required=False)
    aim = forms.CharField(label="Why?", help_text="The public reads it. Say what keeps them from this table.",
                          max_length=300, required=False)  # fmt: skip
    until = DateBoxes(label="Until when?", help_text="Then anybody gets them.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields["community"]
        known.queryset = Community.objects.visible_to(self.reader).filter(merged_into=None).order_by("name")

    def details(self) -> HeldDetails:
        """As plain values."""
        data = self.cleaned_data
        return HeldDetails(data["community"], data["places"], data["aim"], data["until"])


def lines_of(forum: Forum) -> Sequence[str]:
    """What stands under the form: how many fit in."""
    return [f"{forum.capacity} people fit in."] if forum.capacity else []


class LetterForm(RowsForm):
    """In which form and language letters about one forum go to somebody."""

    form = forms.ChoiceField(
        label="Form of the letters", choices=[("", "As their record says"), *Format.choices], required=False
    )
    language = forms.ModelChoiceField(
        label="Language of the letters", queryset=Language.objects.none(), required=False,
        empty_label="As their record says",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset = Language.objects.visible_to(self.reader).order_by("name")
