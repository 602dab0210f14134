"""What somebody says who signs a version off: plain values that the page fills in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CheckDetails:
    """Who made the words and how, who checked them, when and how, and when to look again."""

    made_by: str
    made_how: str
    checked_by: str
    checked_on: date | None
    check_method: str
    review_date: date | None
