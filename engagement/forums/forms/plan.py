"""The three pages on which a forum is planned, and the page that changes one date alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from crm.accounts.models import User
from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Role, holds, scope_of
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from crm.languages.models import Language
from crm.venues.models import Venue
from engagement.forums.details import ForumDetails, OfferDetails, RhythmDetails, details_of, rhythm_of
from engagement.forums.forms.times import ClockField
from engagement.forums.models import Forum, OfferKind
from engagement.forums.vocabulary import By, HowOften, Mode
from engagement.log.models import Topic

WHEN_FIELDS = ("title", "on", "starts", "ends", "locality")
ACCESS_FIELDS = ("mode", "venue", "place_words", "online_link", "is_public", "capacity", "reply_by", "notes")


def _help(name: str) -> str:
    field: Any = Forum._meta.get_field(name)
    return str(field.help_text)


class WhenForm(RowsForm):
    """Step 1: what and when."""

    title = forms.CharField(
        label="What is the forum about?", help_text="Use words people will know. For example, ‘Care at home’.",
        max_length=150, required=False,
    )  # fmt: skip
    on = DateBoxes(
        label="When is the first one?", required=False,
        help_text="For example, 12 1 2027. Leave at least 6 weeks so you can book BSL interpreters.",
    )  # fmt: skip
    starts = ClockField(label="Start time", help_text="For example, 1:30pm")
    ends = ClockField(label="End time", help_text="For example, 3:30pm")
    how_often = forms.ChoiceField(
        label="How often?", choices=HowOften.choices, widget=forms.RadioSelect, required=False
    )
    by = forms.ChoiceField(
        label="If every month or more: what stays the same?", choices=By.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    dates = forms.IntegerField(
        label="If it comes again: how many dates? (optional)", required=False, min_value=0,
        help_text="Leave it empty if it goes on. We show the next 12 months.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={"invalid": "Write a number, like 6", "min_value": "Write a number, like 6"},
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Where?", queryset=Area.objects.none(), required=False, empty_label="The whole council"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locality: Any = self.fields["locality"]
        locality.queryset = Area.objects.visible_to(self.reader).localities()
        scope = scope_of(self.reader, {Role.CHAMPION})
        if not holds(self.reader, OFFICE_ROLES) and not scope.everywhere:
            locality.queryset = locality.queryset.filter(pk__in=scope.localities)
            locality.empty_label, locality.required = None, True
            locality.error_messages["required"] = "Choose the locality"

    def details(self, before: ForumDetails) -> ForumDetails:
        """The forum as it shall stand, with all that this page does not ask."""
        return replace(before, **{name: self.cleaned_data[name] for name in WHEN_FIELDS})

    def rhythm(self) -> RhythmDetails:
        """How often."""
        data = self.cleaned_data
        return RhythmDetails(data["how_often"], data["by"] or By.WEEKDAY, data["dates"])


class AccessForm(RowsForm):
    """Step 2: access and people."""

    mode = forms.ChoiceField(
        label="How can people take part?", choices=Mode.choices, widget=forms.RadioSelect, required=False
    )
    venue = forms.ModelChoiceField(
        label="Which venue?", queryset=Venue.objects.none(), required=False, empty_label="Not chosen yet"
    )
    place_words = forms.CharField(
        label="Where there? (optional)", help_text=_help("place_words"), max_length=300, required=False
    )
    online_link = forms.URLField(
        label="Link to join online (optional)", help_text=_help("online_link"), max_length=500, required=False,
        assume_scheme="https", error_messages={"invalid": "Write a link, like https://meet.example/forum"},
    )  # fmt: skip
    offers = forms.ModelMultipleChoiceField(
        label="What will you offer?", queryset=OfferKind.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="We ask everyone what they need as well. This list is what is there before anyone has to ask.",
    )  # fmt: skip
    languages = forms.ModelMultipleChoiceField(
        label="Interpreters for which languages? (optional)", queryset=Language.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    have_already = forms.ModelMultipleChoiceField(
        label="Which of these are arranged already?", queryset=OfferKind.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    communities = forms.ModelMultipleChoiceField(
        label="Who is it for, in the first place? (optional)", queryset=Community.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label="Which topics? (optional)", queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    is_public = forms.BooleanField(
        label="Anybody may come. It stands in public calendars once it is open.", required=False
    )
    capacity = forms.IntegerField(
        label="How many people fit in? (optional)", required=False, min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Write a number, like 40", "min_value": "Write a number, like 40"},
    )  # fmt: skip
    reply_by = DateBoxes(label="Please answer by (optional)", required=False)
    notes = forms.CharField(
        label="Notes for those who organise (optional)", help_text=_help("notes"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["venue"].queryset = (
            Venue.objects.visible_to(self.reader).open().order_by("name").prefetch_related("facts")
        )
        kinds = OfferKind.objects.visible_to(self.reader).offered()
        fields["offers"].queryset = kinds
        fields["have_already"].queryset = kinds.exclude(lead_days=None)
        spoken = Language.objects.visible_to(self.reader).filter(communities__isnull=False).distinct()
        fields["languages"].queryset = spoken.order_by("name")
        fields["communities"].queryset = Community.objects.visible_to(self.reader).current().order_by("name")
        fields["topics"].queryset = Topic.objects.visible_to(self.reader).in_use().order_by("name")

    def details(self, before: ForumDetails) -> ForumDetails:
        """The forum as it shall stand, with all that this page does not ask."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ACCESS_FIELDS}
        return replace(
            before, **plain, offers=self._offers(), communities=list(data["communities"]), topics=list(data["topics"])
        )

    def _offers(self) -> list[OfferDetails]:
        data, found = self.cleaned_data, []
        have = set(data["have_already"])
        languages = list(data["languages"])
        for kind in data["offers"]:
            several = languages if kind.in_languages else []
            found += [OfferDetails(kind, language, kind in have) for language in several or [None]]
        return found


class OneForumForm(AccessForm):
    """One forum, or one date of a series, alone."""

    title = forms.CharField(label="What is it about?", help_text=_help("title"), max_length=150, required=False)
    about = forms.CharField(
        label="More about it (optional)", help_text=_help("about"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    organisers = forms.ModelMultipleChoiceField(
        label="Who organises it too? (optional)", queryset=User.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    field_order = ["title", "about"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisers: Any = self.fields["organisers"]
        organisers.queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")

    def details(self, before: ForumDetails) -> ForumDetails:
        """The forum as it shall stand."""
        data = self.cleaned_data
        more = {"title": data["title"], "about": data["about"], "organisers": list(data["organisers"])}
        return replace(super().details(before), **more)


def initial_of_when(forum: Forum | None) -> dict[str, Any]:
    """What step 1 shows before anything is typed: of a series, its rule."""
    if forum is None:
        return {"how_often": HowOften.ONCE, "by": By.WEEKDAY}
    rhythm = rhythm_of(forum.series)
    known = {name: getattr(forum, name) for name in WHEN_FIELDS}
    if forum.series is not None:
        known.update(on=forum.series.first_on, version=forum.series.version)
    return {"version": forum.version, **known, "how_often": rhythm.how_often, "by": rhythm.by, "dates": rhythm.dates}


def initial_of_access(forum: Forum, version: int) -> dict[str, Any]:
    """What step 2, and the page for one date, show."""
    details = details_of(forum)
    return {
        **{name: getattr(details, name) for name in (*ACCESS_FIELDS, "title", "about", "organisers")},
        "communities": details.communities,
        "topics": details.topics,
        "offers": [offer.kind for offer in details.offers],
        "languages": [offer.language for offer in details.offers if offer.language],
        "have_already": [offer.kind for offer in details.offers if offer.have_already],
        "version": version,
    }
