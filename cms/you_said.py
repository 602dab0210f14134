"""You said, we did, line by line: from a public line to the decision and the words behind it. Promises in public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.generic import View

from cms.languages import VersionLink, home_pages, language, links_in
from cms.views import CACHE_CONTROL
from crm.base.permissions import Row
from engagement.coproduction.telling.models import PublicPromise
from engagement.coproduction.telling.permissions import read_you_said
from engagement.coproduction.telling.reports.you_said import one_line

MOST = 200


class FromTheRecord(View):
    """A page of the site that Wagtail has no page for. 404 where the site does not speak the language."""

    row: Row = read_you_said.row
    http_method_names = ["get", "head"]
    address = ""

    def show(self, template: str, **shown: Any) -> HttpResponse:
        """The page, in the language of its address."""
        homes = home_pages(self.request)
        code = str(get_language())
        if code not in homes:
            raise Http404
        always = {
            "page": homes[code],
            "here": language(code),
            "language_links": links_in(homes, [self._link(one, code) for one in homes]),
            "unchecked": code not in settings.SITE_WORDS_CHECKED_BY,
        }
        response = render(self.request, f"public/{template}.html", {**always, **shown})
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response

    def _link(self, code: str, now: str) -> VersionLink:
        with override(code):
            href = reverse(self.address, kwargs=self.kwargs)
        return VersionLink(language(code), href, current=code == now, exists=True)


class YouSaidLine(FromTheRecord):
    """One line: what people said, what was decided and why, what is different, and words that may be quoted."""

    address = "public_you_said_line"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The page. Words that are in no other language yet are shown in English, and marked as English."""
        code = str(get_language())
        found = one_line(pk, code)
        if found is None:
            raise Http404
        line, quotes = found
        own = code == "en" or any(
            words.language is not None and words.language.code == code and words.may_be_used
            for words in line.decision.words.all()
        )
        return self.show("you_said_line", line=line, quotes=quotes, spoken=code if own else "en")


class Promises(FromTheRecord):
    """What the council promised, and whether it kept it. 404 where the council has not switched the list on."""

    address = "public_promises"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        if not settings.PUBLIC_PROMISES:
            raise Http404
        return self.show("promises", promises=PublicPromise.objects.public().for_list()[:MOST])
