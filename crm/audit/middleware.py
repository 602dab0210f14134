"""Gives every request its correlation id, and the reader a copy of it for support calls."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from crm.audit.context import enter_request, leave_request
from crm.audit.models import AuditEvent


class AuditContextMiddleware:
    """Says to the audit which request is under way and through which door it came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its context."""
        door = AuditEvent.Door.API if request.path_info.startswith("/api/") else AuditEvent.Door.PAGE
        correlation = enter_request(door)
        try:
            response = self.get_response(request)
        finally:
            leave_request()
        response.headers["X-Request-Id"] = str(correlation)
        return response
