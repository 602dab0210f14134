"""The language of a request is the one in its address; the workspace, the API and the editor start in English."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from cms import freshness
from cms.views import PageToKeep, PublicSite

READY_MADE = ResolverMatch(PublicSite.as_view(), (), {}, route="a public page, ready-made")
OF_ONE_ANSWER = {"Content-Length", "X-Request-Id"}  # what is said of one answer and not of the page
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}


class ReadyMadePagesMiddleware:
    """Answers for a public page that is ready-made, before any other layer is asked: nobody needs to know who reads.

    It stands outside the layers that add headers, and keeps a page with all they said of it when it was made; so what
    they add may hang on the address, and on nothing else of a request. Any other request goes on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The ready-made page; or go on, and keep what is made."""
        code = translation.get_language_from_path(request.path_info) if request.method in ("GET", "HEAD") else None
        if code is None or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
            return self.get_response(request)
        # Asked before the page is made, so never newer than its words. Some headers belong to https alone.
        now, address = freshness.stamp(), f"{request.scheme} {request.path}"
        found = freshness.kept(address, now)
        if found is None:
            made = self.get_response(request)
            if not isinstance(made, PageToKeep) or made.cookies:
                return made
            patch_vary_headers(made, ["Accept-Encoding"])
            lasting = [(name, words) for name, words in made.items() if name not in OF_ONE_ANSWER]
            found = freshness.ReadyMade.of(made.content, lasting)
            freshness.keep(address, now, found)
        request.resolver_match = READY_MADE
        return _answer(request, found)


def _answer(request: HttpRequest, page: freshness.ReadyMade) -> HttpResponseBase:
    """A ready-made page: packed where the browser can unpack it, and 304 when it has it already."""
    packs = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    content = page.packed if packs else page.content
    response = HttpResponse(content, headers={**dict(page.headers), "Content-Length": str(len(content))})
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    if CONDITIONS.isdisjoint(request.META):
        return response
    answer: HttpResponseBase = get_conditional_response(request, etag=page.etag, response=response)
    return answer


class AddressLanguageMiddleware:
    """Reads the language from the address alone: no cookie, no guess from the browser on pages that are in English.

    Django's own would show form errors of an English page in the browser's language, and would answer a hidden record
    with a redirect instead of 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in that language, and say which it was."""
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code  # type: ignore[attr-defined]  # as Django's own middleware does
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response
