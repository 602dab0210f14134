"""What is said of an answer that cannot be read: the same words on a page and by the API."""

from __future__ import annotations

from collections.abc import Iterable

NO_SUCH_RECORD = "There is no such record, or you may not see it."
NOT_A_DAY = "Enter a real date, like 24 11 2026"
NOT_A_TIME = "Write a time, like 14:30"
NOT_A_NUMBER = "Write a number, like 12"


def not_one_of(values: Iterable[str]) -> str:
    """Another word than those there are."""
    return f"Use one of these: {', '.join(filter(None, values))}."


def too_long(limit: int | str) -> str:
    """More letters than are kept."""
    return f"Write at most {limit} characters"


def too_small(limit: int) -> str:
    """A smaller number than makes sense."""
    return f"Write a number of {limit:,} or more"


def too_large(limit: int) -> str:
    """A larger number than makes sense."""
    return f"Write a number of {limit:,} or less"
