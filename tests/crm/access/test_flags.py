"""Wherever a person is met: what to do for everyone, the need only for who may read it, nothing about hidden people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.access.flags import flags_of_needs
from crm.access.models import AccessNeed
from crm.base.actors import Role
from crm.people.actions import add_person, end_supporter
from crm.people.details import PersonDetails, RoleDetails
from crm.people.models import Person
from engagement.log.details import PromiseDetails
from tests.crm.access.helpers import a_need, her_father
from tests.crm.people.test_pages import words_on


def flags(reader, person):
    return [(flag.words, flag.need, flag.about) for flag in flags_of_needs(reader, [person]).get(person.pk, [])]


def with_needs(world):
    a_need(world, "reach-by-text", may_share="no")
    a_need(world, "spoken-interpreter", language=world.urdu)
    a_need(world, supporter=her_father(world))


def test_who_wrote_it_down_sees_the_need_and_others_only_what_to_do(world):
    with_needs(world)
    interpreter = "Book an interpreter for Urdu", "Interpreter for a spoken language: Urdu", ""
    father = "Book a BSL interpreter", "BSL interpreter", "her father"
    text = "Text only, do not phone"
    assert flags(world.amina, world.person) == [(text, "Reach by text message", ""), father, interpreter]
    assert flags(world.lead, world.person) == [(text, "", ""), father, interpreter]


def test_a_champion_who_knows_the_person_sees_only_what_to_do(world):
    person = add_person(actor=world.chen, details=PersonDetails(name="Ayaan", area=world.east_ward))
    a_need(world, person=person)
    assert flags(world.chen, person) == [("Book a BSL interpreter", "", "")]


@pytest.mark.parametrize("who", ["joe", "analyst", "leaver", "stranger", "nobody"])
def test_whoever_may_not_see_the_person_is_told_nothing(world, who):
    with_needs(world)
    assert flags(world.everybody()[who], world.person) == []


def test_a_person_who_asked_us_to_stop_is_flagged_to_nobody(world):
    with_needs(world)
    world.person.stopped_on = timezone.localdate()
    world.person.save_base(raw=True, force_update=True)
    assert flags(world.amina, world.person) == []


def test_needs_that_ended_are_not_flagged(world):
    need = a_need(world)
    need.ended_on = timezone.localdate()
    need.save_base(raw=True, force_update=True)
    assert flags(world.amina, world.person) == []


def test_many_people_cost_one_query(world, django_assert_num_queries):
    people = [world.person]
    for number in range(5):
        people.append(add_person(actor=world.amina, details=PersonDetails(name=f"P {number}", area=world.east_ward)))
        a_need(world, person=people[-1])
    amina = type(world.amina).objects.get(pk=world.amina.pk)
    flags_of_needs(amina, people[:1])  # what the account may is asked once
    with django_assert_num_queries(1):
        assert len(flags_of_needs(amina, people)) == 5


def test_everywhere_a_person_is_met_the_instruction_stands_beside_their_name(world, signed_in):
    role = RoleDetails(world.group, "Chair")
    person = add_person(actor=world.amina, details=PersonDetails(name="Hodan", area=world.east_ward, roles=[role]))
    a_need(world, "large-print-24", person=person)
    due = timezone.localdate() + timedelta(days=3)
    event = world.contact(people=[person], organisations=[], promises=[PromiseDetails("Ring", due, to_person=person)])
    client = signed_in(world.amina)
    places = [
        f"/workspace/people/{person.pk}/",
        "/workspace/people/",
        f"/workspace/groups/{world.group.pk}/",
        f"/workspace/contacts/{event.pk}/",
        f"/workspace/contacts/new/?with={person.pk}",
        "/workspace/promises/",
        f"/workspace/promises/{event.promises.get().pk}/",
        "/workspace/",
    ]
    told = "<strong>Print in 24 point, plain letters</strong>"
    assert [place for place in places if told not in words_on(client.get(place))] == []
    assert told in words_on(client.post("/workspace/search/", {"words": "Hodan"}))


def test_a_promise_to_somebody_one_may_not_see_says_nothing_about_them(world, signed_in):
    a_need(world)
    due = timezone.localdate() + timedelta(days=3)
    world.contact(
        people=[world.person], promises=[PromiseDetails("Ring", due, to_person=world.person, owner=world.joe)]
    )
    page = words_on(signed_in(world.joe).get("/workspace/promises/"))
    assert "Ring" in page
    assert "Book a BSL interpreter" not in page


def test_the_api_says_it_too(world, signed_in):
    with_needs(world)
    body = signed_in(world.amina).get(f"/api/v1/people/{world.person.pk}/").json()
    told = next(value for value in body.values() if isinstance(value, list) and value and "words" in value[0])
    assert {"words": "Book a BSL interpreter", "need": "BSL interpreter", "about": "her father"} in told


def test_needs_of_a_supporter_end_with_their_support(world, signed_in):
    supporter = her_father(world)
    a_need(world, supporter=supporter)
    path = f"/workspace/people/{world.person.pk}/"
    browser = signed_in(world.amina)
    assert flags(world.amina, world.person) == [("Book a BSL interpreter", "BSL interpreter", "her father")]
    assert "Book a BSL interpreter" in words_on(browser.get(path))
    end_supporter(actor=world.amina, supporter=supporter)
    again = Person.objects.get(pk=world.person.pk)
    assert flags(world.amina, again) == []
    page = words_on(browser.get(path))
    assert "Book a BSL interpreter" not in page
    assert "you see only as" not in page
    assert not AccessNeed.objects.visible_to(world.amina).due(timezone.localdate() + timedelta(days=800)).exists()


def test_the_needs_of_a_page_are_asked_once_for_each_reader(world, django_assert_num_queries):
    with_needs(world)
    for reader in (world.amina, world.lead):
        assert reader.roles_today
        reader.scope_of({Role.OFFICER, Role.LEAD, Role.MANAGER})
    with django_assert_num_queries(2):
        for reader in (world.amina, world.amina, world.lead):
            assert len(flags(reader, world.person)) == 3
    text = "Text only, do not phone"
    assert (text, "Reach by text message", "") not in flags(world.lead, world.person)
