"""Figures that are counted once for each month that is over, and read from there: what anyone reads, and what
colleagues read who meet nobody.

A room that has such figures adds how they are counted here, and reads them by `released`. What counts gets what it told
the month before, so that it can let people in by batches (`crm.counting.batches`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm.base.registries import Registry
from crm.counting.models import Release

Told = dict[str, Any]
# What is told → how it is counted, as of the end of the last month, from what was told last (None: nothing yet).
counted_monthly: Registry[Callable[[Told | None], Told]] = Registry("figures of each month")


def released(what: str) -> Release | None:
    """What stands this month; None until the first month was counted. 1 query."""
    return Release.objects.filter(what=what).order_by("-until").first()
