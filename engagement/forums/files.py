"""The list of what a forum can offer, as it comes with Heard, and the shape of a council's list of days of note."""

from __future__ import annotations

from pathlib import Path

from crm.base.tables import Line, read_table

OFFERS = (
    "key", "name", "group", "hint", "job_words", "lead_days", "in_languages", "venue_fact", "need_types", "source",
)  # fmt: skip
DAYS = ("name", "kind", "first_day", "last_day", "near", "source")
SHIPPED = Path(__file__).parent / "data" / "offer_kinds.csv"


def shipped_offer_kinds() -> list[Line]:
    """What comes with Heard. Raises `InputBlocked` when the file has other columns."""
    return read_table(SHIPPED, OFFERS)


def read_calendar_days(path: Path) -> list[Line]:
    """A council's own list. Raises `InputBlocked` when it is missing or has other columns."""
    return read_table(path, DAYS)
