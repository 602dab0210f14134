"""People of a name like a new one are shown before saving, to those who may see them."""

from __future__ import annotations

import pytest

from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from tests.crm.people.test_pages import words_on

NEW = "/workspace/people/new/"


def typed(name, **changes):
    return {"name": name, "age_band": "unknown", "ways-rows": "1", "languages-rows": "1", "roles-rows": "1", **changes}


@pytest.fixture
def begum(world):
    return add_person(actor=world.amina, details=PersonDetails(name="Mohammed Begum", area=world.east_ward))


@pytest.mark.parametrize("name", ["Muhamad Begm", "mohamed begum", "Begum, Mohammed", "محمد بیگم"])
def test_however_they_are_spelt(world, begum, signed_in, name):
    client = signed_in(world.amina)
    page = words_on(client.post(NEW, typed(name, contact_rules="Never ring")))
    for words in ("We may know this person already.", f"/workspace/people/{begum.pk}/", "Save anyway", "Never ring"):
        assert words in page
    assert Person.objects.count() == 2
    client.post(NEW, typed(name, seen="yes"))
    assert Person.objects.count() == 3


@pytest.mark.parametrize("name", ["Mohammed Ali", "Parveen Khan", "Sam"])
def test_another_name_is_saved_at_once(world, begum, signed_in, name):
    signed_in(world.amina).post(NEW, typed(name))
    assert Person.objects.filter(name=name).exists()


def test_whoever_may_not_see_them_is_told_nothing(world, begum, signed_in):
    answer = signed_in(world.joe).post(NEW, typed("Mohammed Begum"))
    assert answer.status_code == 302
    assert Person.objects.filter(name="Mohammed Begum").count() == 2


def test_a_restricted_person_is_shown_to_their_readers_alone(world, signed_in):
    kept = PersonDetails(name="Hodan Farah", area=world.east_ward, restricted=True, named_readers=[world.amina])
    add_person(actor=world.amina, details=kept)
    assert "We may know" in words_on(signed_in(world.amina).post(NEW, typed("Hodan Farah")))
    assert signed_in(world.manager).post(NEW, typed("Hodan Farah")).status_code == 302


def test_changing_something_else_about_them_asks_nothing(world, begum, signed_in):
    twin = add_person(actor=world.amina, details=PersonDetails(name="Mohammed Begum", area=world.east_ward))
    sent = typed("Mohammed Begum", contact_rules="Ring after five", version="1")
    signed_in(world.amina).post(f"/workspace/people/{twin.pk}/change/", sent)
    twin.refresh_from_db()
    assert twin.contact_rules == "Ring after five"


def test_what_is_missing_is_said_with_it_and_then_it_is_not_asked_again(world, signed_in, begum):
    client, sent = signed_in(world.amina), typed("Mohamed Begum", **{"ways-0-kind": "phone", "ways-0-value": "12"})
    page = words_on(client.post(NEW, sent))
    for words in ("We may know this person already.", "Write a phone number, like 07700 900123"):
        assert words in page
    page = words_on(client.post(NEW, {**sent, "seen": "yes"}))
    assert ("We may know this person" in page, 'name="seen" value="yes"' in page) == (False, True)
    right = {**sent, "ways-0-value": "07700 900123", "seen": "yes"}
    assert client.post(NEW, right).status_code == 302
