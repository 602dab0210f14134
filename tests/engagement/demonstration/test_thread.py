"""The demonstration follows what was said to what changed, and is honest about it."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.projects.models import FeltTally, Project
from engagement.coproduction.telling.models import PublicLine, PublicPromise, Telling
from engagement.coproduction.telling.reports.days import days_to_answer
from engagement.coproduction.telling.reports.you_said import you_said
from engagement.coproduction.thread.reports.funnel import how_far
from engagement.demonstration.lists import DATA
from engagement.log.models import Point


@pytest.mark.once
def test_a_sentence_in_a_mosque_is_followed_to_an_answer_in_urdu_that_waits(demonstration):
    said = json.loads((DATA / "thread.json").read_text(encoding="utf-8"))["mosque"]["words"]
    mosque = Point.objects.filter(through__name="Al-Falah Mosque, women's group", language__code="ur", quoting="yes")
    point = mosque.get(words=said, raised_by__isnull=False)
    decision = point.answers.get().decision
    assert decision.question == "Will letters about care come in Urdu?"
    assert decision.answer == "in_part"
    assert decision.outcomes.get().effect == "partly"
    waiting = decision.tellings.get(state="drafted")
    assert point in waiting.points.all(), "with whatever else they asked about it"
    assert "Nobody who reads Urdu has checked" in waiting.lacks
    assert decision.words.get(language__code="ur").answer in waiting.message.text


@pytest.mark.once
def test_the_projects_are_at_different_stages_and_honest(demonstration):
    assert Project.objects.count() >= 6
    assert Project.objects.values("stage").distinct().count() == 4
    assert Project.objects.filter(decisions=None).count() >= 2
    assert set(Decision.objects.values_list("answer", flat=True)) == {"yes", "in_part", "no", "not_yet"}
    assert Outcome.objects.filter(effect="same").exists()
    assert FeltTally.objects.filter(answers__gt=0).exists()
    assert Telling.objects.untold().exists()
    assert Telling.objects.filter(state="told").exists()
    assert PublicPromise.objects.filter(promise__state="broken").exists()


@pytest.mark.once
def test_the_public_figures_are_those_of_the_endpoint(demonstration):
    told = you_said()
    assert told.whole.percent
    body = Client().get("/api/v1/public/you-said/").json()
    assert body["whole"]["percent"] == told.whole.percent
    assert {row["points"] for row in body["lines"]} == {line.points.value for line in told.lines}
    assert PublicLine.objects.public().count() == len(told.lines)
    page = Client().get("/en/you-said-we-did/").content.decode()
    assert f"{told.whole.percent}%" in page


@pytest.mark.once
def test_the_tables_of_colleagues_say_something_of_the_first_month(demonstration):
    lines = {line.name: line for line in how_far().lines}
    whole = lines["The whole council"].steps
    assert not any(figure.is_hidden for figure in whole.values())
    assert sum(not line.steps["heard"].is_hidden for line in lines.values() if line.about == "locality") >= 3
    assert any(not line.steps["heard"].is_hidden for line in lines.values() if line.is_rough)
    report = days_to_answer()
    assert report.whole.days is not None
    assert any(row.days is not None for row in report.localities)
    assert report.communities or report.hidden, "few were told: then the table says how many communities it hides"
    assert report.whole.waiting.value
    assert report.whole.told.value


@pytest.mark.once
def test_a_decision_answers_what_was_said_about_it(demonstration):
    answered = {decision.question: decision.answered.count() for decision in Decision.objects.all()}
    assert all(answered.values())
    letters = Decision.objects.get(question="Will letters about care come in Urdu?")
    said = Point.objects.filter(answers__decision=letters).values_list("words", flat=True)
    assert [words for words in said if "interpreter" in words.lower()] == []
    name = Decision.objects.get(question="Can people hear who the interpreter is beforehand, and say no?")
    assert Point.objects.filter(answers__decision=name, words__contains="interpreter").count() > 10
