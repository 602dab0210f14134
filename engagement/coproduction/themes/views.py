"""Themes: the list, one theme, gathering points, splitting, merging, nesting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen, page_of
from crm.counting.figures import says_how_roughly, says_the_rule
from engagement.coproduction.themes import actions, permissions, rules
from engagement.coproduction.themes.around import cards_about_theme
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.filters import ThemeFilter
from engagement.coproduction.themes.forms import (
    OWN_FIELDS,
    ConfirmForm,
    GatherForm,
    KnownOnForm,
    MergeForm,
    NestForm,
    NewThemeForm,
    PointsForm,
    PutForm,
    ReasonForm,
    SplitForm,
    ThemeForm,
)
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.hidden import counts_exactly, figures_for
from engagement.coproduction.themes.reports.nearest import MEASURE, nearest_points
from engagement.coproduction.themes.reports.words import points_in, themes_of, with_counts
from engagement.log.marks import mark_restricted
from engagement.log.models import Point


class ThemeList(Listing):
    """Themes by name, with how many points each holds."""

    permission = permissions.read_themes
    template_name = "workspace/themes/list.html"
    title = "Themes"
    filterset = ThemeFilter
    shown_filters = ("state", "mine", "locality", "owner", "parent")

    def rows(self) -> Any:
        """Open ones, unless another state is asked for."""
        rows = Theme.objects.visible_to(self.user).for_list()
        return with_counts(rows if self.request.GET.get("state") else rows.open())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And whether this reader may name one, and reads how many points each holds."""
        more = {"may_add": permissions.add_theme.row.open_to(self.user), "exact": counts_exactly(self.user)}
        return super().get_context_data(**more, **kwargs)


class ThemePage(WorkspaceView):
    """One theme: who raised it, since when, as known on a day, and the words behind it that the reader may read."""

    permission = permissions.read_themes

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        beside = ("children", "merged")
        theme = one_seen(self.user, Theme, pk, "for_list", joined=("split_from",), beside=beside)
        form = KnownOnForm(request.GET, reader=self.user)
        page = page_of(points_in(theme, reader=self.user), request)
        mark_restricted(self.user, page)
        is_open = theme.state == Theme.State.OPEN
        shown = {
            "title": theme.name,
            "theme": theme,
            "form": None if form.is_valid() else form,
            "known_on": form["on"],
            "figures": figures_for(theme, form.day, reader=self.user) if form.is_valid() else None,
            "exact": form.exact,
            "rule": says_the_rule(),
            "roughly": says_how_roughly(),
            "page": page,
            "cards": cards_about_theme(theme, reader=self.user),
            "may_gather": is_open and permissions.gather_points.row.open_to(self.user),
            "may_change": is_open and permissions.change_theme(actor=self.user, theme=theme),
            "may_shape": permissions.close_theme(actor=self.user, theme=theme),
            "meets_people": permissions.change_theme.row.open_to(self.user),
            "is_open": is_open,
        }
        return render(request, "workspace/themes/theme.html", shown)


class AddTheme(EditPage):
    """Name a theme."""

    permission = permissions.add_theme
    template_name = "workspace/themes/edit.html"
    title = "Name a theme"

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty, or inside the theme whose page was open."""
        return NewThemeForm(data, initial={"parent": self.request.GET.get("in")}, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The locality is chosen in the form."""
        return None

    def save(self, form: Any, subject: Any) -> Theme:
        """Name it."""
        return actions.add_theme(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:theme", args=[subject.pk]) if subject else reverse("workspace:themes")


class OneThemePage(AddTheme):
    """A page that changes one theme."""

    lead: ClassVar[str] = ""

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It goes on in another one, or is closed."""
        return rules.blockers_to_open(subject)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The theme; points are chosen in the form."""
        return {"theme": subject, "points": []}

    def subject(self) -> Theme:
        """The theme."""
        joined = ("locality", "owner", "parent", "merged_into")
        found: Theme = one_seen(self.user, Theme, self.kwargs["pk"], joined=joined)
        return found

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {"lead": self.lead}


class ChangeTheme(OneThemePage):
    """Put a theme right."""

    permission = permissions.change_theme
    title = "Change this theme"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        initial = {name: getattr(subject, name) for name in OWN_FIELDS}
        return ThemeForm(data, initial=initial, reader=self.user)

    def save(self, form: Any, subject: Any) -> Theme:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_theme(actor=self.user, theme=subject, details=form.details(), expected_version=version)


class GatherPoints(OneThemePage):
    """Points that may belong to a theme: the ten nearest. Nothing is linked until somebody presses."""

    permission = permissions.gather_points
    title = "Put points into this theme"
    lead = f"These are the nearest points you may read. How near: {MEASURE} Nothing is put here until you save."

    def make_form(self, data: Any, subject: Any) -> Any:
        """The ten nearest."""
        offered = [found.point for found in nearest_points(subject, reader=self.user)]
        mark_restricted(self.user, offered)
        return GatherForm(data, offered=offered, reader=self.user)

    def save(self, form: Any, subject: Any) -> Theme:
        """Put them there."""
        return actions.gather_points(actor=self.user, theme=subject, points=list(form.cleaned_data["points"]))


class ReleasePoints(OneThemePage):
    """Take points out."""

    permission = permissions.release_points
    title = "Take points out of this theme"
    lead = "They stay where they were said. Figures of the days before stay as they were."

    def make_form(self, data: Any, subject: Any) -> Any:
        """The points the reader may read."""
        return PointsForm(data, theme=subject, reader=self.user)

    def save(self, form: Any, subject: Any) -> Theme:
        """Take them out."""
        return actions.release_points(actor=self.user, theme=subject, points=list(form.cleaned_data["points"]))


class SplitTheme(OneThemePage):
    """Some points become a theme of their own."""

    permission = permissions.split_theme
    title = "Split this theme"
    lead = "The points you choose become a new theme from today on. Figures of the days before stay as they were."

    def make_form(self, data: Any, subject: Any) -> Any:
        """The points the reader may read, and a new name."""
        initial = {"version": subject.version, "locality": subject.locality}
        return SplitForm(data, theme=subject, initial=initial, reader=self.user)

    def save(self, form: Any, subject: Any) -> Theme:
        """Split it."""
        data = form.cleaned_data
        details = ThemeDetails(data["name"], data["about"], data["owner"], data["locality"], subject.parent)
        return actions.split_theme(
            actor=self.user, theme=subject, details=details, points=list(data["points"]),
            expected_version=data["version"],
        )  # fmt: skip


class MergeTheme(OneThemePage):
    """A theme goes on in another one."""

    permission = permissions.merge_theme
    title = "Merge this theme into another"
    lead = (
        "Its points, and the themes that lie in it, belong to the other one from today on. You can open it again: it "
        "then takes back what it brought."
    )

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which, and why."""
        return MergeForm(data, theme=subject, initial={"version": subject.version}, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The theme; the other one is chosen in the form."""
        return {"theme": subject, "into": subject}

    def save(self, form: Any, subject: Any) -> Theme:
        """Merge it."""
        data = form.cleaned_data
        actions.merge_theme(
            actor=self.user, theme=subject, into=data["into"], reason=data["reason"], expected_version=data["version"]
        )
        into: Theme = data["into"]
        return into


class NestTheme(OneThemePage):
    """A theme lies in a wider one."""

    permission = permissions.nest_theme
    title = "Put this theme inside another"
    lead = "The wider theme counts the points of this one too, each once."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Where it lies."""
        initial = {"parent": subject.parent_id, "version": subject.version}
        return NestForm(data, theme=subject, initial=initial, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The theme, or the wider one it could be taken out of."""
        return {"theme": subject, "parent": None}

    def save(self, form: Any, subject: Any) -> Theme:
        """Move it."""
        data = form.cleaned_data
        return actions.nest_theme(
            actor=self.user, theme=subject, parent=data["parent"], expected_version=data["version"]
        )


class CloseTheme(OneThemePage):
    """Nothing more is gathered here."""

    permission = permissions.close_theme
    title = "Close this theme"
    lead = "Its points stay. You can open it again."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return ReasonForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Theme:
        """Close it."""
        data = form.cleaned_data
        return actions.close_theme(
            actor=self.user, theme=subject, reason=data["reason"], expected_version=data["version"]
        )


class ReopenTheme(OneThemePage):
    """Open it again."""

    permission = permissions.reopen_theme
    title = "Open this theme again"
    lead = "A theme that was merged takes back from today on, of what it brought, what still belongs to the other one."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Nothing to fill in."""
        return ConfirmForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is open, or cannot take back what it brought."""
        return rules.blockers_to_reopening(subject)

    def save(self, form: Any, subject: Any) -> Theme:
        """Open it."""
        return actions.reopen_theme(actor=self.user, theme=subject, expected_version=form.cleaned_data["version"])


class PutIntoTheme(EditPage):
    """One point goes into a theme, or into a new one."""

    permission = permissions.gather_points
    template_name = "workspace/themes/put.html"
    title = "Put this into a theme"

    def subject(self) -> Point:
        """The point, where the reader may read it."""
        found: Point = one_seen(self.user, Point, self.kwargs["pk"], "for_list")
        mark_restricted(self.user, [found])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which theme."""
        return PutForm(data, initial={"locality": subject.event.locality_id}, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The theme is chosen in the form."""
        return None

    def save(self, form: Any, subject: Any) -> Point:
        """Put it there; a new theme is named with it."""
        data = form.cleaned_data
        if data["theme"] is not None:
            actions.gather_points(actor=self.user, theme=data["theme"], points=[subject])
        else:
            details = ThemeDetails(data["name"], locality=data["locality"])
            actions.add_theme(actor=self.user, details=details, points=[subject])
        point: Point = subject
        return point

    def address(self, subject: Any) -> str:
        """Its contact."""
        return reverse("workspace:contact", args=[subject.event_id])

    def shows(self) -> dict[str, Any]:
        """Where it belongs already."""
        pk = self.kwargs["pk"]
        return {"themes": themes_of([pk], reader=self.user).get(pk, [])}
