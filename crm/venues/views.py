"""Venues: the list, one venue with its access record, adding, changing, and recording what was found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.naming import Lookalike, names_like
from crm.base.phones import shown_phone
from crm.base.views import WorkspaceView, one_of
from crm.organisations.models import Organisation
from crm.venues import permissions, reports
from crm.venues.actions import add_venue, change_venue, check_venue
from crm.venues.filters import VenueFilter
from crm.venues.forms import FactForm, VenueForm, initial_of, initial_of_fact
from crm.venues.models import Venue, VenueFact

About = VenueFact.About


class VenueList(Listing):
    """Venues by name, narrowed by place and by what was found there."""

    permission = permissions.read_venues
    template_name = "workspace/venues/list.html"
    title = "Venues"
    filterset = VenueFilter
    shown_filters = (
        "locality", "area", About.STEP_FREE.value, About.ACCESSIBLE_TOILET.value, About.CHANGING_PLACES.value,
        About.HEARING_LOOP.value, About.QUIET_ROOM.value, About.PRAYER_SPACE.value, About.PARKING.value,
        "to_check_again",
    )  # fmt: skip

    def rows(self) -> Any:
        """What this reader may see."""
        return Venue.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader may add one, and what is known of each."""
        shown = super().get_context_data(may_add=permissions.add_venue(actor=self.user), **kwargs)
        for venue in shown["page"]:
            venue.access = reports.access_of(venue)
            venue.not_asked = sum(line.fact is None for line in venue.access)
        return shown


class VenuePage(WorkspaceView):
    """One venue: how to get in and take part, and what is still to be asked."""

    permission = permissions.read_venues

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        rows = Venue.objects.visible_to(self.user).for_list().prefetch_related("facts__checked_by")
        venue = one_of(rows, pk=pk)
        access = reports.access_of(venue)
        shown = {
            "title": venue.name,
            "venue": venue,
            "phone": shown_phone(venue.phone),
            "known": [line for line in access if line.fact],
            "missing": [line for line in access if not line.fact],
            "may_change": permissions.change_venue.row.open_to(self.user),
            "may_read_groups": venue.organisation_id
            in Organisation.objects.seen_among(self.user, {venue.organisation_id} - {None}),
        }
        return render(request, "workspace/venues/venue.html", shown)


class AddVenue(EditPage):
    """Add a venue."""

    permission = permissions.add_venue
    template_name = "workspace/venues/edit.html"
    title = "Add a venue"
    saved_words = "The venue is saved. Now record what you know about access."

    def make_form(self, data: Any, subject: Any) -> Any:
        """What is stored, or what was sent."""
        return VenueForm(data, initial=initial_of(subject), reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Lookalike]:
        """Venues of a name like it."""
        return names_like("venue", form.cleaned_data["name"], reader=self.user, besides=subject)

    def save(self, form: Any, subject: Any) -> Venue:
        """Add it."""
        return add_venue(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:venue", args=[subject.pk]) if subject else reverse("workspace:venues")


class ChangeVenue(AddVenue):
    """Change a venue."""

    permission = permissions.change_venue
    title = "Change this venue"
    saved_words = "Saved."

    def subject(self) -> Venue:
        """The venue."""
        rows = Venue.objects.visible_to(self.user).select_related("organisation", "area")
        found: Venue = one_of(rows, pk=self.kwargs["pk"])
        return found

    def warnings(self, form: Any, subject: Any) -> list[Lookalike]:
        """Venues of a name like it, when the name is a new one."""
        return super().warnings(form, subject) if form.cleaned_data["name"].strip() != subject.name else []

    def save(self, form: Any, subject: Any) -> Venue:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_venue(actor=self.user, venue=subject, details=form.details(), expected_version=version)


class CheckVenue(EditPage):
    """Record what was found about one thing."""

    permission = permissions.check_venue
    template_name = "workspace/venues/fact.html"
    saved_words = "Recorded."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the thing that is looked at
        """What is looked at."""
        return str(About(self.kwargs["about"]).label)

    def subject(self) -> Venue:
        """The venue; 404 for a thing that is not looked at anywhere."""
        if self.kwargs["about"] not in About.values:
            raise Http404
        rows = Venue.objects.visible_to(self.user).prefetch_related("facts")
        found: Venue = one_of(rows, pk=self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """What is known, or what was sent."""
        return FactForm(data, initial=initial_of_fact(subject, self.kwargs["about"]), reader=self.user)

    def save(self, form: Any, subject: Any) -> Venue:
        """Record it."""
        facts = [form.details(self.kwargs["about"])]
        version = form.cleaned_data["version"]
        return check_venue(actor=self.user, venue=subject, facts=facts, expected_version=version)

    def address(self, subject: Any) -> str:
        """The venue's page."""
        return reverse("workspace:venue", args=[subject.pk])
