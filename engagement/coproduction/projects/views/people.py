"""The people in a project, the round of asking how it felt, and its links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspaceView, one_seen, refusal_words
from crm.people.models import Person
from crm.sending.marks import leave_a_mark
from crm.sending.models import Message
from engagement.coproduction.projects.actions.felt import open_felt_round, take_felt_links
from engagement.coproduction.projects.actions.felt_letters import draft_felt_letters, send_felt_letters
from engagement.coproduction.projects.actions.people import leave_project, take_part
from engagement.coproduction.projects.forms.people import LeaveForm, RoundForm, TakePartForm
from engagement.coproduction.projects.models import FeltRound, Project, ProjectPerson
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.reports.letters import letters_of
from engagement.coproduction.projects.rules.people import (
    blockers_to_answering,
    blockers_to_asking,
    blockers_to_changing,
    blockers_to_sending_letters,
)
from engagement.coproduction.projects.views.projects import OneProjectPage


class TakePart(EditPage):
    """A person takes part in a project."""

    permission = permissions.take_part
    template_name = "workspace/projects/edit.html"
    title = "They take part in a project"

    def subject(self) -> Person:
        """The person."""
        found: Person = one_seen(self.user, Person, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which project, as what."""
        return TakePartForm(data, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The project is chosen in the form."""
        return None

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
        found: ProjectPerson = one_seen(self.user, ProjectPerson, self.kwargs["pk"], "for_list")
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return LeaveForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They left."""
        return blockers_to_changing(subject)

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

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed, or people are being asked."""
        return blockers_to_asking(subject)

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
        asked = one_seen(self.user, FeltRound, pk, "for_list")
        address = settings.SITE_ADDRESS.rstrip("/")
        links = [address + reverse("felt", args=[secret]) for secret in take_felt_links(actor=self.user, round=asked)]
        shown = {"title": "Links to hand out", "round": asked, "project": asked.project, "links": links}
        return render(request, "workspace/projects/links.html", shown)


class FeltLetters(WorkspaceView):
    """Ask by letter: who takes part and how each would be told, to look at before anything goes."""

    permission = permissions.draft_felt_letters

    def asked(self) -> FeltRound:
        """The round; 404 when it is hidden or missing."""
        found: FeltRound = one_seen(self.user, FeltRound, self.kwargs["pk"], "for_list")
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """What was written, by name. Who is restricted leaves a mark."""
        asked = self.asked()
        letters = letters_of(asked, self.user)
        leave_a_mark(self.user, letters)
        drafts = [one for one in letters if one.state == Message.State.DRAFT]
        ready = [one for one in drafts if one.way and not one.fell_back]
        shown = {
            "title": "Ask by letter and e-mail",
            "round": asked,
            "project": asked.project,
            "letters": letters,
            "drafts": drafts,
            "lacking": any(one.fell_back for one in drafts),
            "against": [*blockers_to_sending_letters(asked, len(ready))] if drafts else [],
            "over": list(blockers_to_answering(asked)),
        }
        return render(request, "workspace/projects/letters.html", shown)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Write to everybody."""
        return self.done(request, self.write)

    def write(self, asked: FeltRound) -> str:
        """Draft them; the words for the officer."""
        written = draft_felt_letters(actor=self.user, round=asked)
        return f"{len(written)} written. Read how each goes, then send them."

    def done(self, request: HttpRequest, do: Callable[[FeltRound], str]) -> HttpResponse:
        """Do it, say what became of it or why not, and lead back to the letters."""
        asked = self.asked()
        try:
            messages.success(request, do(asked))
        except Blocked as refusal:
            messages.error(request, " ".join(refusal_words(refusal)))
        return HttpResponseRedirect(reverse("workspace:felt-letters", args=[asked.pk]))


class SendFeltLetters(FeltLetters):
    """Send what was written, many at once."""

    permission = permissions.send_felt_letters
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Send them."""
        return self.done(request, self.send)

    def send(self, asked: FeltRound) -> str:
        """Queue them; the words for the officer."""
        as_they_are = self.request.POST.get("as_they_are") == "yes"
        done = send_felt_letters(actor=self.user, round=asked, as_they_are=as_they_are)
        held = f" {len(done.held)} held back: see why on each." if done.held else ""
        return f"{len(done.queued)} on the way.{held}"
