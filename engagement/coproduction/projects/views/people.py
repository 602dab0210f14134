"""The people in a project, the round of asking how it felt, and its links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.views import WorkspaceView, one_of
from crm.people.models import Person
from engagement.coproduction.projects.actions.felt import open_felt_round, take_felt_links
from engagement.coproduction.projects.actions.people import leave_project, take_part
from engagement.coproduction.projects.forms.people import LeaveForm, RoundForm, TakePartForm
from engagement.coproduction.projects.models import FeltRound, Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.views.projects import OneProjectPage


class TakePart(EditPage):
    """A person takes part in a project."""

    permission = permissions.take_part
    template_name = "workspace/projects/edit.html"
    title = "They take part in a project"

    def subject(self) -> Person:
        """The person."""
        found: Person = one_of(Person.objects.visible_to(self.user), pk=self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which project, as what."""
        return TakePartForm(data, reader=self.user)

    def save(self, form: Any, subject: Any) -> Person:
        """Let them."""
        project = form.cleaned_data["project"]
        take_part(actor=self.user, project=project, person=subject, details=form.details())
        person: Person = subject
        return person

    def address(self, subject: Any) -> str:
        """The person's page."""
        return reverse("workspace:person", args=[subject.pk])


class LeaveProject(EditPage):
    """They leave, and say why."""

    permission = permissions.leave_project
    template_name = "workspace/projects/leave.html"
    title = "They leave this project"

    def subject(self) -> ProjectPerson:
        """Their place."""
        found: ProjectPerson = one_of(ProjectPerson.objects.visible_to(self.user).for_list(), pk=self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return LeaveForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> ProjectPerson:
        """Record it."""
        version = form.cleaned_data["version"]
        return leave_project(actor=self.user, place=subject, details=form.details(), expected_version=version)

    def address(self, subject: Any) -> str:
        """The project's page."""
        return reverse("workspace:project", args=[subject.project_id])


class AskHowItFelt(OneProjectPage):
    """Begin a round: so many one-time links."""

    permission = permissions.open_felt_round
    title = "Ask how much they felt they decided"
    lead = (
        "Each link can be used once and leads to no person: nobody can see who chose what. Hand them out so that "
        "nobody knows who got which, and print more than you need. What people said is shown the day after the last "
        "day, and only where enough answered."
    )

    def make_form(self, data: Any, subject: Any) -> Any:
        """How many, until when."""
        return RoundForm(data, reader=self.user)

    def save(self, form: Any, subject: Any) -> Project:
        """Begin."""
        open_felt_round(actor=self.user, project=subject, details=form.details())
        project: Project = subject
        return project


class FeltLinks(WorkspaceView):
    """The links of a round, to print, cut and hand out. Taking them is audited."""

    permission = permissions.take_felt_links

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The links nobody has used yet."""
        asked = one_of(FeltRound.objects.visible_to(self.user).for_list(), pk=pk)
        address = settings.SITE_ADDRESS.rstrip("/")
        links = [address + reverse("felt", args=[secret]) for secret in take_felt_links(actor=self.user, round=asked)]
        shown = {"title": "Links to hand out", "round": asked, "project": asked.project, "links": links}
        return render(request, "workspace/projects/links.html", shown)
