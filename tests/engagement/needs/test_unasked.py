"""Whom nobody asked what they need: a list an officer works through, of the people they may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.access.actions import end_need, take_back_no_need
from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.actions import restrict_event, withdraw_event
from engagement.needs.tallies import count
from engagement.needs.unasked import WORDS, nobody_asked
from tests.crm.access.helpers import a_need, a_no_need, her_father
from tests.crm.people.test_pages import words_on
from tests.crm.privacy.helpers import a_supporter, add_person_of

PAGE, API = "/workspace/people/?nobody_asked=true", "/people/?nobody_asked=true"


def listed(reader):
    return {person.name for person in nobody_asked(reader, Person.objects.visible_to(reader))}


def test_whoever_was_met_by_name_and_never_asked_stands_there_until_somebody_asks(world):
    assert listed(world.amina) == set()
    world.contact(people=[world.person])
    assert listed(world.amina) == {"Parveen Begum"}
    nothing = a_no_need(world)
    assert listed(world.amina) == set()
    take_back_no_need(actor=world.amina, no_need=nothing, reason="Nobody asked her")
    assert listed(world.amina) == {"Parveen Begum"}
    a_need(world, supporter=her_father(world))
    assert listed(world.amina) == {"Parveen Begum"}, "his need is not hers"
    end_need(actor=world.amina, need=a_need(world), reason="Not any more")
    assert listed(world.amina) == set(), "she was asked once"


def test_a_supporter_with_a_record_was_asked_when_their_need_was_written_down_beside_the_person(world):
    son = add_person_of(world, "Imran")
    world.contact(people=[son])
    assert listed(world.amina) == {"Imran"}
    a_need(world, supporter=a_supporter(world, supporter=son))
    assert listed(world.amina) == set()


def test_contacts_long_ago_withdrawn_or_restricted_do_not_count(world):
    long_ago = timezone.localdate() - timedelta(days=500)
    world.contact(people=[world.person], occurred_on=long_ago)
    withdraw_event(actor=world.amina, event=world.contact(people=[world.person]), reason="Twice")
    restrict_event(actor=world.amina, event=world.contact(people=[world.person]), readers=[world.amina])
    assert listed(world.amina) == set()


def test_the_list_of_a_manager_is_as_long_as_the_number_of_the_report(world):
    people = [add_person_of(world, f"Person {number}") for number in range(6)]
    world.contact(people=people)
    a_need(world, person=people[0])
    a_no_need(world, person=people[1])
    end_need(actor=world.amina, need=a_need(world, person=people[2]), reason="Not any more")
    today = timezone.localdate()
    told = count(today - timedelta(days=364), today, today).asked[world.east.pk]
    in_report = told["met"] - told["with_needs"] - told["needs_nothing"] - told["ended"]
    assert len(listed(world.manager)) == in_report == 3


@pytest.mark.parametrize(
    ("who", "found"), [("amina", True), ("lead", True), ("manager", True), ("joe", False), ("chen", False)]
)
def test_page_and_api_show_whom_the_reader_may_see(world, signed_in, caller, who, found):
    world.contact(people=[world.person])
    member = getattr(world, who)
    assert ("Parveen Begum" in words_on(signed_in(member).get(PAGE))) == found
    calls = caller(member)
    rows = calls.get(API).json()["results"]
    assert [row["name"] for row in rows] == (["Parveen Begum"] if found else [])
    assert calls.get("/people/?nobody_asked=perhaps").status_code == 400


def test_a_champion_is_neither_offered_it_nor_told_who_needs_nothing(world, signed_in):
    person = add_person_of(world, "Ayaan")
    with writing_allowed():
        Person.objects.filter(pk=person.pk).update(entered_by=world.chen)
    world.contact(people=[person])
    assert listed(world.chen) == set()
    assert WORDS not in words_on(signed_in(world.chen).get("/workspace/people/?narrow=yes"))
    assert WORDS in words_on(signed_in(world.amina).get("/workspace/people/?narrow=yes"))


def test_the_report_leads_to_it_for_those_who_meet_people(world, signed_in):
    link = "/workspace/people/?nobody_asked=true"
    assert link in words_on(signed_in(world.lead).get("/workspace/reports/access/"))
    assert link not in words_on(signed_in(world.analyst).get("/workspace/reports/access/"))


def test_it_costs_the_same_for_one_as_for_ten(world, signed_in):
    browser, asked = signed_in(world.amina), []
    for many in (1, 9):
        world.contact(people=[add_person_of(world, f"Person {many} {number}") for number in range(many)])
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            page = words_on(browser.get(PAGE))
        asked.append(len(found))
    assert page.count("Person ") >= 10
    assert asked[0] == asked[1]
