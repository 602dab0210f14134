"""Numbers that took long to count are kept for ten minutes and say how old they are; all others are counted live.

A council's ledger is counted in well under a second and is then right to the last saved contact. Only a very large one
takes longer, and its readers should not wait for the same numbers again and again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from engagement.hearing.reports.grid import Wanted

T = TypeVar("T")
LONG = 2.0  # seconds
KEPT = 600  # seconds


@dataclass(frozen=True)
class Counted(Generic[T]):
    """What was counted, and when."""

    numbers: T
    at: datetime
    live: bool

    @property
    def minutes(self) -> int:
        """How many minutes old the numbers are."""
        return int((timezone.now() - self.at).total_seconds() // 60)


def counted(what: str, wanted: Wanted, count: Callable[[], T]) -> Counted[T]:
    """Count, or take what was counted up to ten minutes ago if counting took longer than two seconds then."""
    key = _key(what, wanted)
    kept: tuple[T, datetime] | None = cache.get(key)
    if kept is not None:
        return Counted(*kept, live=False)
    started, at = time.perf_counter(), timezone.now()
    numbers = count()
    if time.perf_counter() - started >= LONG:
        cache.set(key, (numbers, at), KEPT)
    return Counted(numbers, at, live=True)


def _key(what: str, wanted: Wanted) -> str:
    """What decides the numbers: the question, the day they are asked on, and how small numbers are hidden."""
    narrowed = [str(getattr(one, "pk", "")) for one in (wanted.topic, wanted.community, wanted.locality)]
    rules = [settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO]
    asked = [what, wanted.first_day, wanted.last_day, wanted.as_it_was, *narrowed, timezone.localdate(), *rules]
    return "hearing:" + hashlib.sha256("|".join(map(str, asked)).encode()).hexdigest()
