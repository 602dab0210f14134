"""Days said the way people say them."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone
from django.utils.dates import MONTHS


def full_day(value: date) -> str:
    """A date as people say it: 24 November 2026."""
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def named_day(value: date) -> str:
    """A date without its year when it is this year: 24 November."""
    return f"{value.day} {MONTHS[value.month]}" if value.year == timezone.localdate().year else full_day(value)


def named_time(value: time) -> str:
    """A time as people say it: 1:30pm."""
    return f"{value.hour % 12 or 12}:{value:%M}{'am' if value.hour < 12 else 'pm'}"


def ago(value: date, today: date) -> str:
    """How long ago a day was, and which: today; yesterday; 12 days ago (24 November)."""
    days = (today - value).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    return f"{days:,} days ago ({named_day(value)})"
