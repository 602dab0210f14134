"""Roles in governance: the list, one role with what it influenced, adding, changing and ending."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from crm.champions import permissions, rules
from crm.champions.actions import add_governance_role, change_governance_role, end_governance_role, note_influence
from crm.champions.filters import GovernanceRoleFilter
from crm.champions.forms import EndRoleForm, GovernanceRoleForm, InfluenceForm, initial_of_role
from crm.champions.models import GovernanceRole
from crm.people.actions import read_restricted_people
from crm.people.models import Person


class GovernanceRoleList(Listing):
    """Role models, experts by experience and leaders, with what they influenced."""

    permission = permissions.read_governance_roles
    template_name = "workspace/champions/roles.html"
    title = "Roles in governance"
    filterset = GovernanceRoleFilter
    shown_filters = ("kind",)

    def rows(self) -> Any:
        """Those of people this reader may see."""
        return GovernanceRole.objects.visible_to(self.user).for_list()

    def paged(self, rows: Any) -> Any:
        """One page; whoever reads of restricted people leaves a mark."""
        page = super().paged(rows)
        restricted = {role.person_id: role.person for role in page if role.person.restricted}
        if restricted:
            read_restricted_people(actor=self.user, people=list(restricted.values()))
        return page


class GovernanceRolePage(WorkspaceView):
    """One role and what it influenced."""

    permission = permissions.read_governance_roles

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        role = one_seen(self.user, GovernanceRole, pk, "for_list")
        if role.person.restricted:
            read_restricted_people(actor=self.user, people=[role.person])
        shown = {"title": f"{role.get_kind_display()}, {role.body}", "role": role, "today": timezone.localdate()}
        return render(request, "workspace/champions/role.html", shown)


class RoleEdit(EditPage):
    """What the pages about one role share."""

    template_name = "workspace/champions/form.html"

    def subject(self) -> Any:
        """The role."""
        rows = GovernanceRole.objects.visible_to(self.user).select_related("person")
        found: GovernanceRole = one_of(rows, pk=self.kwargs["pk"])
        if found.person.restricted:
            read_restricted_people(actor=self.user, people=[found.person])
        return found

    def address(self, subject: Any) -> str:
        """Its page."""
        return reverse("workspace:governance-role", args=[subject.pk])


class AddGovernanceRole(RoleEdit):
    """Say what a person is in a body that governs."""

    permission = permissions.add_governance_role
    title = "Add a role in governance"

    @cached_property
    def person(self) -> Person:
        """The person, 404 when they are hidden or missing."""
        found: Person = one_seen(self.user, Person, self.kwargs["pk"])
        if found.restricted:
            read_restricted_people(actor=self.user, people=[found])
        return found

    def subject(self) -> Any:
        """None: a new one, of a person who is there."""
        assert self.person
        return None

    def shows(self) -> dict[str, Any]:
        """Whose it is."""
        return {"caption": self.person.name}

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The person."""
        return {"person": self.person}

    def make_form(self, data: Any, subject: Any) -> Any:
        """An empty one, or what was sent."""
        return GovernanceRoleForm(data, initial={"first_day": timezone.localdate()}, reader=self.user)

    def save(self, form: Any, subject: Any) -> GovernanceRole:
        """Add it."""
        return add_governance_role(actor=self.user, person=self.person, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the person's."""
        return super().address(subject) if subject else reverse("workspace:person", args=[self.person.pk])


class ChangeGovernanceRole(RoleEdit):
    """Change a role."""

    permission = permissions.change_governance_role
    title = "Change this role"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands, or what was sent."""
        return GovernanceRoleForm(data, initial=initial_of_role(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> GovernanceRole:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_governance_role(actor=self.user, role=subject, details=form.details(), expected_version=version)


class EndGovernanceRole(RoleEdit):
    """Say until when."""

    permission = permissions.end_governance_role
    title = "End this role"

    def make_form(self, data: Any, subject: Any) -> Any:
        """Today."""
        return EndRoleForm(data, initial={"version": subject.version, "last_day": timezone.localdate()},
                           reader=self.user)  # fmt: skip

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It has ended."""
        return rules.blockers_to_ending_role(subject, None)

    def save(self, form: Any, subject: Any) -> GovernanceRole:
        """End it."""
        sent = form.cleaned_data
        return end_governance_role(
            actor=self.user, role=subject, last_day=sent["last_day"], expected_version=sent["version"]
        )


class NoteInfluence(RoleEdit):
    """Write down what they influenced."""

    permission = permissions.note_influence
    title = "Write down what they influenced"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What, and when."""
        return InfluenceForm(data, initial={"version": subject.version, "happened_on": timezone.localdate()},
                             reader=self.user)  # fmt: skip

    def save(self, form: Any, subject: Any) -> GovernanceRole:
        """Note it."""
        sent = dict(form.cleaned_data)
        return note_influence(actor=self.user, role=subject, expected_version=sent.pop("version"), **sent)
