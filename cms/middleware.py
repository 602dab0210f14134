"""The language of a request is the one in its address; the workspace, the API and the editor start in English."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils import translation

from cms import freshness
from cms.views import PublicSite, ready_response

READY_MADE = ResolverMatch(PublicSite.as_view(), (), {}, route="a public page, ready-made")


class ReadyMadePagesMiddleware:
    """Answers for a public page that is ready-made, before anybody asks who is reading: nobody needs to know.

    Any other request goes on. A page that is not ready-made is made, and kept, by its view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The ready-made page, with what the layers below would have said about it; or go on."""
        code = translation.get_language_from_path(request.path_info) if request.method in ("GET", "HEAD") else None
        # The view that makes a page keeps it under this stamp: asked before it began, so never newer than its words.
        now = freshness.stamp() if code else ""
        request.public_stamp = now  # type: ignore[attr-defined]
        found = freshness.kept(request.path, now) if code else None
        if found is None:
            return self.get_response(request)
        request.resolver_match = READY_MADE
        response = ready_response(request, found)
        response.headers["Content-Language"] = str(code)
        response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        if isinstance(response, HttpResponse) and response.content:
            response.headers["Content-Length"] = str(len(response.content))
        return response


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
