"""What somebody says when an arrangement is booked, or when it is said how it went: plain values that pages and the API
fill in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crm.accounts.models import User


@dataclass(frozen=True)
class BookingDetails:
    """With whom it is booked. Only that must be given; `who` of us sees to it, who looks after the forum otherwise."""

    supplier: str = ""
    registration_number: str = ""
    cost: Decimal | None = None
    who: User | None = None


@dataclass(frozen=True)
class GoneDetails:
    """How it went: whether it was there on the day and, when they were asked, whether it met the need, as they say."""

    there: bool | None = None
    met: str = ""
    why: str = ""
    words: str = ""
