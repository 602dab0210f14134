"""Kind error pages. Hidden and missing read the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.base.left_behind import rescue


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it is not here, or it is not for this reader."""
    return render(request, "errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, but not for this role. Says who may, where an action said it."""
    return render(request, "errors/403.html", {"why": str(exception or "")}, status=403)


def cannot_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a form with more words, files or fields than we take. Says so, and that nothing was saved."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Says what to do and keeps quiet about the inside."""
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off: nothing was saved. A form of the workspace comes back with what
    was typed; elsewhere a page says what to do."""
    return rescue(request) or render(request, "errors/csrf.html", status=403)
