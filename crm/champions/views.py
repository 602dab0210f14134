"""Champions: the list by locality, one appointment, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.accounts.staff_views import NOT_SENT
from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of
from crm.champions import permissions, rules
from crm.champions.actions import add_learning, appoint_champion, change_appointment, end_appointment, hand_over
from crm.champions.filters import NOW, AppointmentFilter
from crm.champions.forms import AppointmentForm, EndForm, HandOverForm, LearningForm, initial_of
from crm.champions.handover import left_open
from crm.champions.models import Appointment
from crm.people.models import Person


class ChampionList(Listing):
    """Champions by locality: who stands, who ends soon. Those who stand today, unless asked otherwise."""

    permission = permissions.read_champions
    template_name = "workspace/champions/list.html"
    title = "EDI champions"
    filterset = AppointmentFilter
    shown_filters = ("when", "locality", "community", "kind", "ending")

    def rows(self) -> Any:
        """What this reader may see."""
        rows = Appointment.objects.visible_to(self.user).for_list()
        return rows if self.request.GET.get("when") else rows.standing(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader may appoint somebody, and see the gaps."""
        return super().get_context_data(
            may_add=permissions.appoint_champion.row.open_to(self.user),
            may_read_roles=permissions.read_governance_roles.row.open_to(self.user),
            now=NOW,
            **kwargs,
        )


class AppointmentPage(WorkspaceView):
    """One appointment: for whom, how long, what they may decide and learnt, and what they have open."""

    permission = permissions.read_champions

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        rows = Appointment.objects.visible_to(self.user).for_list()
        rows = rows.select_related("user", "locality", "invitation", "handed_over_to").prefetch_related("learning")
        one = one_of(rows, pk=pk)
        may_change = permissions.change_appointment(actor=self.user, appointment=one)
        person = Person.objects.visible_to(self.user).filter(pk=one.person_id).first() if one.person_id else None
        shown = {
            "title": one.name,
            "one": one,
            "person": person,
            "open": left_open(self.user, [one.user_id]).get(one.user_id, "") if one.user_id and may_change else "",
            "may_change": may_change,
            "may_add_learning": permissions.add_learning(actor=self.user, appointment=one),
        }
        return render(request, "workspace/champions/champion.html", shown)


class AppointmentEdit(EditPage):
    """What the pages about one appointment share."""

    template_name = "workspace/champions/form.html"

    def subject(self) -> Appointment:
        """The appointment."""
        rows = Appointment.objects.visible_to(self.user)
        found: Appointment = one_of(
            rows.select_related("locality", "user", "invitation", "person"), pk=self.kwargs["pk"]
        )
        return found

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:champion", args=[subject.pk]) if subject else reverse("workspace:champions")


class AppointChampion(AppointmentEdit):
    """Appoint a champion, and invite an account in the same act."""

    permission = permissions.appoint_champion
    template_name = "workspace/champions/edit.html"
    title = "Appoint a champion"
    saved_words = "The champion is appointed."

    def subject(self) -> Any:
        """None: a new one."""
        return None

    def make_form(self, data: Any, subject: Any) -> Any:
        """An empty one, or what was sent."""
        return AppointmentForm(data, initial=initial_of(None), reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The locality is chosen in the form."""
        return None

    def save(self, form: Any, subject: Any) -> Appointment | None:
        """Appoint. When the mail server refuses, they must know."""
        try:
            return appoint_champion(actor=self.user, details=form.details())
        except OSError:
            messages.warning(self.request, NOT_SENT)
            return None


class ChangeAppointment(AppointmentEdit):
    """Change an appointment."""

    permission = permissions.change_appointment
    template_name = "workspace/champions/edit.html"
    title = "Change this appointment"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands, or what was sent."""
        asks = subject.user_id is None and not rules.has_open_invitation(subject)
        rows = {"communities": [{"community": community.pk} for community in subject.communities.all()]}
        return AppointmentForm(
            data, initial=initial_of(subject), rows=rows, reader=self.user, stands=subject, asks_account=asks
        )

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The term is over."""
        return [rules.OVER] if subject.is_over else []

    def save(self, form: Any, subject: Any) -> Appointment:
        """Change it."""
        version = form.cleaned_data["version"]
        try:
            return change_appointment(
                actor=self.user, appointment=subject, details=form.details(), expected_version=version
            )
        except OSError:
            messages.warning(self.request, NOT_SENT)
            return self.subject()


class HandOver(AppointmentEdit):
    """Pass what a champion has open to a colleague."""

    permission = permissions.hand_over
    title = "Hand over what is open"
    saved_words = "Handed over."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Who takes over."""
        return HandOverForm(data, initial={"version": subject.version}, reader=self.user, stands=subject)

    def save(self, form: Any, subject: Any) -> Appointment:
        """Hand over."""
        sent = form.cleaned_data
        return hand_over(
            actor=self.user, appointment=subject, hand_over_to=sent["hand_over_to"], expected_version=sent["version"]
        )


class EndAppointment(AppointmentEdit):
    """End an appointment."""

    permission = permissions.end_appointment
    title = "End this appointment"
    saved_words = "The appointment is ended."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Today, and why."""
        initial = {"version": subject.version, "last_day": timezone.localdate()}
        return EndForm(data, initial=initial, reader=self.user, stands=subject)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The term is over."""
        return [rules.OVER] if subject.is_over else []

    def save(self, form: Any, subject: Any) -> Appointment:
        """End it."""
        sent = dict(form.cleaned_data)
        return end_appointment(actor=self.user, appointment=subject, expected_version=sent.pop("version"), **sent)


class AddLearning(AppointmentEdit):
    """Write down what a champion learnt or taught."""

    permission = permissions.add_learning
    title = "Add learning"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What it was."""
        return LearningForm(data, reader=self.user)

    def save(self, form: Any, subject: Any) -> Appointment:
        """Add it."""
        learning = add_learning(actor=self.user, appointment=subject, details=form.details())
        return learning.appointment
