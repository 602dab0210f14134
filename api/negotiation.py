"""What a caller says it understands: JSON, for which `application/problem+json` is as good a name."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

PROBLEM = "application/problem+json"
PLAIN = {"application/json", "*/*"}  # what nearly everybody says: nothing needs to be weighed


class JsonAlone(DefaultContentNegotiation):
    """JSON by the `Accept` header. `?format=` is no way to ask for another: it is a parameter that nobody knows."""

    settings: Any = SimpleNamespace(URL_FORMAT_OVERRIDE=None)

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None) -> Any:
        """The renderer. Whoever takes problems alone gets them, and answers beside them, which are JSON too. An empty
        header takes anything."""
        said = [one for one in self.get_accept_list(request) if one]
        problems = any(one.partition(";")[0].strip().lower() == PROBLEM for one in said)
        if problems or not said or not PLAIN.isdisjoint(said):
            first = next(iter(renderers))
            return first, first.media_type
        return super().select_renderer(request, renderers, format_suffix)
