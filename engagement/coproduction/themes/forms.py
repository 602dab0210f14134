"""Forms about themes: they translate, hold no rule and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.actors import FIELD_ROLES
from crm.base.filters import DAYS
from crm.base.forms import GovukForm
from crm.base.rows import RowsForm
from crm.counting.months import last_month_end
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.hidden import counts_exactly, ends_a_month
from engagement.coproduction.themes.reports.nesting import lying_in
from engagement.coproduction.themes.reports.words import points_of
from engagement.log.models import Point

SHOWN_LETTERS = 160
OWN_FIELDS = ("name", "about", "owner", "locality", "version")


class ThemeForm(RowsForm):
    """A theme, all but what it lies in."""

    name = forms.CharField(
        label="What is it called?", help_text="In the words people use. Not a name of a person.", max_length=150,
        required=False,
    )  # fmt: skip
    about = forms.CharField(
        label="What is it about? (optional)", help_text="In plain words. No names.", max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Locality", help_text="None means the whole council.", queryset=Area.objects.none(), required=False,
        empty_label="The whole council",
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label="Who looks after it?", queryset=User.objects.none(), required=False, empty_label="I do"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["locality"].queryset = Area.objects.visible_to(self.reader).filter(kind=AreaKind.LOCALITY)
        fields["owner"].queryset = keepers(self.reader)

    def details(self) -> ThemeDetails:
        """The theme as it shall stand."""
        data = self.cleaned_data
        return ThemeDetails(data["name"], data["about"], data["owner"], data["locality"], data.get("parent"))


class NewThemeForm(ThemeForm):
    """A new theme, perhaps inside a wider one."""

    parent = forms.ModelChoiceField(
        label="Does it lie in a wider theme? (optional)", queryset=Theme.objects.none(), required=False,
        empty_label="No",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = open_themes(self.reader)


class PointChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """Points to tick, each by its first words."""

    def label_from_instance(self, obj: Any) -> str:
        """Its words, cut short, and its day."""
        words = obj.words if len(obj.words) <= SHOWN_LETTERS else f"{obj.words[:SHOWN_LETTERS]}…"
        return f"{words} ({obj.event.occurred_on:%-d %B %Y})"


def _points(label: str) -> PointChoice:
    return PointChoice(label=label, queryset=Point.objects.none(), widget=forms.CheckboxSelectMultiple, required=False)


class PointsForm(RowsForm):
    """Points of one theme, ticked."""

    points = _points("Which points?")

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme = theme
        points: Any = self.fields["points"]
        points.queryset = points_of(theme, reader=self.reader)

    def remade_with(self) -> dict[str, Any]:
        """And the theme."""
        return {**super().remade_with(), "theme": self.theme}


class SplitForm(ThemeForm, PointsForm):
    """Some points become a theme of their own."""

    points = _points("Which points belong to the new theme?")
    field_order = ["points", "name", "about"]


class GatherForm(RowsForm):
    """Points that are offered, ticked."""

    points = _points("Which of them belong here?")

    def __init__(self, *args: Any, offered: list[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        points: Any = self.fields["points"]
        points.queryset = Point.objects.visible_to(self.reader).select_related("event")
        points.choices = [(point.pk, points.label_from_instance(point)) for point in offered]

    def remade_with(self) -> dict[str, Any]:
        """And what was offered."""
        return {**super().remade_with(), "offered": self.offered}


class PutForm(RowsForm):
    """One point goes into a theme, or into a new one."""

    theme = forms.ModelChoiceField(
        label="Which theme?", queryset=Theme.objects.none(), required=False, empty_label="None of these"
    )
    name = forms.CharField(
        label="Or name a new theme", help_text="In the words people use. Not a name of a person.", max_length=150,
        required=False,
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Locality of the new theme", queryset=Area.objects.none(), required=False,
        empty_label="The whole council",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].queryset = open_themes(self.reader)
        fields["locality"].queryset = Area.objects.visible_to(self.reader).filter(kind=AreaKind.LOCALITY)


class MergeForm(RowsForm):
    """A theme goes on in another one."""

    into = forms.ModelChoiceField(
        label="Which theme does it go on in?", queryset=Theme.objects.none(), required=False, empty_label="Choose"
    )
    reason = forms.CharField(label="Why?", max_length=300, required=False)

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme = theme
        into: Any = self.fields["into"]
        into.queryset = open_themes(self.reader).exclude(pk=theme.pk)
        into.error_messages["required"] = "Choose another theme"
        into.required = True

    def remade_with(self) -> dict[str, Any]:
        """And the theme."""
        return {**super().remade_with(), "theme": self.theme}


class NestForm(RowsForm):
    """A theme lies in a wider one, or in none."""

    parent = forms.ModelChoiceField(
        label="Which wider theme does it lie in?", queryset=Theme.objects.none(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme = theme
        parent: Any = self.fields["parent"]
        inside = lying_in([theme.pk], timezone.localdate())[theme.pk]
        parent.queryset = open_themes(self.reader).exclude(pk__in=inside)

    def remade_with(self) -> dict[str, Any]:
        """And the theme."""
        return {**super().remade_with(), "theme": self.theme}


class ReasonForm(RowsForm):
    """Why."""

    reason = forms.CharField(label="Why?", max_length=300, required=False)


class ConfirmForm(RowsForm):
    """Nothing to fill in."""


class KnownOnForm(GovukForm):
    """The day whose figures are asked for: today, unless told."""

    on = forms.DateField(
        label="As known on", help_text="Like 24/11/2026. Today, if you leave it empty.", required=False,
        input_formats=DAYS, error_messages={"invalid": "Enter a real date, like 24/11/2026"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exact = counts_exactly(reader)
        if not self.exact:
            self.fields["on"].help_text = "The last day of a month, like 31/10/2026. Last month, if left empty."

    def clean_on(self) -> Any:
        """Nobody knows yet what will be known tomorrow; and whoever meets nobody reads figures of whole months."""
        day = self.cleaned_data["on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("The day must be today or in the past")
        if day is not None and not self.exact and not ends_a_month(day):
            raise forms.ValidationError("Choose the last day of a month, like 31/10/2026")
        return day

    @property
    def day(self) -> Any:
        """The day. Ask only a valid form."""
        return self.cleaned_data["on"] or (timezone.localdate() if self.exact else last_month_end())


def keepers(reader: Any) -> Any:
    """Colleagues who meet people and can look after something, by name."""
    meeting = User.objects.visible_to(reader).filter(is_active=True, grants__role__in=FIELD_ROLES)
    return User.objects.filter(pk__in=meeting.values("pk")).order_by("name", "id")


def open_themes(reader: Any) -> Any:
    """Those that can be chosen, by name."""
    return Theme.objects.visible_to(reader).open().order_by("name", "id")
