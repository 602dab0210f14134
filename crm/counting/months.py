"""Where the running month begins: what is told of whole months is told until then."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def month_began() -> datetime:
    """The first moment of this month: what was saved since is counted when the month is over."""
    return timezone.make_aware(datetime.combine(timezone.localdate().replace(day=1), time.min))


def last_month_end() -> date:
    """The last day of the month before this one."""
    return timezone.localdate().replace(day=1) - timedelta(days=1)
