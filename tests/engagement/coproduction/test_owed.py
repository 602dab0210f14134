"""We owe an answer: on the page of whoever waits for one, what, since when, as they read it, and how far it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.coproduction.telling.actions import draft_tellings, tell_in_person
from engagement.coproduction.telling.owed import SHOWN
from engagement.log.actions import restrict_event
from tests.crm.access.helpers import a_need
from tests.crm.sending.helpers import PHONE, reachable, speaks
from tests.engagement.coproduction.deciding import a_decision, a_point
from tests.engagement.coproduction.telling_helpers import a_reader, due_to, letters_of_answers, said_by

pytestmark = pytest.mark.django_db
QUESTION = "Do letters about care come in Urdu?"


def _person(user: Any, signed_in: Any, person: Any, page: str = "person") -> str:
    return signed_in(user).get(reverse(f"workspace:{page}", args=[person.pk])).content.decode()


def test_a_persons_page_says_what_we_owe_them_since_when_and_as_they_read_it(world, signed_in):
    reader = a_reader(world, urdu=True)
    a_need(world, "easy-read", person=reader)
    telling = due_to(world, reader)
    page = _person(world.amina, signed_in, reader)
    assert "We owe an answer" in page
    assert QUESTION in page
    assert reverse("workspace:telling", args=[telling.pk]) in page
    assert "Urdu, Easy Read" in page
    assert "Due since" in page
    assert ">Due</strong>" in page
    draft_tellings(actor=world.amina, tellings=[telling])
    assert ">Waits for approval</strong>" in _person(world.amina, signed_in, reader)


def test_what_was_told_is_not_owed_any_more_but_is_one_press_away(world, signed_in):
    telling = due_to(world)
    tell_in_person(actor=world.amina, telling=telling, how="At the Monday group")
    page = _person(world.amina, signed_in, telling.person)
    assert "We owe an answer" not in page
    assert f"{reverse('workspace:tellings')}?person={telling.person_id}" in page


def test_a_group_is_owed_an_answer_in_english_from_when_it_was_decided(world, signed_in):
    a_decision(world, a_point(world, raised_by=None, raised_by_organisation=world.group))
    page = _person(world.amina, signed_in, world.group, "group")
    assert "We owe an answer" in page
    assert QUESTION in page
    assert "· English" in page


def test_somebody_who_does_not_read_is_spoken_with(world, signed_in):
    reader = reachable(world, PHONE, languages=speaks(world.urdu, "reads_not"))
    due_to(world, reader)
    assert "To be spoken with: they do not read" in _person(world.amina, signed_in, reader)


def test_it_is_on_the_sheet_before_a_visit_when_there_is_something_to_bring(world, signed_in):
    telling = due_to(world)
    assert QUESTION in _person(world.amina, signed_in, telling.person, "print-person")
    tell_in_person(actor=world.amina, telling=telling, how="At the Monday group")
    assert "Answers to what they said" not in _person(world.amina, signed_in, telling.person, "print-person")


def test_whoever_may_not_read_what_was_said_does_not_see_that_it_is_owed(world, signed_in):
    telling = due_to(world)
    restrict_event(actor=world.amina, event=telling.points.get().event, readers=[world.lead])
    assert QUESTION not in _person(world.manager, signed_in, telling.person)
    assert QUESTION in _person(world.lead, signed_in, telling.person)


def test_the_longest_wait_stands_first_and_the_page_costs_the_same_for_many(world, signed_in):
    letters_of_answers(world)
    reader, browser = a_reader(world), signed_in(world.amina)
    address = reverse("workspace:person", args=[reader.pk])
    costs = []
    for number in range(SHOWN + 1):
        a_decision(world, said_by(world, reader), question=f"Question {number}?")
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address).content.decode()
        costs.append(len(asked))
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 15
    assert f"These {SHOWN} wait longest." in page
    assert f"Question {SHOWN}?" not in page
    assert page.index("Question 0?") < page.index("Question 1?")
