"""The language of a request is the one in its address; the workspace, the API and the editor start in English."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
