"""Health answers before anything else is asked, and one log line a request without anything personal in it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from crm.base.readiness import what_is_not_ready

log = logging.getLogger("heard.requests")
Handler = Callable[[HttpRequest], HttpResponse]


def health(get_response: Handler) -> Handler:
    """`/healthz` says the server runs; `/readyz` says it can serve, or (503) what it still waits for."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path_info == "/readyz":
            waiting = what_is_not_ready()
            return JsonResponse({"ready": not waiting, "waiting_for": waiting}, status=503 if waiting else 200)
        return get_response(request)

    return answer


class RequestLogMiddleware:
    """One line a request: method, route (never the address with its ids or query), status, milliseconds."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request, then write its line."""
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "facts": {
                    "method": request.method,
                    "route": match.route if match else "(none)",
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000),
                    "request": response.headers.get("X-Request-Id", ""),
                }
            },
        )
        return response
