"""Requests for other formats: asked on the site or written down, answered, given away, and forgotten in time."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.phones import kept_phone
from crm.base.rules import refuse_if, refuse_input_if
from engagement.formats import permissions, reports, rules
from engagement.formats.details import RequestDetails
from engagement.formats.models import FormatRequest, State, Way

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look or sound like another: the number is said on the phone
KEPT_AFTER = timedelta(weeks=4)


@action(permissions.ask_for_format)
def ask_for_format(*, actor: Actor, details: RequestDetails) -> FormatRequest:
    """Somebody asks on the site. It reaches a named colleague at once. Raises `InputBlocked`."""
    return _taken(details, entered_by=None)


@action(permissions.add_format_request)
def add_format_request(*, actor: User, details: RequestDetails) -> FormatRequest:
    """Write down what somebody asked for by phone, letter or in person. Raises `InputBlocked`."""
    return _taken(details, entered_by=actor)


def _taken(details: RequestDetails, *, entered_by: User | None) -> FormatRequest:
    refuse_input_if(rules.blockers_to_asking(details))
    today, place = timezone.localdate(), details.reach_at.strip()
    by_number = details.reach_by in (Way.PHONE, Way.TEXT)
    request = FormatRequest(
        number=_new_number(),
        format=details.format,
        language=details.language,
        about=details.about.strip(),
        address=details.address,
        words=details.words.strip(),
        name=details.name.strip(),
        reach_by=details.reach_by,
        reach_at=(kept_phone(place) or place) if by_number else place,
        asked_on=today,
        owner=reports.who_answers(details.owner or entered_by),
        due_on=reports.answer_by(today),
        entered_by=entered_by,
    )
    return write(request, verb=Verb.FORMAT_ASKED)


def _new_number() -> str:
    parts = ("".join(secrets.choice(LETTERS) for _ in range(3)) for _ in range(2))
    return f"F-{'-'.join(parts)}"


@action(permissions.answer_format_request)
def answer_format_request(
    *, actor: User, request: FormatRequest, state: str, outcome: str, expected_version: int | None = None
) -> FormatRequest:
    """Say what happened: they were answered and it is being made, they have it, or we could not. Raises `Stale`,
    `Blocked`, `InputBlocked`."""
    fresh = lock(request, expected_version=expected_version)
    refuse_if(rules.blockers_to_answering(fresh))
    refuse_input_if(rules.blockers_to_outcome(state, outcome))
    today = timezone.localdate()
    fresh.state, fresh.outcome = state, outcome.strip()
    fresh.answered_on = fresh.answered_on or today
    if state == State.ANSWERED:
        fresh.due_on = reports.ready_by(fresh.asked_on)
    else:
        fresh.finished_on = today
    return write(fresh, verb=Verb.FORMAT_ANSWERED)


@action(permissions.give_format_request)
def give_format_request(
    *, actor: User, request: FormatRequest, owner: User, expected_version: int | None = None
) -> FormatRequest:
    """A colleague answers it from now on. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(request, expected_version=expected_version)
    refuse_if(rules.blockers_to_answering(fresh))
    refuse_input_if(rules.blockers_to_owning(owner))
    fresh.owner = owner
    return write(fresh, verb=Verb.FORMAT_GIVEN)


@action(permissions.forget_format_requests)
def forget_format_requests(*, actor: Actor) -> int:
    """Every night: four weeks after they have it, delete who asked and what they said. What was wanted stays, to be
    counted. Says how many."""
    today = timezone.localdate()
    over = FormatRequest.objects.filter(finished_on__lt=today - KEPT_AFTER, blanked_on=None)
    blank = {"name": "", "reach_by": "", "reach_at": "", "words": "", "outcome": ""}
    number = over.update(**blank, blanked_on=today, modified_at=timezone.now())
    if number:
        record(Verb.FORMAT_FORGOTTEN, kind="formatrequest", count=number)
    return number
