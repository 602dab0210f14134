"""Panels: the list, one panel, its seats, and who is at the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspacePage, WorkspaceView, one_of
from crm.declared.actions import read_declared_communities
from crm.panels.actions import panels as actions
from crm.panels.filters import PanelFilter
from crm.panels.forms.panels import EndPanelForm, EndSeatForm, NatureForm, NewPanelForm, PanelForm, SeatForm, initial_of
from crm.panels.models import Panel, Seat
from crm.panels.permissions import panels as permissions
from crm.panels.reports.members import may_see_seats, members_of, seats_of, told_by_seats
from crm.panels.reports.table import who_is_at_the_table
from crm.panels.rules import panels as rules
from crm.people.actions import read_restricted_people


class PanelList(Listing):
    """Panels by name, narrowed by kind and place."""

    permission = permissions.read_panels
    template_name = "workspace/panels/list.html"
    title = "Panels"
    filterset = PanelFilter
    shown_filters = ("kind", "locality", "community", "current")

    def rows(self) -> Any:
        """What this reader may see."""
        return Panel.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And what they may do."""
        may = {"may_add": permissions.add_panel(actor=self.user), "may_count": permissions.read_table(actor=self.user)}
        return super().get_context_data(**may, **kwargs)


class PanelPage(WorkspaceView):
    """One panel: what it is for, who decides, who sits there, who is missing, what it was and what grew out of it."""

    permission = permissions.read_panels

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page. Whoever reads who sits in a reserved seat reads what they declared: that is audited."""
        rows = Panel.objects.visible_to(self.user).for_list()
        panel = one_of(rows.prefetch_related("grew_into", "changes__changed_by"), pk=pk)
        today, near = timezone.localdate(), may_see_seats(self.user)
        members = members_of(panel, reader=self.user, today=today)
        self._note_reading(members, near)
        may_keep = permissions.add_panel(actor=self.user)
        shown = {
            "title": panel.name,
            "panel": panel,
            "today": today,
            "members": members,
            "may_see_members": permissions.read_memberships(actor=self.user),
            "may_see_seats": near,
            "may_keep": may_keep and panel.ended_on is None,
            **_seats(seats_of(panel, today), told_taken=may_keep),
            "told_taken": may_keep,
            "powers": _powers(panel),
            **self._table(panel),
        }
        return render(request, "workspace/panels/panel.html", shown)

    def _note_reading(self, members: list[Any], near: bool) -> None:
        restricted = {row.person_id: row.person for row in members if row.person.restricted}
        if restricted:
            read_restricted_people(actor=self.user, people=list(restricted.values()))
        told = told_by_seats(members) if near else []
        if told:
            read_declared_communities(actor=self.user, people=told)

    def _table(self, panel: Panel) -> dict[str, Any]:
        if not permissions.read_table(actor=self.user) or panel.ended_on is not None:
            return {}
        table = who_is_at_the_table(self.user)
        return {"table": table, "part": table.of(panel)}


def _seats(seats: list[Any], *, told_taken: bool) -> dict[str, Any]:
    """Kept seats, and empty ones where that may be told, before all the others, which a phone need not show."""
    noted = [seat for seat in seats if seat.reserved_for_id or (told_taken and not seat.taken)]
    return {"seats": noted, "other_seats": [seat for seat in seats if seat not in noted]}


def _powers(panel: Panel) -> list[tuple[str, str]]:
    names = {"agenda_power": "The agenda", "budget_power": "The budget", "words_power": "The words that are published"}
    return [(words, getattr(panel, f"get_{name}_display")()) for name, words in names.items()]


class TablePage(WorkspacePage):
    """Who is at the table, for every panel and for all of them."""

    permission = permissions.read_table
    template_name = "workspace/panels/table.html"
    title = "Who is at the table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The numbers."""
        table = who_is_at_the_table(self.user)
        return super().get_context_data(table=table, parts=[table.all, *table.panels], **kwargs)


class AddPanel(EditPage):
    """Add a panel, perhaps one that grows out of another."""

    permission = permissions.add_panel
    template_name = "workspace/panels/edit.html"
    title = "Add a panel"

    def make_form(self, data: Any, subject: Any) -> NewPanelForm:
        """Empty, or growing out of the panel whose page was open."""
        initial = {**initial_of(None), "first_day": timezone.localdate(), "grew_from": self.request.GET.get("from")}
        return NewPanelForm(data, initial=initial, reader=self.user)

    def save(self, form: Any, subject: Any) -> Panel:
        """Add it."""
        return actions.add_panel(actor=self.user, details=form.details(), nature=form.nature())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:panel", args=[subject.pk]) if subject else reverse("workspace:panels")


class OnePanelPage(AddPanel):
    """A page that changes one panel."""

    lead = ""

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_standing(subject)

    def subject(self) -> Panel:
        """The panel."""
        rows = Panel.objects.visible_to(self.user).prefetch_related("communities")
        found: Panel = one_of(rows, pk=self.kwargs["pk"])
        return found

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {"lead": self.lead}


class ChangePanel(OnePanelPage):
    """Put a panel right."""

    permission = permissions.change_panel
    title = "Change this panel"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        return PanelForm(data, initial=initial_of(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> Panel:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_panel(actor=self.user, panel=subject, details=form.details(), expected_version=version)


class ChangeNature(OnePanelPage):
    """It becomes something else."""

    permission = permissions.change_panel_nature
    title = "This panel becomes something else"
    lead = "What it was until now stays on its page. If several bodies grow out of it, add each of them instead."

    def make_form(self, data: Any, subject: Any) -> Any:
        """What it is now, to be changed."""
        initial = {name: getattr(subject, name) for name in ("kind", "purpose", "version")}
        return NatureForm(data, initial={**initial, "changed_on": timezone.localdate()}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Panel:
        """Change it, with its history."""
        version = form.cleaned_data["version"]
        return actions.change_panel_nature(
            actor=self.user, panel=subject, details=form.details(), expected_version=version
        )


class EndPanel(OnePanelPage):
    """It ends."""

    permission = permissions.end_panel
    title = "This panel ends"
    lead = "Everybody's term there ends with it. The panel and its history stay readable."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why, and when."""
        return EndPanelForm(
            data, initial={"version": subject.version, "ended_on": timezone.localdate()}, reader=self.user
        )

    def save(self, form: Any, subject: Any) -> Panel:
        """End it."""
        data = form.cleaned_data
        return actions.end_panel(
            actor=self.user, panel=subject, reason=data["reason"], ended_on=data["ended_on"],
            expected_version=data["version"],
        )  # fmt: skip


class AddSeat(OnePanelPage):
    """One more seat."""

    permission = permissions.add_seat
    title = "Add a seat"
    lead = (
        "A seat may be kept for a community that takes part less than others, or has needs of its own, when that is a "
        "fair way to mend it (Equality Act 2010, section 158). Write down who is missing and how we know."
    )

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty."""
        return SeatForm(data, reader=self.user)

    def save(self, form: Any, subject: Any) -> Any:
        """Add it."""
        return actions.add_seat(actor=self.user, panel=subject, details=form.details()).panel


class ChangeSeat(OnePanelPage):
    """A seat is called something else, or kept for somebody else."""

    permission = permissions.change_seat
    title = "Change this seat"
    lead = AddSeat.lead

    def subject(self) -> Any:
        """The seat."""
        return one_of(Seat.objects.visible_to(self.user).select_related("panel"), pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        initial = {name: getattr(subject, name) for name in ("name", "reserved_for", "aim", "version")}
        return SeatForm(data, initial=initial, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The seat or its panel has ended."""
        return rules.blockers_to_seat(subject)

    def save(self, form: Any, subject: Any) -> Any:
        """Change it."""
        version = form.cleaned_data["version"]
        return actions.change_seat(actor=self.user, seat=subject, details=form.details(), expected_version=version)

    def address(self, subject: Any) -> str:
        """The panel's page."""
        return reverse("workspace:panel", args=[subject.panel_id])


class EndSeat(ChangeSeat):
    """A seat is taken away."""

    permission = permissions.end_seat
    title = "Take this seat away"
    lead = "Only a seat where nobody sits can be taken away."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Nothing to fill in."""
        return EndSeatForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Somebody sits there, or it has ended."""
        return rules.blockers_to_ending_seat(subject, timezone.localdate())

    def save(self, form: Any, subject: Any) -> Any:
        """Take it away."""
        return actions.end_seat(actor=self.user, seat=subject, expected_version=form.cleaned_data["version"])
