"""What is wrong in a list of offers or days of note, told by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.base.rules import Blocker
from crm.base.tables import Line
from crm.venues.models import VenueFact
from engagement.forums.models import CalendarDay
from engagement.forums.vocabulary import OfferGroup


def blockers_to_offer_kinds(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong in a list of kinds of offer."""
    seen: set[str] = set()
    for line in lines:
        if not line["key"] or not line["name"]:
            yield line.wrong("offer_unnamed", "give the offer a key and a name")
        if line["key"] in seen:
            yield line.wrong("offer_twice", f"{line['key']} already stands above")
        seen.add(line["key"])
        if line["group"] not in OfferGroup.values:
            yield line.wrong("group_unknown", f"the group must be one of {', '.join(OfferGroup.values)}")
        if line["venue_fact"] and line["venue_fact"] not in VenueFact.About.values:
            yield line.wrong("fact_unknown", f"the fact must be one of {', '.join(VenueFact.About.values)}")
        if line["job_words"] and not line["lead_days"].lstrip("-").isdigit():
            yield line.wrong("days_missing", "write how many days before the forum the job is due")


def blockers_to_days(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong in a list of days of note."""
    for line in lines:
        if not line["name"] or not line["source"]:
            yield line.wrong("day_unnamed", "give the day a name and its source")
        if line["kind"] not in CalendarDay.Kind.values:
            yield line.wrong("kind_unknown", f"the kind must be one of {', '.join(CalendarDay.Kind.values)}")
        if not _is_span(line):
            yield line.wrong("days_wrong", "write the first day, and a last day on or after it, like 2027-03-09")


def _is_span(line: Line) -> bool:
    try:
        first, last = line.day("first_day"), line.day("last_day")
    except ValueError:
        return False
    return first is not None and (last is None or last >= first)
