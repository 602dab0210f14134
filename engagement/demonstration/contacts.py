"""Saves the story: contacts with all that hangs on them, many rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.rules import refuse_input_if
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate
from engagement.demonstration.outcomes import settle
from engagement.demonstration.place import find_place
from engagement.demonstration.promises import Answer, Answers
from engagement.demonstration.sentences import Sentences
from engagement.demonstration.story import Story, Tale
from engagement.log.details import PointDetails
from engagement.log.models import (
    Contribution,
    EngagementEvent,
    EventBarrier,
    Point,
    Promise,
    Reach,
    SafeguardingReferral,
)
from engagement.log.rules import blockers_to_logging

OWN = ("kind", "occurred_on", "occurred_at", "area", "place", "met_in_words", "follow_up", "follow_up_on", "restricted")
POINT = (
    "words", "kind", "wording", "language", "translation", "translator", "raised_by_organisation", "through", "voice",
    "authority", "quoting",
)  # fmt: skip
LINKS = ("officers", "organisations", "topics", "support_used", "languages_used", "named_readers")


def load_contacts(say: Say) -> None:
    """Tell the story and save it. Every contact passes the rules that a logged one passes."""
    place, chance = find_place(), Chance("heard/eighteen months")
    tales = list(Story(place, chance, Sentences(place, chance), Answers(chance)).tales())
    for tale in tales:
        refuse_input_if(blockers_to_logging(tale.details, place.today))
    events = [_event(tale, place.locality_of) for tale in tales]
    write_new(events, verb=Verb.CONTACT_LOGGED)
    backdate(events, [tale.logged_at for tale in tales])
    _save_links(tales)
    present = _save_people(tales, events, chance)
    say(f"Contacts: {len(events)}, from {events[0].occurred_on} to {events[-1].occurred_on}.")
    points = _save_points(tales, events, present, chance)
    answers = _save_promises(tales, events, chance)
    promises = list(answers)
    late = settle(place, chance, promises, {promise.pk: answer for promise, answer in answers.items()})
    say(f"Points: {points}. Promises: {len(promises)}, {late} of them late.")


def _event(tale: Tale, locality_of: dict[Any, Any]) -> EngagementEvent:
    details = tale.details
    assert details.area is not None
    event = EngagementEvent(
        id=tale.id,
        locality_id=locality_of[details.area.pk],
        team_id=tale.team_id,
        logged_by=tale.logged_by,
        **{name: getattr(details, name) for name in OWN},
    )
    if tale.withdrawn:
        event.withdrawn_at = tale.logged_at + timedelta(hours=3)
        event.withdrawn_by, event.withdrawn_reason = tale.logged_by, tale.withdrawn
    return event


def _save_links(tales: Sequence[Tale]) -> None:
    for name in LINKS:
        through: Any = getattr(EngagementEvent, name).through
        target = EngagementEvent._meta.get_field(name).m2m_reverse_field_name()  # type: ignore[union-attr]
        rows: list[models.Model] = [
            through(engagementevent_id=tale.id, **{f"{target}_id": row.pk})
            for tale in tales
            for row in getattr(tale.details, name)
        ]
        through.objects.bulk_create(rows, batch_size=500)


def _save_people(tales: Sequence[Tale], events: Sequence[EngagementEvent], chance: Chance) -> dict[Any, Contribution]:
    pairs = list(zip(tales, events, strict=True))
    reach = [
        Reach(event=event, community=row.community, people=row.people, basis=row.basis, voice=row.voice,
              through=row.through, occurred_on=event.occurred_on, locality_id=event.locality_id)
        for tale, event in pairs for row in tale.details.reach or ()
    ]  # fmt: skip
    contributions = [
        Contribution(id=chance.id_at(tale.logged_at), event=event, person=person, area=person.area)
        for tale, event in pairs
        for person in tale.details.people
    ]
    attach(reach)
    attach(contributions)
    attach([EventBarrier(event=event, barrier=row.barrier, words=row.words) for tale, event in pairs
            for row in tale.details.barriers])  # fmt: skip
    _save_referrals(pairs, chance)
    return {(row.event_id, row.person_id): row for row in contributions}


def _save_referrals(pairs: Sequence[tuple[Tale, EngagementEvent]], chance: Chance) -> None:
    referrals = [
        SafeguardingReferral(
            id=chance.id_at(tale.logged_at),
            event=event,
            passed_on_at=tale.details.safeguarding.passed_on_at,
            to_team=tale.details.safeguarding.to_team,
            reference=tale.details.safeguarding.reference,
            passed_on_by=tale.logged_by,
        )
        for tale, event in pairs
        if tale.details.safeguarding
    ]
    write_new(referrals, verb=Verb.SAFEGUARDING_PASSED_ON)


def _save_points(
    tales: Sequence[Tale], events: Sequence[EngagementEvent], present: dict[Any, Contribution], chance: Chance
) -> int:
    points, moments = [], []
    for tale, event in zip(tales, events, strict=True):
        for position, details in enumerate(tale.details.points, start=1):
            points.append(_point(tale, event, position, details, present, chance))
            moments.append(tale.logged_at)
    write_new(points, verb=Verb.POINT_ADDED)
    backdate(points, moments)
    return len(points)


def _point(
    tale: Tale,
    event: EngagementEvent,
    position: int,
    details: PointDetails,
    present: dict[Any, Contribution],
    chance: Chance,
) -> Point:
    raised_by = present[event.pk, details.raised_by.pk] if details.raised_by else None
    values = {name: getattr(details, name) for name in POINT}
    return Point(id=chance.id_at(tale.logged_at), event=event, position=position, raised_by=raised_by, **values)


def _save_promises(tales: Sequence[Tale], events: Sequence[EngagementEvent], chance: Chance) -> dict[Promise, Answer]:
    promises: dict[Promise, Answer] = {}
    moments = []
    for tale, event in zip(tales, events, strict=True):
        for details, answer in zip(tale.details.promises, tale.answers, strict=True):
            assert details.due_on is not None
            assert details.owner is not None
            promise = Promise(
                id=chance.id_at(tale.logged_at),
                event=event,
                words=details.words,
                due_on=details.due_on,
                owner=details.owner,
                to_person=details.to_person,
                to_organisation=details.to_organisation,
            )
            promises[promise] = answer
            moments.append(tale.logged_at)
    write_new(list(promises), verb=Verb.PROMISE_MADE)
    backdate(list(promises), moments)
    return promises
