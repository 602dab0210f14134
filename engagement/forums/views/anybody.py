"""Public pages of forums: what they share, a forum that is open to anybody, and the dates of a series."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from crm.base.public import PublicPage
from crm.base.rules import Blocked
from crm.languages.models import Language
from engagement.forums.actions.answers import start_answer
from engagement.forums.models import Forum, Series
from engagement.forums.permissions import invitations as permissions
from engagement.forums.reports.invited import already_there
from engagement.forums.reports.notes import published_notes
from engagement.forums.reports.places import standing_of
from engagement.forums.rules.invitations import takes_answers
from engagement.forums.vocabulary import ForumState
from engagement.forums.words import SAY, TONGUES

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


class ForumsPage(PublicPage):
    """A public page of a forum, as text or in Easy Read."""

    tongues = TONGUES

    @cached_property
    def easy(self) -> bool:
        """Whether it is read in Easy Read: as the address asks, else as the reader needs it."""
        asked = self.request.GET.get("easy", "")
        return asked == "1" if asked else self.needs_easy_read()

    def needs_easy_read(self) -> bool:
        """Whether the reader is known to need it; no where nobody knows."""
        return False

    def notes_of(self, forum: Forum) -> dict[str, Any]:
        """The notes that were published, as text or in Easy Read. No query before the forum is closed."""
        return {"notes": published_notes(forum) if forum.state == ForumState.CLOSED else None}

    def to(self, name: str, *args: Any, **more: str) -> HttpResponse:
        """On to another of these pages, in the same language."""
        return redirect(self.address(name, *args, **more))

    def address(self, name: str, *args: Any, **more: str) -> str:
        """The address of another of these pages, in the same language and form."""
        given = self.request.GET
        asked = {"lang": given["lang"]} if self.code == given.get("lang") else {}
        asked |= {"easy": "1" if self.easy else "0"} if "easy" in given else {}
        asked |= more
        return reverse(name, args=args) + (f"?{urlencode(asked)}" if asked else "")

    def please_wait(self) -> HttpResponse:
        """What was typed is still there when they come back."""
        return self.show("wait", str(SAY["wait_title"]), status=429)

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page."""
        always = {
            "title": title,
            "say": SAY,
            **TONGUES.said(self.code),
            "easy": self.easy,
            "same": urlencode({"lang": self.code, "easy": "1" if self.easy else "0"}),
            "other": urlencode({"lang": self.code, "easy": "0" if self.easy else "1"}),
        }
        return render(self.request, f"public/forums/{template}.html", {**always, **shown}, status=status)


class ForumForAnybody(ForumsPage):
    """A forum that is open to anybody: what, when, where, what is there already. Starting gives a link of one's own."""

    row = permissions.start_answer.row
    limited = "start_answer"

    @cached_property
    def forum(self) -> Forum:
        """The forum; 404 where it is not public."""
        rows = Forum.objects.public().select_related("venue").prefetch_related("communities")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        return self.show(
            "forum", self.forum.title, forum=self.forum, offered=already_there(self.forum),
            open=takes_answers(self.forum, timezone.localdate()), held=standing_of(self.forum),
            **self.notes_of(self.forum),
        )  # fmt: skip

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Start, and go to the first question."""
        tongue = Language.objects.filter(code=self.code).first() if self.code != "en" else None
        try:
            mine = start_answer(actor=NOBODY, forum=self.forum, language=tongue)
        except Blocked:
            return self.to("forum-for-anybody", pk)
        if "all" in request.POST:
            return self.to("my-answers", mine.secret)
        return self.to("my-answer", mine.secret, "coming")


class SeriesForAnybody(ForumsPage):
    """The dates ahead of a series that is open to anybody. Calendars lead here: all its dates share one address."""

    row = permissions.start_answer.row
    limited = "start_answer"

    def get(self, request: HttpRequest, series: Any) -> HttpResponse:
        """The page; 404 where nothing of it is public and ahead."""
        found = Series.objects.filter(pk=series).first()
        rows = Forum.objects.public().filter(series=series, on__gte=timezone.localdate()).select_related("venue")
        dates = list(rows.order_by("on", "starts", "id"))
        if found is None or not dates:
            raise Http404
        return self.show("series", found.name, series=found, dates=dates)
