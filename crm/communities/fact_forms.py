"""Forms about what is known about a community: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.details import CommunityFactDetails
from crm.communities.forms import words_of
from crm.communities.models import CommunityFact


class FactForm(RowsForm):
    """One thing to know: what it is about, the words, whose they are, who said so and when."""

    kind = forms.ChoiceField(
        label="What is it about?", choices=CommunityFact.Kind.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label="What should colleagues know?",
        help_text=words_of(CommunityFact, "words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    voice = forms.ChoiceField(
        label="Whose words are these?", choices=CommunityFact.Voice.choices, widget=forms.RadioSelect, required=False
    )
    said_by = forms.CharField(
        label="Who said so? (optional for our own)",
        help_text=words_of(CommunityFact, "said_by"),
        max_length=150,
        required=False,
    )
    said_on = DateBoxes(label="When? (optional)", help_text="Today, if you leave it empty.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": CommunityFact.Kind.OTHER, "voice": CommunityFact.Voice.COUNCIL})
        super().__init__(*args, **kwargs)

    def details(self) -> CommunityFactDetails:
        """What was said."""
        data = self.cleaned_data
        return CommunityFactDetails(
            words=data["words"],
            kind=data.get("kind") or CommunityFact.Kind.OTHER,
            voice=data.get("voice") or CommunityFact.Voice.COUNCIL,
            said_by=data["said_by"],
            said_on=data["said_on"],
        )


class CorrectFactForm(FactForm):
    """The community's own words about something that stands there: it is about the same thing."""

    kind = None  # type: ignore[assignment]  # Django's way to leave a field out
    voice = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What do they say?"
        self.fields["said_by"].label = "Who in the community said so?"


class EndFactForm(RowsForm):
    """Why something is no longer true."""

    reason = forms.CharField(label="Why is it no longer true?", max_length=200, required=False)
