"""A child's words are never quoted."""

import pytest
from django.utils import timezone

from crm.base.rules import InputBlocked
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from engagement.log.actions import add_point, correct_event, correct_point
from engagement.log.details import EventDetails, PointDetails


@pytest.fixture
def sami(world):
    details = PersonDetails(name="Sami", age_band="14_17", responsible_adult="His aunt", area=world.east_ward)
    return add_person(actor=world.amina, details=details)


def asked(words="The bus is unsafe", **changes):
    return PointDetails(words, quoting="yes", **changes)


def test_a_point_raised_by_a_child_may_not_be_quoted_although_nobody_asked(world, sami):
    event = world.contact(people=[sami], points=[PointDetails("The bus is unsafe", raised_by=sami)])
    assert event.points.get().quoting == "no"


@pytest.mark.parametrize("way", ["log", "add", "correct"])
def test_allowing_it_is_refused_at_every_door(world, sami, way):
    event, said = world.contact(people=[sami]), asked(raised_by=sami)
    ways = {
        "log": lambda: world.contact(people=[sami], points=[said]),
        "add": lambda: add_point(actor=world.amina, event=event, point=said),
        "correct": lambda: correct_point(
            actor=world.amina, event=event, point=event.points.get(), corrected=said, reason="She said yes"
        ),
    }
    with pytest.raises(InputBlocked) as refusal:
        ways[way]()
    assert [blocker.code for blocker in refusal.value.blockers] == ["child_quoted"]


def test_while_a_child_was_there_words_of_nobody_named_are_not_quoted_and_an_adults_may_be(world, sami):
    with pytest.raises(InputBlocked) as refusal:
        world.contact(people=[sami, world.person], points=[asked()])
    assert [blocker.code for blocker in refusal.value.blockers] == ["child_was_there"]
    event = world.contact(people=[sami, world.person], points=[asked(raised_by=world.person)])
    assert event.points.get().quoting == "yes"


def test_somebody_who_turns_out_to_be_a_child_is_quoted_no_more(world):
    event = world.contact(people=[world.person], points=[asked(raised_by=world.person)])
    details = PersonDetails(name="Parveen Begum", area=world.east_ward, age_band="14_17", responsible_adult="Her aunt")
    change_person(actor=world.amina, person=world.person, details=details)
    assert event.points.get().quoting == "no"


def test_a_child_added_to_a_contact_later_takes_back_words_of_nobody_named(world, sami):
    event = world.contact(people=[world.person], points=[asked(), asked(raised_by=world.person)])
    details = EventDetails(timezone.localdate(), organisations=[world.group], people=[world.person, sami],
                           officers=[world.amina])  # fmt: skip
    correct_event(actor=world.amina, event=event, details=details, reason="He was there too")
    assert [point.quoting for point in event.points.order_by("position")] == ["no", "yes"]


def test_the_api_refuses_it_too(world, sami, caller):
    body = {"occurred_on": timezone.localdate().isoformat(), "people": [str(sami.pk)],
            "points": [{"words": "The bus", "raised_by": str(sami.pk), "quoting": "yes"}]}  # fmt: skip
    answer = caller(world.amina).post("/engagement-events/", body)
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["child_quoted"]
    assert Person.objects.get(pk=sami.pk).restricted
