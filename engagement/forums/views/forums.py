"""Forums and series to read, and what is done to them by one press."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from crm.base.actors import FIELD_ROLES, holds
from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.forums.actions.forums import bring_back_date, cancel_forum, move_forum, open_forum, skip_date
from engagement.forums.actions.series import end_series
from engagement.forums.filters import ForumFilter, SeriesFilter
from engagement.forums.forms.verbs import BackForm, CancelForm, MoveForm, OpenForm, SureForm
from engagement.forums.inviting import forum_parts, parts_of
from engagement.forums.models import Forum, Series
from engagement.forums.permissions import forums as permissions
from engagement.forums.reports.clashes import check_dates
from engagement.forums.rules import forums as rules
from engagement.forums.rules.holding import blockers_to_holding
from engagement.forums.vocabulary import PAST, STANDING, ForumState
from engagement.log.models import EngagementEvent

NEAR = timedelta(days=7)  # so long before it, what belongs to the day stands on its page
WIDE = 12  # dates of a series on its page and on those of its forums


class ForumList(Listing):
    """Forums that are coming, unless the address says otherwise."""

    permission = permissions.read_forums
    template_name = "workspace/forums/list.html"
    title = "Forums"
    filterset = ForumFilter
    shown_filters = ("when", "mine", "state", "locality", "community", "offer", "on_from", "on_to")

    def rows(self) -> Any:
        """What this reader may see; coming ones, until somebody asks for others."""
        rows = Forum.objects.visible_to(self.user).for_list()
        asked = self.request.GET.keys() & {"when", "state", "series", "on_from", "on_to"}
        return rows if asked else rows.upcoming()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And what they may do."""
        may = {"may_plan": permissions.plan_forum.row.open_to(self.user)}
        return super().get_context_data(**may, may_read_series=permissions.read_series(actor=self.user), **kwargs)


class ForumPage(WorkspaceView):
    """One forum: when, where, what it offers, its jobs, the other dates of its series."""

    permission = permissions.read_forums

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page. The link to join online is for those who work on it."""
        forum = one_seen(self.user, Forum, pk, "for_page")
        works = holds(self.user, FIELD_ROLES)
        dates = Forum.objects.visible_to(self.user).filter(series=forum.series_id, on__gte=timezone.localdate())
        shown = {
            "title": forum.title,
            "forum": forum,
            "works": works,
            "may_change": works and forum.is_coming,
            "dates": list(dates.exclude(pk=forum.pk).in_order()[:WIDE]) if forum.series_id else [],
            "jobs": sorted(forum.jobs.all(), key=lambda job: (job.done_on is not None, job.due_on)) if works else [],
            "day": _day_of(forum, self.user),
            "parts": parts_of(forum_parts, forum, reader=self.user),
        }
        return render(request, "workspace/forums/forum.html", shown)


def _day_of(forum: Forum, reader: Any) -> dict[str, bool] | None:
    """What can be done on its day and after, and whether the reader may read its contact; nothing long before."""
    if forum.state in PAST:
        return {"may_hold": False, "may_read": may_read_contact(forum, reader)}
    near = forum.state in STANDING and forum.on <= timezone.localdate() + NEAR
    return {"may_hold": not list(blockers_to_holding(forum, timezone.localdate()))} if near else None


def may_read_contact(forum: Forum, reader: Any) -> bool:
    """Whether closing it wrote a contact this reader may open. No query before that."""
    if forum.event_id is None:
        return False
    return EngagementEvent.objects.visible_to(reader).filter(pk=forum.event_id).exists()


class SeriesList(Listing):
    """Series by name."""

    permission = permissions.read_series
    template_name = "workspace/forums/series_list.html"
    title = "Series of forums"
    filterset = SeriesFilter
    shown_filters = ("locality", "how_often", "current")

    def rows(self) -> Any:
        """What this reader may see."""
        return Series.objects.visible_to(self.user).for_list()


class SeriesPage(WorkspaceView):
    """One series: its rhythm in words, its dates with what may clash, and those left out."""

    permission = permissions.read_series

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        rows = Series.objects.visible_to(self.user).for_list()
        series = one_of(rows.prefetch_related("skipped", "organisers"), pk=pk)
        dates = list(series.forums.for_list().prefetch_related("organisers"))
        ahead = [forum for forum in dates if forum.is_coming and forum.on >= timezone.localdate()]
        shown = {
            "title": series.name,
            "series": series,
            "checked": check_dates(ahead, reader=self.user),
            "others": [forum for forum in dates if forum not in ahead],
            "first": ahead[0] if ahead else None,
        }
        return render(request, "workspace/forums/series.html", shown)


class OneForumPage(EditPage):
    """Something that is done to one forum."""

    template_name = "workspace/forums/verb.html"
    lead = ""
    button = "Save"

    def subject(self) -> Any:
        """The forum."""
        return one_seen(self.user, Forum, self.kwargs["pk"], "for_list")

    def make_form(self, data: Any, subject: Any) -> Any:
        """Nothing to fill in."""
        return SureForm(data, initial={"version": subject.version}, reader=self.user)

    def address(self, subject: Any) -> str:
        """The forum's page."""
        return reverse("workspace:forum", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """What to know before it is done."""
        return {"lead": self.lead, "button": self.button}


class MoveForum(OneForumPage):
    """Another day or time, for this date alone."""

    permission = permissions.move_forum
    title = "Change the day or time"
    lead = "This changes this date alone. Jobs that are not done move with it."

    def make_form(self, data: Any, subject: Any) -> MoveForm:
        """What stands."""
        known = {name: getattr(subject, name) for name in ("on", "starts", "ends", "version")}
        return MoveForm(data, initial=known, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over."""
        return rules.blockers_to_changing(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Move it."""
        data = form.cleaned_data
        return move_forum(
            actor=self.user, forum=subject, on=data["on"], starts=data["starts"], ends=data["ends"],
            expected_version=data["version"],
        )  # fmt: skip


class SkipDate(OneForumPage):
    """A date of a series is left out."""

    permission = permissions.skip_date
    title = "Skip this date"
    lead = "Nobody was told of this date yet. It is taken out of the series, with its jobs. The other dates stay."
    button = "Skip this date"
    saved_words = "Skipped. The other dates stay as they are."

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is of no series, people were told of it, or it is over."""
        return rules.blockers_to_skipping(subject)

    def save(self, form: Any, subject: Any) -> Any:
        """Leave it out."""
        return skip_date(actor=self.user, forum=subject, expected_version=form.cleaned_data["version"])

    def address(self, subject: Any) -> str:
        """The series' page."""
        if isinstance(subject, Series):
            return reverse("workspace:one-series", args=[subject.pk])
        return super().address(subject)


class OpenForum(OneForumPage):
    """People may be told of it."""

    permission = permissions.open_forum
    title = "Open this forum"
    lead = "People may be told of it from now on. If anybody may come, it stands in public calendars."
    button = "Open this forum"
    saved_words = "Open. People may be told of it now."

    def make_form(self, data: Any, subject: Any) -> OpenForm:
        """Of a series: this date or every one."""
        form = OpenForm(data, initial={"version": subject.version}, reader=self.user)
        if subject.series_id is None:
            del form.fields["every"]
        return form

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is no draft, or its day is gone."""
        return rules.blockers_to_opening(subject, timezone.localdate())

    def save(self, form: Any, subject: Any) -> Forum:
        """Open it; with its series, every draft that lies ahead."""
        opened = open_forum(actor=self.user, forum=subject, expected_version=form.cleaned_data["version"])
        if form.cleaned_data.get("every"):
            drafts = Forum.objects.visible_to(self.user).upcoming().filter(series=subject.series_id)
            for other in drafts.filter(state=ForumState.DRAFT):
                self._open_as_well(other)
        return opened

    def _open_as_well(self, forum: Forum) -> None:
        """Another date of the series. Raises `Blocked` that names the date: it is not the one on the page."""
        try:
            open_forum(actor=self.user, forum=forum)
        except Blocked as refusal:
            day = date_format(forum.on, "l j F Y")
            raise Blocked(Blocker(one.code, f"{day}: {one.words}") for one in refusal.blockers) from refusal


class CancelForum(OneForumPage):
    """It does not take place."""

    permission = permissions.cancel_forum
    title = "Cancel this forum"
    lead = "It stays to be seen as cancelled, with the reason, so that people who were told of it hear of it."
    button = "Cancel this forum"
    saved_words = "Cancelled."

    def make_form(self, data: Any, subject: Any) -> CancelForm:
        """Why."""
        return CancelForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over."""
        return rules.blockers_to_changing(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Cancel it."""
        data = form.cleaned_data
        return cancel_forum(actor=self.user, forum=subject, reason=data["reason"], expected_version=data["version"])


class BringBackDate(OneForumPage):
    """A date that was left out comes back."""

    permission = permissions.bring_back_date
    title = "Put a date back"
    lead = "It is made like the other dates, with its jobs, and is open where they are."
    button = "Put it back"
    saved_words = "The date is back."

    def subject(self) -> Any:
        """The series."""
        rows = Series.objects.visible_to(self.user).for_list().prefetch_related("skipped")
        return one_of(rows, pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> BackForm:
        """Which of those left out."""
        days = [one.original_on for one in subject.skipped.all() if one.original_on > timezone.localdate()]
        chosen = self.request.GET.get("on", "")
        return BackForm(data, initial={"version": subject.version, "on": chosen}, days=days, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The series has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Series:
        """Put it back."""
        data = form.cleaned_data
        return bring_back_date(actor=self.user, series=subject, on=data["on"], expected_version=data["version"])

    def address(self, subject: Any) -> str:
        """The series' page."""
        return reverse("workspace:one-series", args=[subject.pk])


class EndSeries(OneForumPage):
    """No new dates."""

    permission = permissions.end_series
    title = "End this series"
    lead = "No new dates are made. Dates nobody was told of are taken away; the others stand until you cancel them."
    button = "End this series"
    saved_words = "Ended. No new dates are made."

    def subject(self) -> Any:
        """The series."""
        return one_seen(self.user, Series, self.kwargs["pk"], "for_list")

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The series has ended."""
        return rules.blockers_to_ending(subject)

    def save(self, form: Any, subject: Any) -> Series:
        """End it."""
        return end_series(actor=self.user, series=subject, expected_version=form.cleaned_data["version"])

    def address(self, subject: Any) -> str:
        """The series' page."""
        return reverse("workspace:one-series", args=[subject.pk])
