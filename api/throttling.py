"""Rate limits, by token or by person."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from crm.accounts.models import ApiToken

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ByTokenOrPerson(BaseThrottle):
    """So many requests in each second, minute, hour or day, as the setting API_RATE says (like 600/min)."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False when there were too many in this span."""
        number, _, span = settings.API_RATE.partition("/")
        seconds = SECONDS[span.strip()[:1]]
        now = time.time()
        self.left = seconds - now % seconds
        who = f"token:{request.auth.pk}" if isinstance(request.auth, ApiToken) else f"user:{request.user.pk}"
        key = f"api-rate:{who}:{int(now // seconds)}"
        try:
            count = cache.incr(key)
        except ValueError:
            cache.set(key, 1, seconds)
            count = 1
        return count <= int(number)

    def wait(self) -> float:
        """Seconds until the next span begins."""
        return self.left
