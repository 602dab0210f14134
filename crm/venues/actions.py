"""Venues: added, changed, and what was found there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.phones import kept_phone
from crm.base.rules import refuse_input_if
from crm.venues import permissions, rules
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import Venue, VenueFact

WORDS = ("name", "address", "how_to_get_there", "map_point")


@action(permissions.add_venue)
def add_venue(*, actor: User, details: VenueDetails, facts: Sequence[VenueFactDetails] = ()) -> Venue:
    """Add a venue with what is known of it. Raises `InputBlocked`."""
    refuse_input_if([*rules.blockers_to_keeping(details), *rules.blockers_to_checking(facts)])
    venue = write(_filled(Venue(), details), verb=Verb.VENUE_ADDED)
    attach(_lines(venue, facts, actor))
    return venue


@action(permissions.change_venue)
def change_venue(*, actor: User, venue: Venue, details: VenueDetails, expected_version: int | None = None) -> Venue:
    """Change a venue. Raises `Stale`, `InputBlocked`."""
    fresh = lock(venue, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_keeping(details))
    return write(_filled(fresh, details), verb=Verb.VENUE_CHANGED)


@action(permissions.check_venue)
def check_venue(
    *, actor: User, venue: Venue, facts: Sequence[VenueFactDetails], expected_version: int | None = None
) -> Venue:
    """Record what was found at a venue; each line takes the place of the one about the same thing, and what stood
    there before is kept with the audit. Raises `Stale`, `InputBlocked`."""
    fresh = lock(venue, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_checking(facts))
    told = [fact.about for fact in facts]
    old = fresh.facts.filter(about__in=told)
    lines = _lines(fresh, facts, actor)
    before, after = _plain(old), _plain(lines)
    changed = {about: (before.get(about), after.get(about)) for about in told if before.get(about) != after.get(about)}
    if not changed:
        return fresh
    old.delete()
    attach(lines)
    return write(fresh, verb=Verb.VENUE_CHECKED, linked=changed)


def _filled(venue: Venue, details: VenueDetails) -> Venue:
    for name in WORDS:
        setattr(venue, name, getattr(details, name).strip())
    venue.organisation, venue.area, venue.closed_on = details.organisation, details.area, details.closed_on
    venue.phone = kept_phone(details.phone) or ""
    return venue


def _lines(venue: Venue, facts: Sequence[VenueFactDetails], actor: User) -> list[VenueFact]:
    """The lines to keep: one without an answer is unknown, and unknown is no line."""
    return [
        VenueFact(
            venue=venue,
            about=fact.about,
            answer=fact.answer,
            words=fact.words.strip(),
            checked_on=fact.checked_on,
            checked_by=actor,
            checked_with=fact.checked_with.strip(),
        )
        for fact in facts
        if fact.answer and fact.checked_on  # the rules refuse an answer without its day
    ]


def _plain(lines: Any) -> dict[str, list[str]]:
    names = ("answer", "words", "checked_on", "checked_by_id", "checked_with")
    return {str(line.about): [str(getattr(line, name)) for name in names] for line in lines}
