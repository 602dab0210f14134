"""Pages about calendars: the addresses to subscribe to, one's own private calendar, and that of a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from crm.areas.models import Area, AreaKind
from crm.base.views import WorkspacePage, WorkspaceView, one_seen
from crm.people.models import Person
from engagement.forums.actions.calendars import end_calendar_link, make_calendar_link
from engagement.forums.models import CalendarLink, OfferKind
from engagement.forums.permissions import calendars as permissions

MADE = "The calendar is made. Its address is below."
ENDED = "The calendar is ended. Its address leads nowhere any more."


def full(name: str, *parts: object) -> str:
    """The full address of a calendar, to copy."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse(name, args=parts)


def address_of(link: CalendarLink | None) -> str:
    """The full address of a private calendar; "" for none."""
    return full("private-calendar", link.secret) if link is not None else ""


class Calendars(WorkspacePage):
    """Addresses of public calendars, and one's own private one."""

    permission = permissions.read_calendars
    template_name = "workspace/calendars/calendars.html"
    title = "Calendars"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The addresses; one's own where there is one. 3 queries."""
        public = [("All forums", full("public-calendar", "all", "forums"))]
        localities = Area.objects.filter(kind=AreaKind.LOCALITY, last_day=None).order_by("name")
        public += [(f"Forums in {area.name}", full("public-calendar", "locality", area.pk)) for area in localities]
        offers = [(kind.name, full("public-calendar", "offer", kind.key)) for kind in OfferKind.objects.offered()]
        link = CalendarLink.objects.filter(user=self.user, ended_at=None).first()
        shown = {"public": public, "offers": offers, "link": link, "address": address_of(link)}
        may_make = permissions.make_calendar_link.row.open_to(self.user)
        return super().get_context_data(**shown, may_make=may_make, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one's own."""
        make_calendar_link(actor=self.user)
        messages.success(request, MADE)
        return redirect("workspace:calendars")


class PersonCalendar(WorkspaceView):
    """The private calendar of a person: the forums they are invited to."""

    permission = permissions.make_calendar_link

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Its address, where there is one."""
        person = one_seen(self.user, Person, pk)
        link = CalendarLink.objects.filter(person=person, ended_at=None).first()
        shown = {"title": "Private calendar", "person": person, "link": link, "address": address_of(link)}
        return render(request, "workspace/calendars/person.html", shown)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make it."""
        person = one_seen(self.user, Person, pk)
        make_calendar_link(actor=self.user, person=person)
        messages.success(request, MADE)
        return redirect("workspace:person-calendar", pk=person.pk)


class EndCalendarLink(WorkspaceView):
    """The button that ends a private calendar, at once."""

    permission = permissions.end_calendar_link
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End it, and go back to where it was shown."""
        link = one_seen(self.user, CalendarLink, pk)
        end_calendar_link(actor=self.user, link=link)
        messages.success(request, ENDED)
        if link.person_id:
            return redirect("workspace:person-calendar", pk=link.person_id)
        return redirect("workspace:calendars")
