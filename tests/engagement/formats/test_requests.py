"""Requests for other formats: taken, given to a named colleague, answered in time, and forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.actors import SYSTEM
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from engagement.formats.actions import (
    add_format_request,
    answer_format_request,
    forget_format_requests,
    give_format_request,
)
from engagement.formats.models import FormatRequest, State
from engagement.formats.reports import answer_by, asked_for, working_days_after
from tests.engagement.formats.helpers import a_request, details, long_finished


def test_a_request_reaches_a_named_colleague_with_a_day(world):
    request = a_request(world, words="After 4 🙂 please", reach_at="0113 496 0199")
    assert request.owner == world.lead, "nobody keeps the page: the first lead"
    assert request.due_on == answer_by(timezone.localdate())
    assert (request.reach_at, request.number[:2]) == ("+441134960199", "F-")
    assert a_request(world, owner=world.publisher).owner == world.publisher, "who keeps the page"
    assert a_request(world, owner=world.leaver).owner == world.lead, "who has left answers nothing"


def test_the_settings_may_name_who_answers(world, settings):
    settings.FORMAT_REQUESTS_TO = world.joe.email.upper()
    assert a_request(world).owner == world.joe


@pytest.mark.once
def test_weekends_and_bank_holidays_are_no_working_days():
    assert working_days_after(date(2026, 12, 23), 5) == date(2027, 1, 4), (
        "25 and 28 December and 1 January are holidays"
    )
    assert working_days_after(date(2027, 1, 8), 1) == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"about": "  "}, "about"),
        ({"format": "shouting"}, "format"),
        ({"reach_by": ""}, "reach_by"),
        ({"reach_at": " "}, "reach_at"),
        ({"reach_at": "ring me"}, "reach_at"),
        ({"reach_by": "email", "reach_at": "not-an-address"}, "reach_at"),
    ],
)
def test_what_cannot_be_answered_is_not_taken(world, changes, field):
    with pytest.raises(InputBlocked) as refusal:
        a_request(world, **changes)
    assert field in refusal.value.by_field()


def test_an_answer_moves_the_day_and_the_end_needs_what_was_done(world):
    request = a_request(world)
    with pytest.raises(InputBlocked):
        answer_format_request(actor=world.amina, request=request, state="answered", outcome=" ")
    with pytest.raises(InputBlocked):
        answer_format_request(actor=world.amina, request=request, state="waiting", outcome="Rang")
    answered = answer_format_request(actor=world.amina, request=request, state="answered", outcome="Rang her")
    assert answered.due_on > answer_by(timezone.localdate())
    done = answer_format_request(actor=world.amina, request=answered, state="done", outcome="Read it to her")
    assert (done.state, done.answered_on, done.finished_on) == (State.DONE, *[timezone.localdate()] * 2)
    with pytest.raises(Blocked):
        answer_format_request(actor=world.amina, request=done, state="done", outcome="Again")
    with pytest.raises(Stale):
        answer_format_request(actor=world.amina, request=request, state="done", outcome="!", expected_version=1)


def test_it_is_given_only_to_somebody_who_may_answer(world):
    request = a_request(world)
    assert give_format_request(actor=world.lead, request=request, owner=world.checker).owner == world.checker
    for nobody in (world.leaver, world.auditor, world.stranger):
        with pytest.raises(InputBlocked):
            give_format_request(actor=world.lead, request=request, owner=nobody)


def test_only_those_who_answer_or_make_pages_see_it(world):
    request = a_request(world)
    for name, user in world.everybody().items():
        sees = FormatRequest.objects.visible_to(user).exists()
        assert sees is (name in {"amina", "joe", "lead", "manager", "publisher", "translator", "checker"}), name
    with pytest.raises(Refused):
        answer_format_request(actor=world.chen, request=request, state="done", outcome="Read it")
    with pytest.raises(Refused):
        add_format_request(actor=world.publisher, details=details(world))


def test_who_asked_is_forgotten_four_weeks_after_they_have_it_and_what_was_asked_stays(world):
    request, fresh = long_finished(world), a_request(world, name="Halina")
    assert forget_format_requests(actor=SYSTEM) == 1
    request.refresh_from_db()
    assert (request.reach_at, request.name, request.outcome, request.format) == ("", "", "", "read_aloud")
    assert forget_format_requests(actor=SYSTEM) == 0
    fresh.refresh_from_db()
    assert fresh.name == "Halina"
    assert "Halina" not in str(list(AuditEvent.objects.values())), "the audit holds no names"


def test_small_numbers_of_requests_are_hidden(world):
    a_request(world)
    asked = asked_for(timezone.localdate())
    assert str(asked.cells["read_aloud"]) == "hidden"
    assert "read_aloud" in asked_for(timezone.localdate() + timedelta(days=400)).cells
