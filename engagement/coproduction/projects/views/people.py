"""The people in a project, the round of asking how it felt, and the public page where somebody answers."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from crm.base.editing import EditPage
from crm.base.rules import Blocked
from crm.base.views import WorkspaceView, one_of
from crm.people.models import Person
from engagement.coproduction.projects.actions.felt import answer_felt, open_felt_round, take_felt_links
from engagement.coproduction.projects.actions.people import leave_project, take_part
from engagement.coproduction.projects.forms.people import FeltForm, LeaveForm, RoundForm, TakePartForm
from engagement.coproduction.projects.links import digest_of
from engagement.coproduction.projects.models import FeltLink, FeltRound, Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.views.projects import OneProjectPage

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


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


class Felt(View):
    """The public page where somebody says how it felt: one question, without an account, without a name."""

    row = permissions.answer_felt.row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The limit, the page, and what keeps its address out of other hands."""
        if ratelimit.consume(request, action="felt"):
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = self._said("Please wait a minute, then try again.", status=429)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The question."""
        link = self._link(secret)
        return self._form(link, FeltForm()) if link else self._used()

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Count the answer."""
        link = self._link(secret)
        if link is None:
            return self._used()
        form = FeltForm(request.POST)
        if not form.is_valid():
            return self._form(link, form)
        try:
            answer_felt(actor=NOBODY, link=link, secret=secret, rung=form.cleaned_data["rung"])
        except Blocked as refusal:
            form.add_blockers(refusal)
            return self._form(link, form)
        return self._said("Thank you. Your answer is counted. Nobody can see that it was yours.")

    @staticmethod
    def _link(secret: str) -> FeltLink | None:
        rows = FeltLink.objects.select_related("round__project")
        return rows.filter(digest=digest_of(secret)).first()

    def _form(self, link: FeltLink, form: FeltForm) -> HttpResponse:
        shown = {"title": "How much did you decide?", "project": link.round.project, "round": link.round, "form": form}
        return render(self.request, "public/felt.html", shown)

    def _used(self) -> HttpResponse:
        return self._said("This link was used, or is not one of ours. If it was you: thank you.", status=410)

    def _said(self, words: str, *, status: int = 200) -> HttpResponse:
        return render(self.request, "public/felt.html", {"title": "How it felt", "words": words}, status=status)
