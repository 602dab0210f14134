"""Planning a forum in three short pages, each saved on leaving: what and when; access and people; invite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen
from crm.venues.permissions import check_venue
from crm.venues.reports import access_of
from engagement.forums.actions.forums import change_forum, plan_forum
from engagement.forums.actions.series import change_series, plan_series, repeat_forum
from engagement.forums.details import ForumDetails, details_of, on_its_day, rhythm_of
from engagement.forums.forms.plan import AccessForm, OneForumForm, WhenForm, initial_of_access, initial_of_when
from engagement.forums.inviting import invite_parts, parts_of
from engagement.forums.models import Forum
from engagement.forums.models.series import RHYTHMS, by_in_words
from engagement.forums.permissions import forums as permissions
from engagement.forums.reports.clashes import check_dates
from engagement.forums.reports.missing import who_is_missing
from engagement.forums.rules.forums import blockers_to_changing
from engagement.forums.rules.warnings import warnings_to_keeping
from engagement.forums.vocabulary import COMING, HowOften

GO, DATES, LATER = "go", "dates", "later"  # the button that was pressed: update the dates; save and finish later


class PlanPage(EditPage):
    """A page of the plan of one forum; its series is planned with it."""

    permission = permissions.change_forum
    step = 0

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over."""
        return blockers_to_changing(subject) if subject else []

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The forum as it stands; of a new one, nothing yet."""
        return {"forum": subject, "details": details_of(subject)} if subject else None

    def subject(self) -> Any:
        """The forum, with all that the pages show."""
        return one_seen(self.user, Forum, self.kwargs["pk"], "for_page")

    def went(self, forum: Forum, forward: str, back: str) -> str:
        """Where to go: on, back to this page, or to the forum; on the page itself, back."""
        if self.request.method != "POST":
            return back
        if self.request.POST.get(GO) == LATER:
            return reverse("workspace:forum", args=[forum.pk])
        return reverse(forward, args=[forum.pk])

    def shows(self) -> dict[str, Any]:
        """Which step of three."""
        return {"step": self.step}


class PlanForum(PlanPage):
    """Step 1 of a new forum: it is there, as a draft, when this page is left."""

    permission = permissions.plan_forum
    template_name = "workspace/forums/plan_when.html"
    title = "What and when"
    saved_words = "Saved as a draft. Nobody is told of it yet."
    step = 1

    def subject(self) -> Any:
        """A new one."""
        return None

    def make_form(self, data: Any, subject: Any) -> WhenForm:
        """Empty, or what stands."""
        return WhenForm(data, initial=initial_of_when(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> Forum:
        """Plan it, once or as a series."""
        details, rhythm = form.details(ForumDetails()), form.rhythm()
        if rhythm.how_often == HowOften.ONCE:
            return plan_forum(actor=self.user, details=details)
        series = plan_series(actor=self.user, details=details, rhythm=rhythm)
        first: Forum = series.forums.order_by("original_on")[0]
        return first

    def address(self, subject: Any) -> str:
        """On to step 2, or here again to look at the dates."""
        if subject is None:
            return reverse("workspace:forums")
        again = self.request.method == "POST" and self.request.POST.get(GO) == DATES
        if again:
            return reverse("workspace:plan-when", args=[subject.pk]) + "#dates"
        return self.went(subject, "workspace:plan-access", reverse("workspace:forums"))


class PlanWhen(PlanForum):
    """Step 1 of a forum that stands: its dates with what may clash."""

    permission = permissions.change_forum
    saved_words = "Saved."

    def subject(self) -> Any:
        """The forum."""
        return PlanPage.subject(self)

    def save(self, form: Any, subject: Any) -> Forum:
        """Change the forum, or its whole series; a forum held once may come again from now on."""
        details, rhythm, version = form.details(details_of(subject)), form.rhythm(), form.cleaned_data["version"]
        if subject.series is not None:
            changed = change_series(
                actor=self.user, series=subject.series, details=details, rhythm=rhythm, expected_version=version
            )
            still: Forum = changed.forums.filter(pk=subject.pk).first() or changed.forums.order_by("original_on")[0]
            return still
        forum = change_forum(actor=self.user, forum=subject, details=details, expected_version=version)
        if rhythm.how_often != HowOften.ONCE:
            repeat_forum(actor=self.user, forum=forum, rhythm=rhythm)
        return forum

    def shows(self) -> dict[str, Any]:
        """The dates ahead, each with its possible clashes, and the jobs of the first."""
        forum = self.subject()
        dates = dates_ahead(forum)
        rhythm = rhythm_of(forum.series)
        words = by_in_words(rhythm.how_often, rhythm.by, forum.series.first_on) if rhythm.how_often in RHYTHMS else ""
        return {
            **super().shows(), "dates": check_dates(dates, reader=self.user), "by_words": words, "forum": forum,
            "jobs": forum.jobs.all(),
        }  # fmt: skip


def dates_ahead(forum: Forum) -> list[Forum]:
    """The dates of its series that lie ahead; the forum alone when it is held once."""
    if forum.series_id is None:
        return [forum]
    rows = Forum.objects.filter(series=forum.series_id, state__in=COMING, on__gte=timezone.localdate())
    return list(rows.for_list().prefetch_related("organisers"))


class PlanAccess(PlanPage):
    """Step 2: what is offered, where, and who is missing."""

    template_name = "workspace/forums/plan_access.html"
    title = "Access and people"
    step = 2
    form_class: Any = AccessForm

    def make_form(self, data: Any, subject: Any) -> AccessForm:
        """What stands."""
        whole = subject.series if self.for_all(subject) else subject
        form: AccessForm = self.form_class(data, initial=initial_of_access(subject, whole.version), reader=self.user)
        return form

    def for_all(self, forum: Forum) -> bool:
        """Whether this page speaks of the whole series."""
        return forum.series is not None and not forum.changed_alone

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """Lead times that are too short, and stairs."""
        return warnings_to_keeping(form.details(details_of(subject)), timezone.localdate())

    def save(self, form: Any, subject: Any) -> Forum:
        """Change the forum, or every date of its series that was not changed alone."""
        details, version = form.details(details_of(subject)), form.cleaned_data["version"]
        if not self.for_all(subject):
            return change_forum(actor=self.user, forum=subject, details=details, expected_version=version)
        series = subject.series
        details = on_its_day(details, series.first_on)  # a series is changed from its first day on
        change_series(
            actor=self.user, series=series, details=details, rhythm=rhythm_of(series), expected_version=version
        )
        forum: Forum = subject
        return forum

    def address(self, subject: Any) -> str:
        """On to step 3; back to step 1."""
        return self.went(subject, "workspace:plan-invite", reverse("workspace:plan-when", args=[subject.pk]))

    def shows(self) -> dict[str, Any]:
        """What the venue has and lacks, who is missing, and the jobs."""
        forum = self.subject()
        lines = access_of(forum.venue) if forum.venue is not None else []
        return {
            **super().shows(),
            "forum": forum,
            "for_all": self.for_all(forum),
            "unknown": [line for line in lines if line.fact is None],
            "has": {line.about: line.fact for line in lines if line.fact is not None},
            "may_check": check_venue.row.open_to(self.user),
            "missing": who_is_missing(forum),
            "jobs": forum.jobs.all(),
        }


class ChangeForum(PlanAccess):
    """One forum, or one date of a series, alone."""

    template_name = "workspace/forums/change.html"
    title = "Change this forum"
    form_class = OneForumForm
    step = 0

    def for_all(self, forum: Forum) -> bool:
        """Never."""
        return False

    def address(self, subject: Any) -> str:
        """The forum's page."""
        return reverse("workspace:forum", args=[subject.pk])


class PlanInvite(WorkspaceView):
    """Step 3: open it, and invite."""

    permission = permissions.change_forum

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """What stands, what to look at twice, and the parts that invite."""
        forum = one_seen(self.user, Forum, pk, "for_page")
        details, today = details_of(forum), timezone.localdate()
        shown = {
            "title": "Invite",
            "forum": forum,
            "step": 3,
            "parts": parts_of(invite_parts, forum, reader=self.user),
            "missing": who_is_missing(forum),
            "warnings": warnings_to_keeping(details, today),
            "jobs": forum.jobs.all(),
        }
        return render(request, "workspace/forums/plan_invite.html", shown)
