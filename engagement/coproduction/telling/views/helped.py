"""Did this answer help? One tap away, without an account, without a script. Opening the page counts nothing."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from crm.base.permissions import Row
from crm.base.public import PublicPage
from crm.base.rules import Blocked
from engagement.coproduction.telling.actions import answer_whether_it_helped
from engagement.coproduction.telling.letters_about import telling_behind
from engagement.coproduction.telling.models import HelpTally, Telling
from engagement.coproduction.telling.permissions import answer_whether_it_helped as may_answer
from engagement.coproduction.telling.words import HELPED, SAY, TONGUES
from engagement.forums.words import SAY as ALWAYS

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


class Helped(PublicPage):
    """The question, and thank you."""

    row: Row = may_answer.row
    limited = "answer_helped"
    tongues = TONGUES

    @cached_property
    def telling(self) -> Telling:
        """The answer behind the link. 404 for a link that is not ours, or too old."""
        pk = telling_behind(self.kwargs["secret"])
        rows = Telling.objects.select_related("decision", "outcome__decision", "language")
        found = rows.filter(pk=pk).first() if pk else None
        if found is None:
            raise Http404
        return found

    def own_language(self) -> str:
        """The language the answer was in."""
        return self.telling.language.code if self.telling.language else ""

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

    def please_wait(self) -> HttpResponse:
        """The link still works when they come back."""
        return self._show(str(ALWAYS["wait_title"]), str(ALWAYS["wait"]), status=429)

    def _show(self, title: str, words: str, *, status: int = 200, ask: bool = False) -> HttpResponse:
        shown = {
            "title": title,
            "words": words,
            "say": {**ALWAYS, **SAY},
            **TONGUES.said(self.code),
            "choices": [(value, HELPED[value]) for value in HelpTally.Helped.values] if ask else [],
        }
        return render(self.request, "public/answers/helped.html", shown, status=status)
