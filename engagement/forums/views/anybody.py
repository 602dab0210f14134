"""Public pages of forums: what they share, a forum that is open to anybody, and the dates of a series.

Nothing of these pages is kept by a browser or a proxy (`no-store`), and no page or log that comes after learns the
address (`strict-origin`; with `no-referrer` browsers send forms with `Origin: null`, which the check against forged
requests must refuse).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, override
from django.views.generic import View

from crm.base.permissions import Row
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
from engagement.forums.words import LANGUAGES, SAY

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


def languages_offered() -> list[str]:
    """Those whose words a speaker has checked; in the demonstration also others, with a warning."""
    checked = settings.SITE_WORDS_CHECKED_BY
    return [code for code in LANGUAGES if code in checked or settings.SHOW_UNREVIEWED_LANGUAGES]


class PublicPage(View):
    """A public page of a forum, in the language of its address. Asked too often from one place, it asks to wait."""

    row: Row
    limited = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, the page, and what keeps it out of other hands."""
        with override(self.code):
            if self.limited and not ratelimit.consume(request, action=self.limited):
                response: HttpResponseBase = self.show("wait", str(SAY["wait_title"]), status=429)
            else:
                response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @cached_property
    def code(self) -> str:
        """The language that is read: that of the address, else the reader's own, else English."""
        offered = languages_offered()
        wanted = (self.request.GET.get("lang", ""), self.own_language())
        return next((code for code in wanted if code in offered), "en")

    def own_language(self) -> str:
        """The language the reader is known to read; empty where nobody knows."""
        return ""

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

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page."""
        here = get_language_info(self.code)
        always = {
            "title": title,
            "say": SAY,
            "lang": self.code,
            "dir": "rtl" if here["bidi"] else "ltr",
            "unchecked": self.code not in settings.SITE_WORDS_CHECKED_BY,
            "easy": self.easy,
            "same": urlencode({"lang": self.code, "easy": "1" if self.easy else "0"}),
            "other": urlencode({"lang": self.code, "easy": "0" if self.easy else "1"}),
            "links": [(code, get_language_info(code)) for code in languages_offered()],
        }
        return render(self.request, f"public/forums/{template}.html", {**always, **shown}, status=status)


class ForumForAnybody(PublicPage):
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


class SeriesForAnybody(PublicPage):
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
