"""No way into either office past the second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OFFICES = ("/workspace/", "/cms/")


class SecondFactorMiddleware:
    """Where the council requires it, staff without a second factor reach only the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send them to the page that sets it up."""
        inside = request.path_info.startswith(OFFICES)
        wanted = settings.SECOND_FACTOR_REQUIRED and inside and request.user.is_authenticated
        if wanted and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return self.get_response(request)
