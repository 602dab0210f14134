"""The equality questions after an application: asked once, counted, tied to nobody, told once nobody can answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F
from django.test import Client

from crm.audit.models import AuditEvent, Revision
from crm.base.writing import writing_allowed
from crm.equality.models import EqualityTally
from crm.panels.models import Application, RecruitmentCall
from tests.api.conftest import Caller, token_for
from tests.crm.panels import calling

START = f"/join/my/{calling.SECRET}/equality/"
QUESTIONS = f"{START}questions/"


def tallies(**which) -> dict[tuple[str, str], int]:
    rows = EqualityTally.objects.filter(people__gt=0, **which)
    return {(row.question, row.answer): row.people for row in rows}


def test_whoever_applied_is_told_why_and_answers_what_they_like(world):
    calling.an_application(world, send=False)
    visitor = Client()
    sent = visitor.post(f"/join/my/{calling.SECRET}/check/")
    assert sent["Location"] == START
    why = visitor.get(START).content.decode()
    assert Application.objects.get().number in why
    assert "We do not show numbers under 10" in why
    asked = visitor.get(QUESTIONS).content.decode()
    assert asked.count("Prefer not to say") == asked.count("<fieldset") == 7
    assert "Roma" in asked
    assert "What is your sex?" not in asked, "A council asks this once it took advice."
    done = visitor.post(QUESTIONS, {"carer": "yes", "ethnic-group": "roma", "religion": "no-say"}, follow=True)
    assert "We have counted your answers" in done.content.decode()
    told = {("", "answered"): 1, ("carer", "yes"): 1, ("ethnic-group", "roma"): 1, ("religion", "no-say"): 1}
    assert tallies() == told
    assert "equality questions" not in done.content.decode(), "It is asked once."
    assert visitor.get(QUESTIONS).status_code == 302
    visitor.post(QUESTIONS, {"carer": "no"})
    assert tallies() == told


def test_skipping_is_counted_apart_and_nothing_chosen_is_not_an_answer(world):
    calling.an_application(world)
    visitor = Client()
    empty = visitor.post(QUESTIONS, {})
    assert "Choose an answer, or press Skip" in empty.content.decode()
    odd = visitor.post(QUESTIONS, {"carer": "yes", "age": "120"}).content.decode()
    assert "Choose one of the answers, or leave it empty" in odd
    assert re.search(r'name="carer" value="yes"[^>]*checked', odd), "What was chosen stays chosen."
    assert tallies() == {}
    visitor.post(QUESTIONS, {"skip": "1", "carer": "yes"})
    assert tallies() == {("", "skipped"): 1}


def test_nobody_is_asked_before_sending_or_without_the_link_or_once_the_call_is_closed(world):
    application = calling.an_application(world, send=False)
    assert Client().get(QUESTIONS).status_code == 302
    Client().post(QUESTIONS, {"carer": "yes"})
    assert Client().get("/join/my/guess/equality/").status_code == 404
    mine = {"actor": calling.NOBODY, "application": application, "secret": calling.SECRET}
    calling.applying.send_application(**mine)
    calling.closed(world, application.call)
    Client().post(QUESTIONS, {"carer": "yes"})
    assert tallies() == {}


def test_no_row_and_no_code_leads_from_an_answer_to_a_person(world):
    """Neither a link, nor a time, nor the order of rows, nor the audit; and nobody else reads the vault."""
    links = [field.name for field in EqualityTally._meta.get_fields() if field.is_relation]
    assert links == ["call"]
    assert not any(isinstance(field, models.DateField) for field in EqualityTally._meta.fields)
    pointing = [
        model.__name__
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is EqualityTally
    ]
    assert not pointing
    calling.an_application(world)
    Client().post(QUESTIONS, {"carer": "yes", "religion": "sikh"})
    laid_out = EqualityTally.objects.count()
    assert laid_out > 50, "Every row is made at once, so that their order tells nothing."
    event = AuditEvent.objects.get(verb="application.equality_asked")
    assert event.actor_id is None
    assert "sikh" not in f"{vars(event)}{[vars(one) for one in Revision.objects.all()]}"
    root = Path(settings.BASE_DIR)
    readers = {
        str(path.relative_to(root))
        for room in ("crm", "engagement", "cms", "api")
        for path in root.glob(f"{room}/**/*.py")
        if re.search(r"EqualityTally|crm\.equality\.(models|reports|actions)", path.read_text(encoding="utf-8"))
        and not str(path.relative_to(root)).startswith(("crm/equality/", "crm/migrations/"))
    }
    assert readers == {"crm/models.py", "api/v1/equality_report.py"}


@pytest.fixture
def counted(world) -> RecruitmentCall:
    """A call where one of 30 applied by itself and the numbers of the others are set."""
    application = calling.an_application(world)
    Client().post(QUESTIONS, {"carer": "yes"})
    more = {("", "answered"): 28, ("", "skipped"): 12, ("carer", "yes"): 16, ("carer", "no"): 12,
            ("ethnic-group", "pakistani"): 14, ("ethnic-group", "kashmiri"): 3}  # fmt: skip
    with writing_allowed():
        for (question, answer), people in more.items():
            EqualityTally.objects.filter(question=question, answer=answer).update(people=F("people") + people)
    return application.call


def test_numbers_are_told_once_the_call_is_closed_and_never_small_ones(world, client, counted):
    page, door = f"/workspace/recruitment/{counted.pk}/equality/", f"/api/v1/recruitment-calls/{counted.pk}/equality/"
    client.force_login(world.lead)
    assert "once the call is closed" in client.get(page).content.decode()
    lead = Caller(token_for(world.lead).name)
    assert lead.get(door).json()["results"] == []
    calling.closed(world, counted)
    told = lead.get(door).json()
    people = {(row["question"], row["answer"]): row["people"] for row in told["results"]}
    assert told["answered"] == 30
    assert people["carer", "yes"] == 15
    assert people["ethnic-group", "kashmiri"] is None
    assert people["ethnic-group", "Asian or Asian British"] == 15
    assert people["ethnic-group", "pakistani"] is None, "With the heading it would tell the Kashmiri number."
    assert people["carer", "left-out"] is None
    shown = client.get(page).content.decode()
    assert "Prefer not to say" in shown
    assert "2026-11" in shown
    assert page in client.get(f"/workspace/recruitment/{counted.pk}/").content.decode()
    client.force_login(world.amina)
    assert client.get(page).status_code == 403
    assert Caller(token_for(world.amina).name).get(door).status_code == 403
