"""Forms about projects: opened, changed, moved on, closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.forms import DateBoxes
from crm.base.rows import RowsForm
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from engagement.coproduction.projects.details import LevelDetails, ProjectDetails
from engagement.coproduction.projects.models import Project, Rung, Stage
from engagement.coproduction.themes.forms import keepers, open_themes
from engagement.coproduction.themes.models import Theme
from engagement.forums.models import Forum

FORUMS_BACK, FORUMS_AHEAD = timedelta(days=45), timedelta(days=60)
LINKS = ("themes", "communities", "organisations", "panels", "forums")
OWN_FIELDS = ("name", "question", "can_change", "cannot_change", "budget_open", "owner", "locality", "opened_on",
              "ends_by", "version")  # fmt: skip
POUNDS_WRONG = "Write an amount in pounds, like 2500 or 2500.50"


def _text(label: str, field: str, rows: int = 4) -> forms.CharField:
    known: Any = Project._meta.get_field(field)
    return forms.CharField(
        label=label, help_text=known.help_text, widget=forms.Textarea(attrs={"rows": rows}), required=False,
        max_length=known.max_length,
    )  # fmt: skip


def _many(label: str, rows: Any, help_text: str = "") -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label=label, queryset=rows, widget=forms.CheckboxSelectMultiple, required=False, help_text=help_text
    )


class RungChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A rung of the ladder, chosen by its name and its promise."""

    def label_from_instance(self, obj: Any) -> str:
        """Both."""
        return f"{obj.name}: {obj.promise}"


def _forums_near(reader: Any) -> Any:
    """Forums of the last months and the next: a year of them would not fit on a page."""
    today = timezone.localdate()
    near = Forum.objects.visible_to(reader).filter(on__gte=today - FORUMS_BACK, on__lte=today + FORUMS_AHEAD)
    return near.order_by("-on", "id")


def _level(label: str) -> RungChoice:
    return RungChoice(label=label, queryset=Rung.objects.for_list(), widget=forms.RadioSelect, required=False)


class ProjectForm(RowsForm):
    """A project, all but its level and stage."""

    name = forms.CharField(
        label="Short name", help_text="Like: Day opportunities in the north.", max_length=150, required=False
    )
    question = _text("Which question do you want to answer together?", "question", 3)
    can_change = _text("What can change?", "can_change")
    cannot_change = _text("What cannot change, and why not?", "cannot_change")
    budget_open = forms.DecimalField(
        label="How much money may people decide about, in pounds? (optional)", help_text="0 when none.",
        required=False, decimal_places=2, max_digits=14, error_messages={"invalid": POUNDS_WRONG},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
    )  # fmt: skip
    locality = forms.ModelChoiceField(
        label="Locality", help_text="None means the whole council.", queryset=Area.objects.none(), required=False,
        empty_label="The whole council",
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label="Who answers for it?", queryset=User.objects.none(), required=False, empty_label="I do"
    )
    opened_on = DateBoxes(label="When did it begin?", help_text="Today, if you leave it empty.", required=False)
    ends_by = DateBoxes(label="By when is it meant to end? (optional)", required=False)
    themes = _many("Which themes led to it? (optional)", Theme.objects.none())
    communities = _many("Which communities does it concern most? (optional)", Community.objects.none())
    organisations = _many("Which groups take part? (optional)", Organisation.objects.none())
    panels = _many("Which panels take part? (optional)", Panel.objects.none())
    forums = _many("Which forums belong to it? (optional)", Forum.objects.none())

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        fields: dict[str, Any] = self.fields
        reader = self.reader
        fields["locality"].queryset = Area.objects.visible_to(reader).filter(kind=AreaKind.LOCALITY)
        fields["owner"].queryset = keepers(reader)
        choices: dict[str, Any] = {
            "themes": open_themes(reader),
            "communities": Community.objects.visible_to(reader).current().order_by("name"),
            "organisations": Organisation.objects.visible_to(reader).order_by("name"),
            "panels": Panel.objects.visible_to(reader).current().order_by("name"),
            "forums": _forums_near(reader),
        }
        for name, rows in choices.items():
            fields[name].queryset = self._with_known(name, rows)

    def _with_known(self, name: str, rows: Any) -> Any:
        """What the project has already may stay, although it could not be chosen any more."""
        if self.project is None:
            return rows
        both = rows.model.objects.filter(pk__in=rows.order_by().values("pk")) | getattr(self.project, name).all()
        return both.distinct().order_by("pk") if name == "forums" else both.distinct().order_by("name")

    def details(self) -> ProjectDetails:
        """The project as it shall stand."""
        data = self.cleaned_data
        plain: dict[str, Any] = {name: data[name] for name in OWN_FIELDS if name != "version"}
        linked: dict[str, Any] = {name: list(data[name]) for name in LINKS}
        return ProjectDetails(**plain, **linked)

    def remade_with(self) -> dict[str, Any]:
        """And the project."""
        return {**super().remade_with(), "project": self.project}


class NewProjectForm(ProjectForm):
    """A new project, with the level declared beforehand."""

    level = _level("How much may people decide?")
    field_order = ["name", "question", "can_change", "cannot_change", "budget_open", "level"]

    def level_details(self) -> LevelDetails:
        """The level."""
        return LevelDetails(self.cleaned_data["level"])


class LevelForm(RowsForm):
    """Another level, and why."""

    level = _level("How much may people decide from now on?")
    reason = forms.CharField(
        label="Why does it change?", help_text="In words people can read.", max_length=300, required=False
    )

    def details(self) -> LevelDetails:
        """The level, and why."""
        return LevelDetails(self.cleaned_data["level"], self.cleaned_data["reason"])


class StageForm(RowsForm):
    """Another stage."""

    stage = forms.ChoiceField(label="Where is it now?", choices=Stage.choices, widget=forms.RadioSelect, required=False)
    words = forms.CharField(label="What happened? (optional)", max_length=300, required=False)


class CloseForm(RowsForm):
    """How it ended."""

    words = forms.CharField(
        label="How did it end?", help_text="What was decided, what changed and what did not, in words people can read.",
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


def initial_of(project: Project) -> dict[str, Any]:
    """What stands."""
    linked = {name: list(getattr(project, name).values_list("pk", flat=True)) for name in LINKS}
    return {**{name: getattr(project, name) for name in OWN_FIELDS}, **linked}
