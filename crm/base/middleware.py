"""Health answers before anything else is asked, and one log line a request without anything personal in it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template

from crm.base import static
from crm.base.logs import route_of
from crm.base.readiness import what_is_not_ready

log = logging.getLogger("heard.requests")
Handler = Callable[[HttpRequest], HttpResponse]


def health(get_response: Handler) -> Handler:
    """`/healthz` says the server runs; `/readyz` says it can serve, or (503) what it still waits for.

    Until it can serve, every other address answers 503 with a kind page: half-made tables make no tracebacks.
    """
    static.missing()  # read the list of static files now, as the middleware that serves them does

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"})
        asks = request.path_info == "/readyz"
        waiting = what_is_not_ready() if asks or settings.WAIT_UNTIL_READY else []
        if asks:
            return _quietly(
                JsonResponse({"ready": not waiting, "waiting_for": waiting}, status=503 if waiting else 200)
            )
        return _please_wait(waiting) if waiting else get_response(request)

    return answer


def _please_wait(waiting: list[str]) -> HttpResponse:
    page = get_template("errors/starting.html").render({"waiting_for": waiting})
    return _quietly(HttpResponse(page, status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"}))


def _quietly(response: HttpResponse) -> HttpResponse:
    """Waiting is no error: Django must not log it as one."""
    response._has_been_logged = True  # type: ignore[attr-defined]  # what django.utils.log asks for
    return response


class RequestLogMiddleware:
    """One line a request: method, route (never the address with its ids or query), status, milliseconds."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request, then write its line."""
        started = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            extra={
                "facts": {
                    "method": request.method,
                    "route": route_of(request),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000),
                    "request": response.headers.get("X-Request-Id", ""),
                }
            },
        )
        return response
