"""A calendar that has not changed is answered for before any other layer: programs ask every hour, for years."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from api.calendars.kept import Edition, unchanged
from api.calendars.views import PublicCalendar
from engagement.forums.reports.calendar_choices import WAYS_TO_CHOOSE

ADDRESS = re.compile(rf"/calendars/({'|'.join(map(re.escape, WAYS_TO_CHOOSE))})/[^/]+\.ics")
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
UNCHANGED = ResolverMatch(PublicCalendar.as_view(), (), {}, route="a public calendar, unchanged")


class UnchangedCalendarsMiddleware:
    """Says 304 to a program that has this edition of a public calendar: nobody needs to know who asks, and one question
    to the database tells. Private calendars and whatever is not public go on through every layer, as does a first
    request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """304, or go on."""
        if (
            request.method not in ("GET", "HEAD")
            or CONDITIONS.isdisjoint(request.META)
            or not ADDRESS.fullmatch(request.path_info)
            or (settings.SECURE_SSL_REDIRECT and not request.is_secure())
        ):
            return self.get_response(request)
        answer = unchanged(request, Edition.of(request.path))
        if answer is None:
            return self.get_response(request)
        request.resolver_match = UNCHANGED
        return answer
