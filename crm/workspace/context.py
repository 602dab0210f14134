"""What every page knows: the council's name and colour, and whether this is the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from crm.areas.models import Council


def site(request: HttpRequest) -> dict[str, Any]:
    """Adds `council` (looked up when a template asks) and `demonstration`."""
    return {
        "council": SimpleLazyObject(Council.objects.first),
        "demonstration": settings.DEMONSTRATION,
    }
