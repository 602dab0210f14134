"""Rate limits, by token or by person; where no sign-in is asked, by the address of who asks."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from crm.accounts.models import ApiToken

OPEN_SHARE = 10
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ByTokenOrPerson(BaseThrottle):
    """So many requests in each second, minute, hour or day, as the setting API_RATE says (like 600/min); a tenth of
    them where nobody signs in, because what is open to anybody counts every point anew."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False when there were too many in this span."""
        number, _, span = settings.API_RATE.partition("/")
        seconds = SECONDS[span.strip()[:1]]
        now = time.time()
        self.left = seconds - now % seconds
        key = f"api-rate:{_who(request)}:{int(now // seconds)}"
        count = _counted(key, seconds)
        if seconds > SECONDS["m"]:
            cache.touch(key, seconds)  # a cache of files keeps what is counted on for five minutes only
        signed_in = isinstance(request.auth, ApiToken) or request.user.is_authenticated
        return count <= int(number) // (1 if signed_in else OPEN_SHARE)

    def wait(self) -> float:
        """Seconds until the next span begins."""
        return self.left


def _counted(key: str, seconds: int) -> int:
    """Count on, and say how many it makes. Nearly always the count was begun before, so it is begun only where it is
    missing: a cache of files opens, locks and reads one file less for each request."""
    with suppress(ValueError):
        return int(cache.incr(key))
    cache.add(key, 0, seconds)  # of many who come first at once, one begins the count and all are counted
    try:
        return int(cache.incr(key))
    except ValueError:  # the cache was full and threw the count away meanwhile
        return 1


class CountedFirst:
    """A view whose requests are counted before they may be refused: refusing is work too, and guessing is refused. A
    token that does not work counts against the address it came from."""

    _counted = False

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks, and count the request whoever it is."""
        try:
            super().perform_authentication(request)  # type: ignore[misc]
        finally:
            self.check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Count the request, once."""
        if not self._counted:
            self._counted = True
            super().check_throttles(request)  # type: ignore[misc]


def _who(request: Request) -> str:
    if isinstance(request.auth, ApiToken):
        return f"token:{request.auth.pk}"
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"address:{get_adapter().get_client_ip(request)}"
