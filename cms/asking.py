"""Asking for a page another way: one screen in the reader's language, whose answer reaches a named officer.

A page that is not in a language yet has the same screen, so that nobody stands before a closed door.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import View

from cms.forms import AskForm
from cms.languages import answered_in, home_pages, language, version_links
from cms.models import PublicPage
from cms.views import versions_of
from crm.accounts.permissions import PUBLIC_PAGE
from crm.accounts.pressing import saved_once
from crm.base.editing import ONCE
from crm.base.ids import new_id
from crm.base.permissions import Row
from crm.base.rules import Blocked
from engagement.formats.actions import ask_for_format
from engagement.formats.permissions import ask_for_format as may_ask
from engagement.formats.reports import answer_by

NUMBER = re.compile(r"^F-[A-Z2-9]{3}-[A-Z2-9]{3}$")
NOBODY = AnonymousUser()  # whoever asks, also where a colleague has signed in
TOO_MANY = 429


class AboutOnePage(View):
    """A page of the site about another page of it. 404 where the site has no words in the language of the address."""

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Django's; what a form brings is kept by nobody on the way."""
        if self.code not in {*self.homes, *answered_in()} or not self.homes or not self.versions:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    @property
    def code(self) -> str:
        """The language that is read."""
        return str(get_language())

    @cached_property
    def homes(self) -> dict[str, Any]:
        """The site's first page in each language."""
        return home_pages(self.request)

    @cached_property
    def versions(self) -> dict[str, PublicPage]:
        """The page in each language the public may read it in."""
        return versions_of(self.kwargs["key"])

    @property
    def home(self) -> Any:
        """The first page in the language that is read, else in the site's own, else in whichever there is."""
        return self.homes.get(self.code) or self.homes.get(settings.LANGUAGE_CODE) or next(iter(self.homes.values()))

    @property
    def about(self) -> PublicPage:
        """The page in the language that is read, else in the site's own, else in whichever there is."""
        found = self.versions
        return found.get(self.code) or found.get(settings.LANGUAGE_CODE) or next(iter(found.values()))

    def show(self, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """The page."""
        always = {
            "page": self.home,
            "about": self.about,
            "here": language(self.code),
            "language_links": version_links(self.about, self.request, self.code),
            "answer_by": answer_by(timezone.localdate()),
            "unchecked": self.code not in settings.SITE_WORDS_CHECKED_BY,
        }
        return render(self.request, f"public/{template}.html", {**always, **shown}, status=status)


class AskForFormat(AboutOnePage):
    """How somebody wants a page, and how to reach them."""

    row: Row = may_ask.row
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """The questions."""
        return self._asks(AskForm())

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Take the request, once, or come back with what is missing. Nothing typed is lost."""
        form = AskForm(request.POST)
        if not ratelimit.consume(request, action="ask_for_format"):
            return self._asks(form, status=TOO_MANY, limited=True)
        if form.is_valid():
            try:
                return redirect(saved_once(request, lambda: self._taken(form)))
            except Blocked as refusal:
                form.add_blockers(refusal)
        return self._asks(form)

    def _taken(self, form: AskForm) -> str:
        about = self.about
        address = (about.get_url(self.request) or "") if about is not None else ""
        details = form.details(about=about.title, address=address, owner=about.kept_by)
        made = ask_for_format(actor=NOBODY, details=details)
        return reverse("public_asked", kwargs={"key": self.kwargs["key"], "number": made.number})

    def _asks(self, form: AskForm, *, status: int = 200, limited: bool = False) -> HttpResponse:
        once = self.request.POST.get(ONCE) or new_id()
        ask = reverse("public_ask", kwargs={"key": self.kwargs["key"]})
        missing = self.code not in self.versions
        return self.show("ask", status=status, form=form, once=once, ask=ask, missing=missing, limited=limited)


class NotYet(AskForFormat):
    """A page that is not in this language yet: it says so, with a number to phone or text, and the same questions."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Say so; or go to the page, if it has come since the link was made."""
        if self.code in self.versions:
            return redirect(self.versions[self.code].get_url(request))
        return super().get(request, key)


class Asked(AboutOnePage):
    """Thank you, the number to quote, and by when they hear from us."""

    row: Row = PUBLIC_PAGE

    def get(self, request: HttpRequest, key: UUID, number: str) -> HttpResponse:
        """The page."""
        if not NUMBER.match(number):
            raise Http404
        return self.show("asked", number=number)
