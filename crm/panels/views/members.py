"""Who sits on panels: put there from a person's page, one place, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of
from crm.declared.actions import read_declared_communities
from crm.panels.actions import members as actions
from crm.panels.forms.members import LeaveForm, MembershipForm, NoteForm, initial_of
from crm.panels.meetings import meetings_of
from crm.panels.models import Membership, Panel
from crm.panels.permissions import panels as permissions
from crm.panels.reports.members import may_see_seats, shown_to, told_by_seats
from crm.panels.rules.members import blockers_to_changing_member, needed_seat
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from crm.people.pages import AroundPersonPage, PersonPartPage


class MembershipPage(WorkspaceView):
    """One person's place on one panel."""

    permission = permissions.read_memberships

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page. Reading who sits in a reserved seat is audited."""
        membership = one_of(shown_to(self.user).prefetch_related("notes"), pk=pk)
        near = may_see_seats(self.user)
        if membership.person.restricted:
            read_restricted_people(actor=self.user, people=[membership.person])
        if near and (told := told_by_seats([membership])):
            read_declared_communities(actor=self.user, people=told)
        shown = {
            "title": "A place on a panel",
            "membership": membership,
            "may_see_seats": near,
            "may_change": near and not membership.left_because and membership.panel.ended_on is None,
            "may_note": near,
            "met": meetings_of(membership, self.user),
        }
        return render(request, "workspace/panels/membership.html", shown)


class AddMembership(PersonPartPage):
    """Put somebody on a panel: first which one, then where and as what."""

    permission = permissions.add_membership
    title = "Put them on a panel"
    lead = "Ask them first whether they want to, and what they need so that they can take part."

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Which panel; with one in the address, the rest."""
        return super().get(request, **kwargs) if self._panel() else self._choose()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; without a panel, back to the first step."""
        return super().post(request, **kwargs) if self._panel() else self._choose()

    def _panels(self) -> list[Panel]:
        return list(Panel.objects.visible_to(self.user).current().order_by("name"))

    def _panel(self) -> Panel | None:
        wanted = self.request.GET.get("panel", "")
        return next((panel for panel in self._panels() if str(panel.pk) == wanted), None)

    def _choose(self) -> HttpResponse:
        shown = {"title": self.title, "person": self.person, "panels": self._panels(), "back": self.address(None)}
        return render(self.request, "workspace/panels/choose.html", shown)

    def make_form(self, data: Any, subject: Any) -> MembershipForm:
        """From today, as a member, unless something else is said."""
        panel, today = self._panel(), timezone.localdate()
        assert panel is not None  # get and post ask first
        initial = {"role": Membership.Part.MEMBER, "first_day": today}
        return MembershipForm(data, initial=initial, reader=self.user, panel=panel, today=today)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The person, and the panel that was chosen."""
        panel = self._panel()
        return {"panel": panel, "person": self.person} if panel else None

    def save(self, form: MembershipForm, subject: Any) -> Membership:
        """Put them there. Trying a reserved seat tells what they declared, also when it is refused: it is audited."""
        details = form.details()
        note_asking(self.user, self.person, details)
        return actions.add_membership(actor=self.user, panel=form.panel, person=self.person, details=details)

    def shows(self) -> dict[str, Any]:
        """Which panel it is."""
        panel = self._panel()
        return {**super().shows(), "lead": f"{panel.name}. {self.lead}" if panel else self.lead}


def note_asking(reader: Any, person: Person, details: Any) -> None:
    """Whoever tries to put somebody in a reserved seat asks what they declared: written down before the answer."""
    seat = needed_seat(details)
    if seat is not None and seat.reserved_for_id:
        read_declared_communities(actor=reader, people=[person])


class OneMembershipPage(AroundPersonPage):
    """A page about one place on a panel."""

    model = Membership

    def address(self, subject: Any) -> str:
        """The place's own page."""
        return reverse("workspace:membership", args=[self.record.pk])


class ChangeMembership(OneMembershipPage):
    """Another seat, role or term."""

    permission = permissions.change_membership
    title = "Change their place on the panel"

    def make_form(self, data: Any, subject: Any) -> MembershipForm:
        """What stands; the seat that stands there may tell what they declared."""
        today = timezone.localdate()
        if data is None and (told := told_by_seats([subject])):
            read_declared_communities(actor=self.user, people=told)
        return MembershipForm(data, initial=initial_of(subject), reader=self.user, panel=subject.panel, today=today)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They left, or the panel has ended."""
        return blockers_to_changing_member(subject)

    def save(self, form: Any, subject: Any) -> Membership:
        """Change it."""
        details = form.details()
        note_asking(self.user, subject.person, details)
        return actions.change_membership(
            actor=self.user, membership=subject, details=details, expected_version=form.cleaned_data["version"]
        )


class LeavePanel(OneMembershipPage):
    """They leave."""

    permission = permissions.leave_panel
    title = "They leave the panel"
    lead = "Ask them why, and write it as they say it. It is how we learn what drives people away."
    form_class = LeaveForm

    def initial(self, record: Any) -> dict[str, Any]:
        """Today."""
        return {"last_day": timezone.localdate()}

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They left, or the panel has ended."""
        return blockers_to_changing_member(subject)

    def save(self, form: Any, subject: Any) -> Membership:
        """Record it."""
        return actions.leave_panel(
            actor=self.user, membership=subject, details=form.details(), expected_version=form.cleaned_data["version"]
        )


class NoteAboutMember(OneMembershipPage):
    """An interest or training."""

    permission = permissions.note_about_member
    title = "Note an interest or training"
    form_class = NoteForm

    def initial(self, record: Any) -> dict[str, Any]:
        """Today."""
        return {"happened_on": timezone.localdate()}

    def save(self, form: Any, subject: Any) -> Membership:
        """Note it."""
        return actions.note_about_member(
            actor=self.user, membership=subject, details=form.details(), expected_version=form.cleaned_data["version"]
        )
