"""The Content-Security-Policy: strict everywhere, loosened only for Wagtail's own editor."""

from __future__ import annotations

from functools import cache

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

EDITOR = "/cms/"
LOOSENED = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
ERRORS = (404, 500)


class SiteCSPMiddleware(CSPMiddleware):
    """Wagtail's editor writes scripts and styles into its pages and sends no nonces; only its addresses may.

    No view has a policy of its own and no page a nonce, so each of the two policies is put into words once: to do so
    for every answer took as long as finding out which view it is for."""

    def process_request(self, request: HttpRequest) -> None:
        """No nonce is promised: it would not stand in the policy."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say the policy, but for the errors that a developer is shown, which are written with styles inside."""
        if not (settings.DEBUG and response.status_code in ERRORS):
            response.headers.setdefault(HEADER, policy_of(request.path_info))
        return response


def policy_of(path: str) -> str:
    """The policy of an address."""
    return _in_words(path.startswith(EDITOR))


@cache
def _in_words(loosened: bool) -> str:
    return build_policy(replace=LOOSENED if loosened else None)
