"""The public page where somebody says how it felt: one question, in their language, without an account or a name."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_info, override
from django.views.generic import View

from crm.base.rules import Blocked
from engagement.coproduction.projects.actions.felt import answer_felt
from engagement.coproduction.projects.forms.people import FeltForm
from engagement.coproduction.projects.links import digest_of
from engagement.coproduction.projects.models import FeltLink
from engagement.coproduction.projects.permissions import people as permissions
from engagement.coproduction.projects.words import LANGUAGES, SAY
from engagement.forums.words import SAY as ALWAYS

NOBODY = AnonymousUser()  # whoever answers, also where a colleague has signed in


class Felt(View):
    """The question, and thank you. The link says nothing about the reader, so they choose their language here."""

    row = permissions.answer_felt.row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, the page, and what keeps its address out of other hands."""
        with override(self.code):
            if ratelimit.consume(request, action="felt"):
                response = super().dispatch(request, *args, **kwargs)
            else:
                response = self._show(str(ALWAYS["wait_title"]), words=ALWAYS["wait"], status=429)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @cached_property
    def offered(self) -> list[str]:
        """English, and the languages somebody checked, or all where the council shows unchecked words."""
        every = settings.SHOW_UNREVIEWED_LANGUAGES
        return [code for code in LANGUAGES if code == "en" or every or code in settings.SITE_WORDS_CHECKED_BY]

    @cached_property
    def code(self) -> str:
        """The language that was chosen on the page."""
        asked = self.request.GET.get("lang", "")
        return asked if asked in self.offered else "en"

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The question."""
        link = self._link(secret)
        return self._ask(link, FeltForm()) if link else self._used()

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Count the answer."""
        link = self._link(secret)
        if link is None:
            return self._used()
        form = FeltForm(request.POST)
        if not form.is_valid():
            return self._ask(link, form)
        try:
            answer_felt(actor=NOBODY, link=link, secret=secret, rung=form.cleaned_data["rung"])
        except Blocked as refusal:
            missing = any(blocker.field for blocker in refusal.blockers)
            form.add_error("rung" if missing else None, SAY["missing" if missing else "over"])
            return self._ask(link, form)
        return self._show(str(SAY["title"]), words=SAY["thanks"])

    @staticmethod
    def _link(secret: str) -> FeltLink | None:
        rows = FeltLink.objects.select_related("round__project")
        return rows.filter(digest=digest_of(secret)).first()

    def _ask(self, link: FeltLink, form: FeltForm) -> HttpResponse:
        return self._show(str(SAY["title"]), project=link.round.project, round=link.round, form=form)

    def _used(self) -> HttpResponse:
        return self._show(str(SAY["title"]), words=SAY["used"], status=410)

    def _show(self, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        always = {
            "title": title,
            "say": {**ALWAYS, **SAY},
            "lang": self.code,
            "dir": "rtl" if get_language_info(self.code)["bidi"] else "ltr",
            "unchecked": self.code not in settings.SITE_WORDS_CHECKED_BY,
            "links": [(code, get_language_info(code)) for code in self.offered],
        }
        return render(self.request, "public/felt.html", {**always, **shown}, status=status)
