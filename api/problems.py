"""What the API says when something is not right: `application/problem+json` (RFC 9457), in the words of the pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from crm.accounts.replay import KeyReused
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.base.wrong import as_sent

TITLES = {
    400: "Something in the request is not right",
    401: "Sign in first",
    403: "You may not do this",
    404: "Not found",
    405: "Not possible here",
    406: "Only JSON is spoken here",
    409: "This cannot be done now",
    412: "Somebody else changed this",
    413: "Too long",
    415: "Only JSON is understood here",
    422: "This key was used for another request",
    428: "Say which version you read",
    429: "Too many requests",
}
CODES = {
    400: "invalid",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "blocked",
    412: "stale",
    413: "too_long",
    415: "unsupported_media_type",
    422: "key_reused",
    428: "version_missing",
    429: "too_many",
}
DETAILS = {
    404: "It is not here, or it is not for you to see.",
    405: "This address has no such method.",
    406: "Ask for JSON: send Accept: application/json, or leave it out.",
    412: "Somebody else changed this since you read it. Read it again, then send your change with its new ETag.",
    413: "The request is longer than this server takes.",
    415: "Send JSON, and say so: Content-Type: application/json.",
    422: "This Idempotency-Key came before with another body. Use a new key for a new request.",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is not right: a code for programs, words for people, and where (a JSON pointer, RFC 6901).
    `parameter` names a part of the address or a header instead."""

    code: str
    detail: str
    pointer: str = ""
    parameter: str = ""

    def plain(self) -> dict[str, str]:
        """As JSON."""
        where = {"parameter": self.parameter} if self.parameter else {"pointer": self.pointer}
        return {"code": self.code, "detail": self.detail, **where}


class Problem(Exception):
    """An answer that is not a success, with every fault at once. `more` is what else is told by name."""

    def __init__(
        self, status: int, detail: str = "", faults: list[Fault] | None = None, code: str = "",
        more: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.status, self.detail, self.faults, self.more = status, detail, faults or [], more or {}
        self.code = code or CODES[status]
        super().__init__(code)


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception; None for one that is our own mistake."""
    problem = _problem(exc)
    if problem is None:
        return None
    body = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, "Not possible"),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail or DETAILS.get(problem.status, TITLES.get(problem.status, "")),
        "errors": [fault.plain() for fault in problem.faults],
        **problem.more,
    }
    headers = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(_seconds(wait))
    return Response(body, status=problem.status, headers=headers, content_type="application/problem+json")


def _problem(exc: Exception) -> Problem | None:
    if isinstance(exc, Problem):
        return exc
    if isinstance(exc, Blocked):
        return _blocked(exc)
    if isinstance(exc, exceptions.APIException):
        return _from_framework(exc)
    for kind, status in STATUS_OF.items():
        if isinstance(exc, kind):
            return Problem(status, detail=str(exc) if kind in SAYS_WHY else "")
    return None


SAYS_WHY = (Refused,)
STATUS_OF: dict[type[Exception], int] = {
    Stale: 412,
    Refused: 403,
    KeyReused: 422,
    Http404: 404,
    PermissionDenied: 403,
    RequestDataTooBig: 413,
    SuspiciousOperation: 400,
}


def _all_of(faults: list[Fault]) -> str:
    """Every fault in one text; where there are several, each is a sentence."""
    said = list(dict.fromkeys(fault.detail for fault in faults))
    return " ".join(words if len(said) == 1 or words.endswith((".", "?", "!")) else f"{words}." for words in said)


def _blocked(exc: Blocked) -> Problem:
    faults = [Fault(b.code, as_sent(b.words), pointer_of(*b.field.split("/"))) for b in exc.blockers]
    status = 400 if isinstance(exc, InputBlocked) else 409
    return Problem(status, detail=_all_of(faults), faults=faults)


def _from_framework(exc: exceptions.APIException) -> Problem:
    if isinstance(exc, exceptions.ValidationError):
        faults = list(faults_in(exc.get_full_details()))
        return Problem(400, detail=_all_of(faults), faults=faults)
    status = exc.status_code
    if status in DETAILS:
        return Problem(status)
    if isinstance(exc, exceptions.Throttled):
        return Problem(
            status, detail=f"Too many requests. Come again in {_seconds(getattr(exc, 'wait', None))} seconds."
        )
    return Problem(status if status in CODES else 400, detail=clean(str(exc.detail)))


def _seconds(wait: float | None) -> int:
    return max(1, math.ceil(wait or 0))


def pointer_of(*parts: str | int) -> str:
    """A JSON pointer to a field of the request; empty for the request as a whole."""
    steps = [str(part).replace("~", "~0").replace("/", "~1") for part in parts if part != ""]
    return clean("".join(f"/{step}" for step in steps))


def clean(words: str) -> str:
    """The words as they can be written as UTF-8: half characters, which JSON can smuggle in, become a question mark."""
    return words.encode("utf-8", "replace").decode("utf-8")


def faults_in(details: Any, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """The faults in the framework's nested report, each with its pointer."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield Fault(str(details["code"]), clean(str(details["message"])), pointer_of(*path))
    elif isinstance(details, dict):
        for name, inner in details.items():
            yield from faults_in(inner, path if name == "non_field_errors" else (*path, name))
    else:
        for place, inner in enumerate(details):
            leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            yield from faults_in(inner, path if leaf else (*path, place))
