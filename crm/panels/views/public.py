"""What every public page of an application shares: its language, how often it may be asked, and that nobody keeps it.

The secret of the link is the only thing in the address. Nothing of these pages is kept by a browser or a proxy
(`no-store`), and no page or log that comes after learns the address (`strict-origin`; with `no-referrer` browsers send
forms with `Origin: null`, which the check against forged requests must refuse).
"""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.views.generic import View

from crm.base.permissions import Row
from crm.panels.words import languages_offered, on_the_page


class PublicForm(View):
    """A page of the application, in the language of its address. Asked too often from one place, it asks to wait."""

    row: Row
    limited = ""  # the name of the limit that a POST counts against

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, then the page, then what keeps it out of other hands."""
        with override(self.code):
            if self.limited and not ratelimit.consume(request, action=self.limited):
                response: HttpResponseBase = self.show("wait", gettext("Please wait a minute"), status=429)
            else:
                response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Content-Language"] = self.code
        return response

    @cached_property
    def code(self) -> str:
        """The language that is read: that of the address, else the reader's own, else English."""
        offered = languages_offered()
        wanted = (self.request.GET.get("lang", ""), self.own_language())
        return next((code for code in wanted if code in offered), "en")

    def own_language(self) -> str:
        """The language the reader asked for; empty where nobody knows."""
        return ""

    def to(self, name: str, **where: str) -> HttpResponse:
        """On to another of these pages, in the same language."""
        return redirect(self.address(name, **where))

    def address(self, name: str, **where: str) -> str:
        """The address of another of these pages, in the same language."""
        return reverse(name, kwargs=where) + (f"?lang={self.code}" if self.is_chosen else "")

    @property
    def is_chosen(self) -> bool:
        """Whether the address names the language."""
        return self.request.GET.get("lang") == self.code

    def show(self, template: str, title: str, *, status: int = 200, **shown: Any) -> HttpResponse:
        """A page."""
        always = {"title": title, "to_check": "check" in self.request.GET, **self.said()}
        return render(self.request, f"public/join/{template}.html", {**always, **shown}, status=status)

    def said(self) -> dict[str, Any]:
        """About the language of the page."""
        return on_the_page(self.code, chosen=self.is_chosen)
