"""The Content-Security-Policy: strict everywhere, loosened only for Wagtail's own editor."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

EDITOR = "/cms/"


class SiteCSPMiddleware(CSPMiddleware):
    """Wagtail's editor writes scripts and styles into its pages and sends no nonces; only its addresses may."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> Any:
        """The policy of one response."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(EDITOR):
            loosened = {
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
            }
            parts.replace = {**(parts.replace or {}), **loosened}
        return parts
