"""The unbroken thread: a sentence said in a mosque, followed by page and by API to a refusal in part, an outcome and an
answer in Urdu that waits for approval, and back; and the same once the person was erased."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.base.rules import Blocked
from crm.erasing.actions import decide_erasure
from crm.languages.dates import day_in_words
from engagement.coproduction.decisions.actions import finish_outcome
from engagement.coproduction.telling.actions import check_answer_words, draft_tellings
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.thread.reports.chain import chain_of
from tests.crm.erasing.helpers import LOOKED, a_request
from tests.engagement.coproduction.deciding import a_decision, an_outcome
from tests.engagement.coproduction.helpers import a_project, a_theme
from tests.engagement.coproduction.telling_helpers import (
    a_line,
    a_reader,
    check_urdu,
    letters_of_answers,
    said_by,
    urdu_words,
)

WORDS = "The letters came in English only."


@pytest.fixture
def thread(world):
    """Said by somebody who reads Urdu, gathered, worked on, answered in part, and partly different since."""
    letters_of_answers(world)
    check_urdu(world)
    reader = a_reader(world, urdu=True)
    point = said_by(world, reader, area=world.east_ward)
    theme = a_theme(world, "Letters nobody can read", points=[point])
    project = a_project(world, "Letters that people can read", themes=[theme])
    decision = a_decision(world, point, project=project, themes=[theme])
    check_answer_words(actor=world.translator, words=urdu_words(world, decision), checked_by="An Urdu speaker")
    outcome = an_outcome(world, decision)
    due = decision.tellings.get(person=reader)
    draft_tellings(actor=world.amina, tellings=[due])
    return {"reader": reader, "point": point, "theme": theme, "project": project, "decision": decision,
            "outcome": outcome, "due": due}  # fmt: skip


def links_of(page):
    return set(re.findall(r'href="(/workspace/[^"#?]+)"', page))


def test_from_the_sentence_to_the_answer_by_page(thread, world, signed_in):
    browser, point = signed_in(world.amina), thread["point"]
    contact = browser.get(f"/workspace/contacts/{point.event_id}/").content.decode()
    way = reverse("workspace:thread", args=["point", point.pk])
    assert way in links_of(contact)
    page = browser.get(way).content.decode()
    for kind in ("theme", "project", "decision", "outcome"):
        assert reverse(f"workspace:{kind}", args=[thread[kind].pk]) in links_of(page), kind
    assert "In part" in page
    assert "Waits for approval" in page
    thread["due"].refresh_from_db()
    assert (thread["due"].state, thread["due"].language) == (Telling.State.DRAFTED, world.urdu)


def test_from_the_thread_to_the_answer_itself_by_page_and_by_api(thread, world, signed_in, caller):
    browser, point, due = signed_in(world.amina), thread["point"], thread["due"]
    for kind in ("point", "decision"):
        listed = f"{reverse('workspace:tellings')}?{kind}={thread[kind].pk}"
        assert listed in browser.get(reverse("workspace:thread", args=[kind, thread[kind].pk])).content.decode()
        assert reverse("workspace:telling", args=[due.pk]) in browser.get(listed).content.decode()
    answer = browser.get(reverse("workspace:telling", args=[due.pk])).content.decode()
    assert 'lang="ur" dir="rtl"' in answer
    assert day_in_words(due.said_on, "ur") in answer
    rows = caller(world.amina).get(f"/tellings/?point={point.pk}").json()["results"]
    assert (str(due.pk), "drafted", "ur") in {(row["id"], row["state"], row["language"]) for row in rows}
    assert caller(world.joe).get(f"/tellings/?point={point.pk}").status_code == 400


def test_from_a_public_line_to_the_words_in_three_steps(thread, world, signed_in):
    browser = signed_in(world.lead)
    line = a_line(world, thread["decision"])
    page = browser.get(f"/workspace/decisions/{line.decision_id}/").content.decode()
    way = reverse("workspace:thread", args=["decision", line.decision_id])
    assert way in links_of(page)
    page = browser.get(way).content.decode()
    contact = reverse("workspace:contact", args=[thread["point"].event_id])
    assert contact in links_of(page)
    assert WORDS in browser.get(contact).content.decode()


def test_an_outcome_is_not_done_while_somebody_is_untold(thread, world):
    with pytest.raises(Blocked):
        finish_outcome(actor=world.lead, outcome=thread["outcome"])


def test_the_person_is_erased_and_the_thread_stands_without_them(thread, world):
    before = {stage.key: [step.pk for step in stage.steps] for stage in _stages(thread, world)}
    request = a_request(world, thread["reader"])
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason="Not needed any more", looked=LOOKED)
    after = {stage.key: [step.pk for step in stage.steps] for stage in _stages(thread, world)}
    for stage in ("heard", "themed", "worked_on", "decided", "changed"):
        assert before[stage] == after[stage]
        assert after[stage]
    thread["due"].refresh_from_db()
    assert (thread["due"].person, thread["due"].said_on) == (None, timezone.localdate())


def _stages(thread, world):
    return chain_of(thread["theme"], reader=world.amina).stages
