"""Somebody applies without an account, by a link alone, and comes back to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.panels.actions import applying
from crm.panels.models import Application, PoolEntry, RecruitmentCall
from tests.crm.panels import calling

PAGES = ("name", "reach", "place", "know", "topics", "when", "help", "pay", "write")


@pytest.fixture
def visitor() -> Client:
    return Client()


def _start(visitor, **more):
    answer = visitor.post("/join/join-us/", more)
    assert answer.status_code == 302
    return answer["Location"].split("/my/")[1].split("/")[0]


def test_somebody_applies_one_question_at_a_time_and_gets_a_number(world, visitor):
    calling.a_call(world)
    secret = _start(visitor)
    said = {
        "name": {"name": "Halina"},
        "reach": {"reach_by": "phone", "reach_at": "07700 900123"},
        "place": {"postcode_start": "b10"},
        "know": {"knows_about": ["carer", "lives_here"]},
        "topics": {"topics": "The forms."},
    }
    for key in PAGES:
        page = f"/join/my/{secret}/questions/{key}/"
        assert visitor.get(page).status_code == 200
        assert visitor.post(page, said.get(key, {})).status_code == 302
    check = visitor.get(f"/join/my/{secret}/check/").content.decode()
    assert "Halina" in check
    assert "I look after someone" in check
    sent = visitor.post(f"/join/my/{secret}/check/", follow=True).content.decode()
    application = Application.objects.get()
    assert application.state == "sent"
    assert application.reach_at == "+447700900123"
    assert application.postcode_start == "B10"
    assert application.number in sent


def test_all_the_questions_stand_on_one_page_for_who_wants_them_so(world, visitor):
    calling.a_call(world)
    secret = _start(visitor, all="1")
    page = f"/join/my/{secret}/all/"
    shown = visitor.get(page).content.decode()
    assert shown.count("<fieldset") >= 3
    answer = visitor.post(page, {"name": "Sam", "reach_by": "link", "topics": "Buses"})
    assert answer["Location"].endswith("/check/")
    assert Application.objects.get().topics == "Buses"


def test_what_was_typed_stays_on_the_page_when_something_does_not_make_sense(world, visitor):
    calling.a_call(world)
    secret = _start(visitor)
    answer = visitor.post(f"/join/my/{secret}/questions/reach/", {"reach_by": "phone", "reach_at": "ring me"})
    words = answer.content.decode()
    assert "Write a phone number, like 07700 900123" in words
    assert "ring me" in words
    for unkind in ("invalid", "required", "This field"):
        assert unkind not in words.replace("aria-invalid", "")


def test_only_a_name_and_a_way_to_answer_are_needed_to_send(world, visitor):
    calling.a_call(world)
    secret = _start(visitor)
    words = visitor.post(f"/join/my/{secret}/check/").content.decode()
    assert "Tell us what name to use" in words
    assert "Choose how we can reach you" in words
    assert Application.objects.get().state == "draft"


def test_the_link_is_the_only_way_back_and_only_its_hash_is_kept(world, visitor):
    calling.a_call(world)
    secret = _start(visitor)
    assert Application.objects.get().digest == Application.digest_of(secret)
    answer = visitor.get(f"/join/my/{secret}/link/")
    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert Client().get(f"/join/my/{'x' * 43}/").status_code == 404
    assert Client().get(f"/join/my/{secret}/").status_code == 200


def test_the_link_is_sent_to_an_address_that_is_not_kept(world, visitor):
    calling.a_call(world)
    secret = _start(visitor)
    visitor.post(f"/join/my/{secret}/link/", {"email": "me@post.example"})
    sent = mail.outbox[0]
    assert sent.to == ["me@post.example"]
    assert secret in sent.body
    assert "panel" not in sent.subject.lower()
    assert Application.objects.get().reach_at == ""


def test_nobody_without_the_secret_can_act(world):
    application = calling.an_application(world)
    with pytest.raises(Refused):
        applying.take_back_application(actor=calling.NOBODY, application=application, secret="guess")


def test_answers_can_be_changed_and_taken_back_until_the_call_closes(world, visitor):
    application = calling.an_application(world, features={})
    mine = f"/join/my/{calling.SECRET}/"
    visitor.post(f"{mine}questions/topics/", {"topics": "Buses, too."})
    application.refresh_from_db()
    assert application.topics == "Buses, too."
    visitor.post(f"{mine}back/")
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert application.name == application.topics == application.reach_at == ""
    assert not PoolEntry.objects.exists()


def test_after_the_last_day_nothing_changes_any_more(world, visitor):
    application = calling.an_application(world)
    with writing_allowed():
        yesterday = timezone.localdate() - timedelta(days=1)
        RecruitmentCall.objects.update(opens_on=yesterday, closes_on=yesterday)
    words = visitor.post(f"/join/my/{calling.SECRET}/questions/topics/", {"topics": "Late"}).content.decode()
    assert "We do not take answers any more" in words
    assert "Late" in words
    assert visitor.post("/join/join-us/").headers["Location"] == "/join/join-us/"
    application.refresh_from_db()
    assert application.topics == calling.HALINA.topics


def test_a_draft_call_is_not_there_for_the_public(world, visitor):
    calling.a_call(world, "draft")
    assert visitor.get("/join/join-us/").status_code == 404


def test_questions_for_a_balanced_group_are_asked_apart_and_only_with_an_agreement(world, visitor):
    calling.a_call(world, pool_questions=[calling.AGE])
    secret = _start(visitor)
    page = f"/join/my/{secret}/balance/"
    assert "We use them for nothing else" in visitor.get(page).content.decode()
    visitor.post(page, {"q1": "Under 40"})
    assert not PoolEntry.objects.exists()
    visitor.post(page, {"agreed": "on", "q1": "Under 40"})
    assert PoolEntry.objects.get().features == {"q1": "Under 40"}
    visitor.post(page, {})
    assert not PoolEntry.objects.exists()


def test_a_colleague_who_signed_in_does_not_stand_in_the_audit_of_an_application(world, signed_in):
    calling.a_call(world)
    signed_in(world.amina).post("/join/join-us/")
    assert AuditEvent.objects.get(verb="application.started").actor_id is None


def test_who_asks_too_often_is_asked_to_wait(world, visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "start_application": "1/h/ip"}
    calling.a_call(world)
    visitor.post("/join/join-us/")
    answer = visitor.post("/join/join-us/")
    assert answer.status_code == 429
    assert "Please wait" in answer.content.decode()


def test_an_application_cannot_be_sent_twice(world):
    application = calling.an_application(world)
    with pytest.raises(Blocked):
        applying.send_application(actor=calling.NOBODY, application=application, secret=calling.SECRET)
