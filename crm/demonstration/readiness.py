"""What the server waits for before it serves: the demonstration, or a council's own areas."""

from __future__ import annotations

from django.conf import settings

from crm.areas.models import Council
from crm.demonstration.rules import is_loaded


def council_is_there() -> str:
    """Says what is still to be loaded; empty when it is there."""
    if settings.DEMONSTRATION:
        return "" if is_loaded() else "the demonstration to be loaded"
    return "" if Council.objects.exists() else "the council's areas to be loaded"
