"""The addresses of calendars: GET and HEAD only, signed in or not, the same for everybody."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.generic import View

from api.calendars.kept import CALENDAR, PUBLIC, Edition, sent
from crm.base.permissions import Row
from engagement.forums.calendars.writing import feed_text, one_text
from engagement.forums.permissions.calendars import PUBLIC_CALENDARS, read_private_calendar
from engagement.forums.reports.calendar_choices import WAYS_TO_CHOOSE
from engagement.forums.reports.calendars import public_feed, public_forum
from engagement.forums.reports.private_calendars import feed_of


class PublicCalendar(View):
    """A calendar of public forums to subscribe to. Kept, no text is made; whoever has it already was answered before
    (`api.calendars.middleware`)."""

    row: Row = PUBLIC_CALENDARS
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, way: str, key: str) -> HttpResponseBase:
        """The text. 404 for what is not there."""
        now = Edition.of(request.path)  # before anything is read: a change meanwhile makes a later edition
        return sent(request, now.kept() or now.keep(self._text(request, way, key)), now)

    @staticmethod
    def _text(request: HttpRequest, way: str, key: str) -> bytes:
        choose = WAYS_TO_CHOOSE.get(way) if key.isprintable() else None  # PostgreSQL takes no NUL
        chosen = choose(key) if choose else None
        if chosen is None:
            raise Http404
        address = settings.SITE_ADDRESS.rstrip("/") + request.path
        return feed_text(public_feed(chosen, uid=address, address=address))


class OneForum(View):
    """Add to my calendar: one public forum as a file."""

    row: Row = PUBLIC_CALENDARS
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The file. 404 for a forum that is not public."""
        found = public_forum(pk)
        if found is None:
            raise Http404
        response = HttpResponse(one_text(*found), content_type=CALENDAR)
        response.headers["Content-Disposition"] = 'attachment; filename="forum.ics"'
        response.headers["Cache-Control"] = PUBLIC
        return response


class PrivateCalendar(View):
    """A private calendar, by the secret in its address alone. Ended, it is missing at once: nobody between us and the
    reader may keep it, and it is made anew each time."""

    row: Row = read_private_calendar.row
    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The calendar, and what keeps it out of other hands; also when it is missing."""
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Http404:
            response = HttpResponse("This calendar is not here.", status=404, content_type="text/plain; charset=utf-8")
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The text; 304 where the reader has just that. 404 for an address that was ended, and for any other."""
        feed = feed_of(secret)
        if feed is None:
            raise Http404
        text = feed_text(feed)
        etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
        response = HttpResponse(text, content_type=CALENDAR, headers={"ETag": etag})
        answer = get_conditional_response(request, etag, response=response)
        return answer or response
