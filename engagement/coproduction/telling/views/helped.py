"""Did this answer help? One tap away, without an account, without a script. Opening the page counts nothing."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_info, override
from django.views.generic import View

from crm.base.permissions import Row
from crm.base.rules import Blocked
from engagement.coproduction.telling.actions import answer_whether_it_helped
from engagement.coproduction.telling.letters_about import telling_behind
from engagement.coproduction.telling.models import HelpTally, Telling
from engagement.coproduction.telling.permissions import answer_whether_it_helped as may_answer
from engagement.coproduction.telling.words import HELPED, LANGUAGES, SAY
from engagement.forums.words import SAY as ALWAYS

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


class Helped(View):
    """The question, and thank you."""

    row: Row = may_answer.row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, the page, and what keeps the address out of other hands."""
        with override(self.code):
            response = self._answer(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not ratelimit.consume(request, action="answer_helped"):
            return self._show(str(ALWAYS["wait_title"]), str(ALWAYS["wait"]), status=429)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def telling(self) -> Telling:
        """The answer behind the link. 404 for a link that is not ours, or too old."""
        pk = telling_behind(self.kwargs["secret"])
        rows = Telling.objects.select_related("decision", "outcome__decision", "language")
        found = rows.filter(pk=pk).first() if pk else None
        if found is None:
            raise Http404
        return found

    @cached_property
    def code(self) -> str:
        """The language the answer was in, where the words of this page are there too; else English."""
        language = self.telling.language
        code = language.code if language else "en"
        offered = code in settings.SITE_WORDS_CHECKED_BY or settings.SHOW_UNREVIEWED_LANGUAGES
        asked = self.request.GET.get("lang", "")
        return (
            asked if asked in ("en", code) and asked in LANGUAGES else code if code in LANGUAGES and offered else "en"
        )

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The question. Programs that look at links before people do change nothing."""
        return self._show(str(SAY["title"]), "", ask=True)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Count it, once."""
        try:
            answer_whether_it_helped(actor=NOBODY, telling=self.telling, helped=request.POST.get("helped", ""))
        except Blocked as refusal:
            if any(blocker.field for blocker in refusal.blockers):
                return self._show(str(SAY["title"]), str(SAY["choose"]), ask=True)
            return self._show(str(SAY["already"]), str(SAY["thanks_words"]))
        return self._show(str(SAY["thanks"]), str(SAY["thanks_words"]))

    def _show(self, title: str, words: str, *, status: int = 200, ask: bool = False) -> HttpResponse:
        here = get_language_info(self.code)
        shown = {
            "title": title,
            "words": words,
            "say": {**ALWAYS, **SAY},
            "lang": self.code,
            "dir": "rtl" if here["bidi"] else "ltr",
            "unchecked": self.code not in settings.SITE_WORDS_CHECKED_BY,
            "links": [],
            "choices": [(value, HELPED[value]) for value in HelpTally.Helped.values] if ask else [],
        }
        return render(self.request, "public/answers/helped.html", shown, status=status)
