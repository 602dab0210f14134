"""Several hats at once, over time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.people.actions import add_person, change_person
from crm.people.details import HatDetails, PersonDetails

TODAY = timezone.localdate()


def wearing(world, name, *hats):
    return add_person(actor=world.amina, details=PersonDetails(name=name, area=world.east_ward, hats=hats))


def test_a_person_wears_several_hats_at_once_and_one_again_later(world):
    last_year = HatDetails("volunteer", TODAY - timedelta(400), TODAY - timedelta(100))
    person = wearing(world, "Nasreen", HatDetails("carer"), last_year, HatDetails("volunteer", TODAY))
    assert sorted(hat.hat for hat in person.hats.all()) == ["carer", "volunteer", "volunteer"]
    changed = change_person(actor=world.amina, person=person, details=PersonDetails(name="Nasreen", hats=[last_year]))
    assert [hat.last_day for hat in changed.hats.all()] == [TODAY - timedelta(100)]


@pytest.mark.parametrize("door", ["page", "api"])
def test_people_are_found_by_the_hat_they_wear_today(world, signed_in, caller, door):
    wearing(world, "Nasreen Carer", HatDetails("carer"))
    wearing(world, "Formerly Carer", HatDetails("carer", None, TODAY - timedelta(1)))
    wearing(world, "Soon Carer", HatDetails("carer", TODAY + timedelta(1)))
    wearing(world, "Yusuf Volunteer", HatDetails("volunteer"))
    if door == "page":
        people = signed_in(world.amina).get("/workspace/people/", {"hat": "carer"}).context["page"]
        found = [person.name for person in people]
    else:
        found = [row["name"] for row in caller(world.amina).get("/people/?hat=carer").json()["results"]]
    assert found == ["Nasreen Carer"]
