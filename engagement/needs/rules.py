"""What is missing before it can be written down whether a need was met: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crm.access.models import AccessNeed
from crm.base.rules import Blocker
from engagement.log.models import EngagementEvent
from engagement.needs.details import OutcomeDetails
from engagement.needs.models import NeedOutcome

NOT_SAID = Blocker("met_missing", "Choose whether it was met", "met")
NO_WHY = Blocker("why_missing", "Choose why it was not met, or only partly", "why")
NO_OCCASION = Blocker("occasion_missing", "Write which message it was, like: letter about the forum", "message")
NO_DAY = Blocker("day_missing", "Write which day it was", "happened_on")
LATER = Blocker("happened_in_future", "The day must be today or in the past", "happened_on")
NOT_THERE = Blocker("person_not_there", "This person was not at that contact", "event")
WITHDRAWN = Blocker("contact_withdrawn", "This contact was withdrawn", "event")
TWICE = Blocker("outcome_twice", "It is written down for this contact already. Change it there", "event")


def blockers_to_noting(
    details: OutcomeDetails, need: AccessNeed, event: EngagementEvent | None, today: date
) -> Iterator[Blocker]:
    """Everything that keeps an outcome from being written down."""
    yield from blockers_to_changing(details)
    if event is not None:
        yield from _about_contact(event, need)
        return
    if not details.message.strip():
        yield NO_OCCASION
    if details.happened_on is None:
        yield NO_DAY
    elif details.happened_on > today:
        yield LATER


def blockers_to_changing(details: OutcomeDetails) -> Iterator[Blocker]:
    """Everything that keeps the answer itself from being right."""
    if details.met not in NeedOutcome.Met.values:
        yield NOT_SAID
    elif details.met != NeedOutcome.Met.MET and not details.why:
        yield NO_WHY


def _about_contact(event: EngagementEvent, need: AccessNeed) -> Iterator[Blocker]:
    if event.withdrawn_at is not None:
        yield WITHDRAWN
    if not event.contributions.filter(person=need.person_id).exists():
        yield NOT_THERE
    if NeedOutcome.objects.filter(need=need, event=event).exists():
        yield TWICE
