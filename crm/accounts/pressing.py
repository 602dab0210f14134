"""A form of the workspace that is pressed twice is saved once, and both presses lead to the same page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from crm.accounts.replay import Answer, KeyReused, answered_before, once
from crm.base.editing import ONCE
from crm.base.left_behind import WHO_WRITES

MACHINERY = frozenset({"csrfmiddlewaretoken", ONCE, "seen", WHO_WRITES})


def led_to(request: HttpRequest) -> str:
    """Where the first press of this very form led; empty when this is the first, or when it says something else."""
    if not request.POST.get(ONCE):
        return ""
    try:
        answer = answered_before(**_request(request))
    except KeyReused:
        return ""
    return answer.location if answer else ""


def saved_once(request: HttpRequest, make: Callable[[], str]) -> str:
    """Save with `make`, unless the same form was saved already. Returns where to go. A form that came back by the
    browser's Back button and now says something else is another one. Raises what `make` raises."""
    if not request.POST.get(ONCE):
        return make()
    try:
        return once(**_request(request), make=lambda: Answer(status=303, body={}, location=make())).location
    except KeyReused:
        return make()


def _request(request: HttpRequest) -> dict[str, Any]:
    told = sorted((name, values) for name, values in request.POST.lists() if name not in MACHINERY)
    return {
        "owner": str(request.user.pk),
        "method": "POST",
        "path": _path(request),
        "key": request.POST[ONCE],
        "body": hashlib.sha256(repr(told).encode()).digest(),
    }


def _path(request: HttpRequest) -> str:
    """The address; the secret of somebody's own link as its hash, because it is kept nowhere else either."""
    secret = request.resolver_match.kwargs.get("secret") if request.resolver_match else None
    return request.path.replace(secret, hashlib.sha256(secret.encode()).hexdigest()) if secret else request.path
