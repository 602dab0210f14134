"""Erasing somebody takes nothing away from others: not a word that is nobody's alone, nor what others were called."""

from __future__ import annotations

from typing import Any

import pytest

from crm.audit.models import Revision
from crm.base.writing import writing_allowed
from crm.erasing.actions import decide_erasure
from crm.erasing.details import Looked
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails, WayDetails
from crm.venues.models import Venue
from engagement.log.details import PointDetails
from engagement.log.models import Point
from tests.crm.erasing.helpers import EVERYWHERE, LOOKED, a_request
from tests.engagement.forums.helpers import a_venue
from tests.world import World


def called(world: World, name: str, *ways: WayDetails) -> None:
    """The world's own person is called and reached like this."""
    details = PersonDetails(name=name, area=world.east_ward, ways=list(ways))
    change_person(actor=world.amina, person=world.person, details=details)
    world.person.refresh_from_db()


def left_of(world: World, words: str, looked: Looked, *, linked: bool = False) -> str:
    """What is left of words that somebody said, once the person is erased."""
    people = [world.person] if linked else []
    point = world.contact(people=people, points=[PointDetails(words)]).points.get()
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason="Not needed", looked=looked)
    return Point.objects.get(pk=point.pk).words


@pytest.mark.parametrize(
    ("name", "words"),
    [("Sam Green (she/her)", "Nobody asked her when she came"), ("Rose", "We planted a rose"),
     ("Ali Khan (Ali)", "Ali Shah spoke of quality"), ("Sam Green / Mrs", "Mrs Shah came")],
)  # fmt: skip
def test_a_name_of_one_word_and_how_somebody_is_spoken_of_go_out_of_no_words_of_others(world, name, words):
    called(world, name)
    assert left_of(world, words, EVERYWHERE) == words


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [("Rose", "Rose came", "(taken out) came"), ("Sam Green (she/her)", "Sam Green said she left",
      "(taken out) said she left"), ("王小明", "王小明 came", "(taken out) came")],
)  # fmt: skip
def test_a_name_of_one_word_goes_out_of_words_that_are_linked_to_them(world, name, words, left):
    called(world, name)
    assert left_of(world, words, LOOKED, linked=True) == left


def test_a_whole_name_in_an_alphabet_without_gaps_is_no_lone_word(world):
    called(world, "王小明")
    assert left_of(world, "王小明 was not there", EVERYWHERE) == "(taken out) was not there"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("group", "The lunch club", "The lunch club is cold"), ("other", "WhatsApp", "Use WhatsApp more"),
     ("visit", "the library", "The library is warm"), ("visit", "Amina Road", "Amina Road is dark"),
     ("letter", "care of the day centre", "Take care of the day centre")],
)  # fmt: skip
@pytest.mark.parametrize("looked", [LOOKED, EVERYWHERE], ids=["near", "everywhere"])
def test_a_way_in_words_alone_is_where_many_are_reached(world, kind, value, words, looked):
    called(world, "Zubeda Mir", WayDetails(kind, value))
    assert left_of(world, words, looked) == words


def test_a_way_in_words_alone_goes_out_of_what_is_linked_to_them(world):
    called(world, "Zubeda Mir", WayDetails("group", "The lunch club"))
    assert left_of(world, "Ask at the lunch club", LOOKED, linked=True) == "Ask at (taken out)"


def test_the_councils_number_a_colleagues_address_and_a_venues_are_nobodys_alone(world):
    """An officer wrote down how the person is reached: through us."""
    venue = a_venue(world)
    with writing_allowed():
        Venue.objects.filter(pk=venue.pk).update(address="12 Mill Road, NB1 2AB")
    number, address = world.council.contact_phone, world.joe.email
    ways = [WayDetails("phone", number), WayDetails("email", address), WayDetails("visit", "12 mill road, NB1 2AB")]
    called(world, "Zubeda Mir", *ways)
    words = f"Ring {number}, write to {address}, or come to 12 Mill Road, NB1 2AB."
    assert left_of(world, words, EVERYWHERE) == words
    venue.refresh_from_db()
    assert venue.address == "12 Mill Road, NB1 2AB"


def test_an_address_that_two_share_stays_however_each_writes_it(world):
    called(world, "Zubeda Mir", WayDetails("email", "Family@example.org"))
    theirs = [WayDetails("email", "family@example.org")]
    add_person(actor=world.amina, details=PersonDetails(name="Omar Mir", area=world.east_ward, ways=theirs))
    assert left_of(world, "Write to family@example.org", LOOKED) == "Write to family@example.org"


def test_what_others_were_called_and_what_was_said_of_them_stays_in_the_audit(world):
    called(world, "Zubeda Mir (she/her)", WayDetails("other", "WhatsApp"))
    known: dict[str, Any] = {"area": world.east_ward, "contact_rules": "Ring her on WhatsApp"}
    other = add_person(actor=world.amina, details=PersonDetails(name="Zubeda Mir", area=world.east_ward))
    change_person(actor=world.amina, person=other, details=PersonDetails(name="Zubeda Mir", **known))
    change_person(actor=world.amina, person=other, details=PersonDetails(name="Zubeda Mirza", **known))
    earlier = Revision.objects.filter(event__subject_id=str(other.pk)).order_by("pk")
    before = list(earlier.values_list("values", flat=True))
    assert {"name": ["Zubeda Mir", "Zubeda Mirza"]} in before
    left_of(world, "Nothing", EVERYWHERE)
    assert list(earlier.values_list("values", flat=True)) == before


def test_what_was_said_of_them_on_the_record_of_another_goes_out_of_the_audit(world):
    called(world, "Zubeda Mir")
    other = add_person(actor=world.amina, details=PersonDetails(name="Omar Shah", area=world.east_ward))
    for rules in ("Ring his aunt Zubeda Mir", "Ring him"):
        details = PersonDetails(name="Omar Shah", area=world.east_ward, contact_rules=rules)
        change_person(actor=world.amina, person=other, details=details)
    left_of(world, "Nothing", EVERYWHERE)
    assert "Zubeda" not in str(list(Revision.objects.values_list("values", flat=True)))
