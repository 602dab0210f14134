"""What groups offer people and what they were given: lists, and adding, changing, confirming, ending."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.permissions import about
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from crm.organisations import permissions, rules
from crm.organisations.actions import (
    add_service,
    add_support_given,
    change_service,
    change_support_given,
    confirm_organisation,
    confirm_service,
    end_service,
)
from crm.organisations.filters import ServiceFilter, SupportGivenFilter
from crm.organisations.models import Organisation, Service, SupportGiven
from crm.organisations.offer_forms import (
    ConfirmForm,
    ServiceForm,
    SupportGivenForm,
    initial_of_service,
    initial_of_support,
)


def _group_page(group: Any) -> str:
    return reverse("workspace:group", args=[group])


class ConfirmGroup(EditPage):
    """Say who in the group confirmed that what we know of it is right."""

    permission = permissions.confirm_organisation
    template_name = "workspace/groups/one_form.html"
    title = "Confirm what we know"
    saved_words = "Confirmed today."

    def subject(self) -> Organisation:
        """The group."""
        found: Organisation = one_seen(self.user, Organisation, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty: who confirms may be another each time."""
        return ConfirmForm(data, initial={"version": subject.version})

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed."""
        return rules.blockers_to_confirming("", subject)

    def save(self, form: Any, subject: Any) -> Organisation:
        """Confirm it."""
        data = form.cleaned_data
        return confirm_organisation(
            actor=self.user, organisation=subject, with_whom=data["with_whom"], expected_version=data["version"]
        )

    def address(self, subject: Any) -> str:
        """The group's page."""
        return _group_page(subject.pk)


class ServiceList(Listing):
    """Services by name, narrowed by group, place, language and whether they run."""

    permission = permissions.read_services
    template_name = "workspace/services/list.html"
    title = "Services"
    filterset = ServiceFilter
    shown_filters = ("status", "area", "language", "in_directory", "unconfirmed")

    def rows(self) -> Any:
        """What this reader may see."""
        return Service.objects.visible_to(self.user).for_list()


class ServicePage(WorkspaceView):
    """One service, as the public directory shows it, and what to do about it."""

    permission = permissions.read_services

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        rows = Service.objects.visible_to(self.user).for_list().select_related("confirmed_by")
        service = one_of(rows, pk=pk)
        shown = {
            "title": service.name,
            "service": service,
            "may_change": permissions.change_service(actor=self.user, service=service),
            "needs_asking": rules.needs_asking(service),
        }
        return render(request, "workspace/services/service.html", shown)


class AddService(EditPage):
    """Add a service of a group."""

    permission = permissions.add_service
    template_name = "workspace/groups/one_form.html"
    title = "Add a service"
    saved_words = "The service is saved."

    def group(self) -> Organisation:
        """The group that offers it."""
        found: Organisation = one_seen(self.user, Organisation, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> ServiceForm:
        """What is stored, or what was sent."""
        return ServiceForm(data, initial=initial_of_service(subject), reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The group; what is changed, where something stands."""
        return about(type(self).permission, subject or self.group())

    def save(self, form: Any, subject: Any) -> Service:
        """Add it."""
        return add_service(actor=self.user, organisation=self.group(), details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the group's."""
        return reverse("workspace:service", args=[subject.pk]) if subject else _group_page(self.group().pk)


class ChangeService(AddService):
    """Change a service."""

    permission = permissions.change_service
    title = "Change this service"
    saved_words = "Saved."

    def subject(self) -> Service:
        """The service."""
        rows = Service.objects.visible_to(self.user).prefetch_related("languages")
        found: Service = one_of(rows, pk=self.kwargs["pk"])
        return found

    def save(self, form: Any, subject: Any) -> Service:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_service(actor=self.user, service=subject, details=form.details(), expected_version=version)


class SettleService(WorkspaceView):
    """A button of a service's page: that it still runs, or that it ended."""

    permission = permissions.confirm_service
    http_method_names = ["post"]
    settle: Any = staticmethod(confirm_service)
    saved_words = "Confirmed today."

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it and come back."""
        service = one_seen(self.user, Service, pk)
        version = request.POST.get("version", "")
        try:
            expected = int(version) if version.isascii() and version.isdigit() else None
            type(self).settle(actor=self.user, service=service, expected_version=expected)
            messages.success(request, self.saved_words)
        except (Blocked, Stale) as problem:
            for words in refusal_words(problem):
                messages.warning(request, words)
        return HttpResponseRedirect(reverse("workspace:service", args=[service.pk]))


class EndService(SettleService):
    """A service that is no more."""

    permission = permissions.end_service
    settle = staticmethod(end_service)
    saved_words = "Ended. It no longer stands in the directory."


class SupportGivenList(Listing):
    """What groups were given, newest first."""

    permission = permissions.read_support_given
    template_name = "workspace/support/list.html"
    title = "Support given to groups"
    filterset = SupportGivenFilter
    shown_filters = ("organisation", "kind", "given_from", "given_to")

    def rows(self) -> Any:
        """What this reader may see."""
        return SupportGiven.objects.visible_to(self.user).for_list()


class AddSupportGiven(EditPage):
    """Write down support given to a group."""

    permission = permissions.add_support_given
    template_name = "workspace/groups/one_form.html"
    title = "Write down support given"
    saved_words = "Saved."

    def group(self) -> Organisation:
        """Who was given it."""
        found: Organisation = one_seen(self.user, Organisation, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> SupportGivenForm:
        """What is stored, or what was sent."""
        return SupportGivenForm(data, initial=initial_of_support(subject), reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The group; what is changed, where something stands."""
        return about(type(self).permission, subject or self.group())

    def save(self, form: Any, subject: Any) -> SupportGiven:
        """Write it down."""
        return add_support_given(actor=self.user, organisation=self.group(), details=form.details())

    def address(self, subject: Any) -> str:
        """The group's page."""
        return _group_page(subject.organisation_id if subject else self.group().pk)


class ChangeSupportGiven(AddSupportGiven):
    """Correct what was written down."""

    permission = permissions.change_support_given
    title = "Correct support given"

    def subject(self) -> SupportGiven:
        """What was written down."""
        found: SupportGiven = one_of(
            SupportGiven.objects.visible_to(self.user).select_related("given_by"), pk=self.kwargs["pk"]
        )
        return found

    def save(self, form: Any, subject: Any) -> SupportGiven:
        """Correct it."""
        version = form.cleaned_data["version"]
        return change_support_given(actor=self.user, support=subject, details=form.details(), expected_version=version)
