"""What to look at twice before a forum is saved: it never refuses."""

from __future__ import annotations

from datetime import date, timedelta

from crm.base.words import named_day
from crm.venues.models import Venue, VenueFact
from engagement.forums.details import ForumDetails, OfferDetails
from engagement.forums.vocabulary import Mode

STAIRS = "Choose at least one way for people to take part without stairs"


def short_of_time(details: ForumDetails, today: date) -> list[OfferDetails]:
    """Offers that must be arranged longer before the forum than there is time, and are not arranged yet."""
    if details.on is None:
        return []
    return [
        offer for offer in details.offers
        if offer.kind.lead_days and not offer.have_already
        and details.on - timedelta(days=offer.kind.lead_days) < today
    ]  # fmt: skip


def warnings_to_keeping(details: ForumDetails, today: date) -> list[str]:
    """Lead times that are too short, and a place that only people who climb stairs can reach."""
    found = [_too_soon(offer, today) for offer in short_of_time(details, today)]
    return found if reached_without_stairs(details) else [*found, STAIRS]


def _too_soon(offer: OfferDetails, today: date) -> str:
    days = offer.kind.lead_days or 0
    span = f"{days // 7} week{'s' if days >= 14 else ''}" if days % 7 == 0 else f"{days} days"
    job = offer.kind.job_words[:1].lower() + offer.kind.job_words[1:]
    day = named_day(today + timedelta(days=days))
    return f"Leave {span} to {job}: choose {day} or later, or say you already have them"


def reached_without_stairs(details: ForumDetails) -> bool:
    """Whether there is one way to take part without stairs: online, a step-free venue, or the offer of one."""
    if details.mode != Mode.IN_PERSON:
        return True
    if any(offer.kind.venue_fact == VenueFact.About.STEP_FREE for offer in details.offers):
        return True
    return details.venue is not None and _is_step_free(details.venue)


def _is_step_free(venue: Venue) -> bool:
    return any(fact.about == VenueFact.About.STEP_FREE and fact.answer == "yes" for fact in venue.facts.all())
