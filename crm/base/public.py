"""Public pages without an account, behind a link of one's own or open to anybody: in which language they are, how often
they may be asked, and that nobody keeps them.

What such an address holds (the secret of a link) must get into no other hands. Nothing of these pages is kept by a
browser or a proxy (`no-store`), no search engine lists them, and no page or log that comes after learns the address
(`strict-origin`; with `no-referrer` browsers send forms with `Origin: null`, which the check against forged requests
must refuse).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import override
from django.views.generic import View

from crm.base.permissions import Row
from crm.base.tongues import Tongues

IN_NO_OTHER_HANDS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex",
}


class PublicPage(View):
    """A page in the language of its address. Asked too often from one place, it asks to wait."""

    row: Row
    limited: ClassVar[str] = ""  # the name of the limit that a request counts against
    tongues: ClassVar[Tongues] = Tongues(("en",))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The language, the limit, then the page, then what keeps it out of other hands."""
        with override(self.code):
            if self.limited and not ratelimit.consume(request, action=self.limited):
                response: HttpResponseBase = self.please_wait()
            else:
                response = super().dispatch(request, *args, **kwargs)
        headers: Mapping[str, str] = {**IN_NO_OTHER_HANDS, "Content-Language": self.code}
        for name, value in headers.items():
            response.headers[name] = value
        return response

    @cached_property
    def code(self) -> str:
        """The language that is read: that of the address, else the reader's own, else English."""
        return self.tongues.first_of(self.request.GET.get("lang", ""), self.own_language())

    def own_language(self) -> str:
        """The language the reader asked for or is known to read; empty where nobody knows."""
        return ""

    def please_wait(self) -> HttpResponse:
        """The page for whoever asked too often (429)."""
        raise NotImplementedError
