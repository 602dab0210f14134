"""Groups: the list, one group, adding and changing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.glance import relationship
from crm.base.listing import Listing
from crm.base.naming import Lookalike, names_like
from crm.base.phones import shown_phone
from crm.base.timeline import asked_for_page
from crm.base.views import WorkspaceView, one_of, one_row
from crm.organisations import permissions, reports, rules
from crm.organisations.actions import add_organisation, change_organisation
from crm.organisations.filters import OrganisationFilter
from crm.organisations.forms import OrganisationForm, initial_of, rows_of
from crm.organisations.models import Organisation


class GroupList(Listing):
    """Groups by name, narrowed by kind, place and community."""

    permission = permissions.read_organisations
    template_name = "workspace/groups/list.html"
    title = "Groups"
    filterset = OrganisationFilter
    shown_filters = ("kind", "locality", "area", "community", "unconfirmed")

    def rows(self) -> Any:
        """What this reader may see."""
        return Organisation.objects.visible_to(self.user).for_list()


class GroupPage(WorkspaceView):
    """One group: what to get right before going, whom it speaks for, what was promised and heard."""

    permission = permissions.read_organisations

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        group = one_row(reports.group_with_everything(self.user, pk))
        with asked_for_page(group, reports.asked_around(self.user, group), reader=self.user):
            shown = {
                "title": group.name,
                "group": group,
                "phone": shown_phone(group.phone),
                "needs_asking": rules.needs_asking(group),
                "around": reports.around(group, reader=self.user),
                **relationship(group, reader=self.user),
            }
        return render(request, "workspace/groups/group.html", shown)


class AddGroup(EditPage):
    """Add a group."""

    permission = permissions.add_organisation
    template_name = "workspace/groups/edit.html"
    title = "Add a group"
    saved_words = "The group is saved."

    def make_form(self, data: Any, subject: Any) -> OrganisationForm:
        """What is stored, or what was sent."""
        return OrganisationForm(data, initial=initial_of(subject), rows=rows_of(subject, self.user), reader=self.user)

    def warnings(self, form: OrganisationForm, subject: Any) -> list[Lookalike]:
        """Groups of a name like it."""
        return names_like("organisation", form.cleaned_data["name"], reader=self.user, besides=subject)

    def save(self, form: OrganisationForm, subject: Any) -> Organisation:
        """Add it."""
        return add_organisation(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:group", args=[subject.pk]) if subject else reverse("workspace:groups")


class ChangeGroup(AddGroup):
    """Change a group."""

    permission = permissions.change_organisation
    title = "Change this group"
    saved_words = "Saved."

    def subject(self) -> Organisation:
        """The group."""
        rows = Organisation.objects.visible_to(self.user).select_related("parent", "area")
        rows = rows.prefetch_related("languages", "community_links", "areas_served", "networks__network")
        found: Organisation = one_of(rows, pk=self.kwargs["pk"])
        return found

    def warnings(self, form: OrganisationForm, subject: Any) -> list[Lookalike]:
        """Groups of a name like it, when the name is a new one."""
        return super().warnings(form, subject) if form.cleaned_data["name"].strip() != subject.name else []

    def save(self, form: OrganisationForm, subject: Any) -> Organisation:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_organisation(
            actor=self.user, organisation=subject, details=form.details(), expected_version=version
        )
