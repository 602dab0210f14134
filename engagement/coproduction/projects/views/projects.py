"""Projects: the list, one project, opening, changing, moving on and closing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from crm.counting.figures import says_how_it_changes, says_the_rule
from crm.people.actions import read_restricted_people
from engagement.coproduction.projects.actions import projects as actions
from engagement.coproduction.projects.around import cards_about_project
from engagement.coproduction.projects.filters import ProjectFilter
from engagement.coproduction.projects.forms.projects import (
    CloseForm,
    LevelForm,
    NewProjectForm,
    ProjectForm,
    StageForm,
    initial_of,
)
from engagement.coproduction.projects.models import Project
from engagement.coproduction.projects.permissions import people as may
from engagement.coproduction.projects.permissions import projects as permissions
from engagement.coproduction.projects.reports.felt import felt_in
from engagement.coproduction.projects.reports.people import leavers_of, people_in
from engagement.coproduction.projects.rules.projects import (
    blockers_to_another_level,
    blockers_to_closing,
    blockers_to_standing,
)
from engagement.forums.models import Forum


class ProjectList(Listing):
    """Projects, newest first."""

    permission = permissions.read_projects
    template_name = "workspace/projects/list.html"
    title = "Projects"
    filterset = ProjectFilter
    shown_filters = ("current", "mine", "stage", "locality", "owner", "level", "community")

    def rows(self) -> Any:
        """What this reader may see."""
        return Project.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And whether they may open one."""
        return super().get_context_data(may_add=permissions.open_project(actor=self.user), **kwargs)


class ProjectPage(WorkspaceView):
    """One project: the question, what can change, the level declared beside the level felt, who takes part."""

    permission = permissions.read_projects

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        project = one_seen(self.user, Project, pk, "for_page")
        people = people_in(project, reader=self.user, today=timezone.localdate())
        restricted = [row.person for row in people if row.person is not None and row.person.restricted]
        if restricted:
            read_restricted_people(actor=self.user, people=restricted)
        known = {forum.pk for forum in project.forums.all()}
        forums = Forum.objects.visible_to(self.user).filter(pk__in=known).in_order()
        shown = {
            "title": project.name,
            "project": project,
            "people": people,
            "forums": forums,
            "felt": felt_in(project),
            "leavers": leavers_of(project),
            "rule": says_the_rule(),
            "changes": says_how_it_changes(),
            "cards": cards_about_project(project, reader=self.user),
            "may_see_people": may.read_project_people(actor=self.user),
            "may_change": project.closed_on is None and permissions.change_project(actor=self.user, project=project),
            "may_ask": project.closed_on is None and may.open_felt_round(actor=self.user, project=project),
        }
        return render(request, "workspace/projects/project.html", shown)


class OpenProject(EditPage):
    """Open a project, with the level declared beforehand."""

    permission = permissions.open_project
    template_name = "workspace/projects/edit.html"
    title = "Open a project"

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty, or from the theme whose page was open."""
        return NewProjectForm(data, initial={"themes": self.request.GET.getlist("theme")}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Project:
        """Open it."""
        return actions.open_project(actor=self.user, details=form.details(), level=form.level_details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:project", args=[subject.pk]) if subject else reverse("workspace:projects")

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {"lead": "Say how much people may decide before anybody takes part. They are asked later how it felt."}


class OneProjectPage(OpenProject):
    """A page that changes one project."""

    lead: ClassVar[str] = ""

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed."""
        return blockers_to_standing(subject)

    def subject(self) -> Project:
        """The project."""
        found: Project = one_of(Project.objects.visible_to(self.user).select_related("owner", "level"),
                                pk=self.kwargs["pk"])  # fmt: skip
        return found

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {"lead": self.lead}


class ChangeProject(OneProjectPage):
    """Put a project right."""

    permission = permissions.change_project
    title = "Change this project"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        return ProjectForm(data, project=subject, initial=initial_of(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> Project:
        """Change it."""
        return actions.change_project(
            actor=self.user, project=subject, details=form.details(), expected_version=form.cleaned_data["version"]
        )


class DeclareLevel(OneProjectPage):
    """Another level of participation."""

    permission = permissions.declare_level
    title = "Declare another level"
    lead = (
        "The level that was declared before stays on the page. Once people were asked how it felt, it cannot change "
        "any more."
    )

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which, and why."""
        return LevelForm(data, initial={"version": subject.version, "level": subject.level_id}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed, or people were asked how it felt."""
        return blockers_to_another_level(subject)

    def save(self, form: Any, subject: Any) -> Project:
        """Declare it."""
        return actions.declare_level(
            actor=self.user, project=subject, details=form.details(), expected_version=form.cleaned_data["version"]
        )


class MoveProject(OneProjectPage):
    """Another stage."""

    permission = permissions.move_project
    title = "It came to another stage"

    def make_form(self, data: Any, subject: Any) -> Any:
        """Which, and what happened."""
        return StageForm(data, initial={"version": subject.version, "stage": subject.stage}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Project:
        """Move it."""
        data = form.cleaned_data
        return actions.move_project(
            actor=self.user, project=subject, stage=data["stage"], words=data["words"],
            expected_version=data["version"],
        )  # fmt: skip


class CloseProject(OneProjectPage):
    """It ends."""

    permission = permissions.close_project
    title = "Close this project"
    lead = "A project cannot close before people were told what came of it."

    def make_form(self, data: Any, subject: Any) -> Any:
        """How it ended."""
        return CloseForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Project:
        """Close it."""
        data = form.cleaned_data
        return actions.close_project(
            actor=self.user, project=subject, words=data["words"], expected_version=data["version"]
        )

    def shows(self) -> dict[str, Any]:
        """What is missing, beforehand."""
        return {"lead": self.lead, "missing": list(blockers_to_closing(self.subject()))}
