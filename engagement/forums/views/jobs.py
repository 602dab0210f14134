"""Jobs for forums: the list, done, given to somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import one_seen
from engagement.forums.actions.jobs import finish_job, give_job
from engagement.forums.filters import JobFilter
from engagement.forums.forms.verbs import GiveForm
from engagement.forums.models import Job
from engagement.forums.permissions import forums as permissions
from engagement.forums.rules.forums import blockers_to_doing
from engagement.forums.views.forums import OneForumPage


class JobList(Listing):
    """One's own jobs that are still to do, unless the address says otherwise."""

    permission = permissions.read_jobs
    template_name = "workspace/forums/jobs.html"
    title = "Jobs for forums"
    filterset = JobFilter
    shown_filters = ("owner", "open", "due_to")

    def rows(self) -> Any:
        """What this reader may see; their own, until somebody asks for others."""
        rows = Job.objects.visible_to(self.user).for_list()
        asked = self.request.GET.keys() & {"forum", "owner", "open", "due_to"}
        return rows if asked else rows.open().filter(owner=self.user)


class FinishJob(OneForumPage):
    """It is done."""

    permission = permissions.finish_job
    title = "This job is done"
    button = "It is done"
    saved_words = "Done."

    def subject(self) -> Any:
        """The job."""
        return one_seen(self.user, Job, self.kwargs["pk"], "for_list")

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is done."""
        return blockers_to_doing(subject)

    def save(self, form: Any, subject: Any) -> Any:
        """Done."""
        return finish_job(actor=self.user, job=subject, expected_version=form.cleaned_data["version"])

    def address(self, subject: Any) -> str:
        """The jobs; the reader may not see the forum of a job that was given to them."""
        return reverse("workspace:jobs")


class GiveJob(FinishJob):
    """Somebody else does it."""

    permission = permissions.give_job
    title = "Give this job to somebody else"
    button = "Give it to them"
    saved_words = "Given away. It stands on their home page."

    def make_form(self, data: Any, subject: Any) -> GiveForm:
        """To whom."""
        return GiveForm(data, initial={"version": subject.version}, reader=self.user)

    def save(self, form: Any, subject: Any) -> Any:
        """Give it."""
        data = form.cleaned_data
        return give_job(actor=self.user, job=subject, owner=data["owner"], expected_version=data["version"])
