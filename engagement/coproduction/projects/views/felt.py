"""The public page where somebody says how it felt: one question, in their language, without an account or a name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from crm.base.permissions import Refused
from crm.base.public import PublicPage
from crm.base.rules import Blocked
from engagement.coproduction.projects.actions.felt import answer_felt
from engagement.coproduction.projects.forms.people import FeltForm
from engagement.coproduction.projects.models import FeltRound
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.reports.felt import round_of_link
from engagement.coproduction.projects.words import SAY, TONGUES
from engagement.forums.words import SAY as ALWAYS

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


class Felt(PublicPage):
    """The question, and thank you. The link says nothing about the reader, so they choose their language here."""

    row = permissions.answer_felt.row
    limited = "felt"
    tongues = TONGUES

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The question."""
        asked = round_of_link(secret)
        return self._ask(asked, FeltForm()) if asked else self._used()

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Count the answer."""
        asked = round_of_link(secret)
        if asked is None:
            return self._used()
        form = FeltForm(request.POST)
        if not form.is_valid():
            return self._ask(asked, form)
        try:
            answer_felt(actor=NOBODY, round=asked, secret=secret, rung=form.cleaned_data["rung"])
        except Refused:  # the same link was pressed twice, and the other press was quicker
            return self._used()
        except Blocked as refusal:
            missing = any(blocker.field for blocker in refusal.blockers)
            form.add_error("rung" if missing else None, SAY["missing" if missing else "over"])
            return self._ask(asked, form)
        return self._show(str(SAY["title"]), words=SAY["thanks"])

    def please_wait(self) -> HttpResponse:
        """The link still works when they come back."""
        return self._show(str(ALWAYS["wait_title"]), words=ALWAYS["wait"], status=429)

    def _ask(self, asked: FeltRound, form: FeltForm) -> HttpResponse:
        return self._show(str(SAY["title"]), project=asked.project, round=asked, form=form)

    def _used(self) -> HttpResponse:
        return self._show(str(SAY["title"]), words=SAY["used"], status=410)

    def _show(self, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        always = {
            "title": title,
            "say": {**ALWAYS, **SAY},
            **TONGUES.said(self.code),
        }
        return render(self.request, "public/felt.html", {**always, **shown}, status=status)
