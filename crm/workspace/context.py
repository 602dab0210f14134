"""What every page knows: the council's name and colour, and whether this is the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from crm.areas.models import Council

REMEMBERED_SECONDS = 60


def _council() -> Council | None:
    """The council's record, remembered for a minute: every page shows it and it hardly ever changes."""
    found: Council | None = cache.get("council")
    if found is None and (found := Council.objects.first()) is not None:
        cache.set("council", found, REMEMBERED_SECONDS)
    return found


def site(request: HttpRequest) -> dict[str, Any]:
    """Adds `council` (looked up when a template asks) and `demonstration`."""
    return {
        "council": SimpleLazyObject(_council),
        "demonstration": settings.DEMONSTRATION,
    }
