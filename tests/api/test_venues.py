"""Venues, services and support given, through the API."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.organisations.actions import add_organisation, add_service
from crm.organisations.details import OrganisationDetails, ServiceDetails
from crm.organisations.models import Organisation
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import Venue, VenueFact
from tests.crm.directory.helpers import an_entry


def test_what_nobody_has_asked_is_null(world, caller):
    facts = caller(world.analyst, "read").get(f"/venues/{world.venue.pk}/").json()["facts"]
    assert set(facts) == set(VenueFact.About.values)
    assert facts["hearing_loop"] is None
    assert (facts["step_free"]["answer"], facts["step_free"]["checked_by"]["name"]) == ("yes", "Amina")


def test_a_venue_is_added_checked_and_changed(world, caller):
    amina, today = caller(world.amina), timezone.localdate().isoformat()
    body = {"name": "The library", "facts": [{"about": "parking", "answer": "no", "checked_on": today}]}
    made = amina.post("/venues/", body, key="one")
    assert made.status_code == 201, made.content
    assert amina.post("/venues/", body, key="one").json() == made.json()
    url = made.json()["url"]
    wifi = {"about": "wifi", "answer": "yes", "checked_on": today}
    told = {"facts": [wifi, {"about": "parking", "answer": None}]}
    checked = amina.post(f"{url}check/", told, match=made.headers["ETag"])
    assert checked.status_code == 200, checked.content
    facts = amina.get(url).json()["facts"]
    assert (facts["wifi"]["answer"], facts["parking"]) == ("yes", None)
    changed = amina.patch(url, {"address": "High Street"}, match=checked.headers["ETag"])
    assert changed.status_code == 200, changed.content
    assert (amina.get(url).json()["address"], amina.get(url).json()["facts"]["wifi"]["answer"]) == (
        "High Street",
        "yes",
    )


def test_a_refusal_says_the_words_of_the_page(world, caller):
    answer = caller(world.amina).post("/venues/", {"name": " ", "facts": [{"about": "wifi", "answer": "yes"}]})
    assert answer.status_code == 400
    assert {fault["detail"] for fault in answer.json()["errors"]} == {
        "Write the name of the venue",
        "Enter a real date, like 2026-11-24",
    }


def test_unknown_is_neither_yes_nor_no(world, caller):
    analyst, names = caller(world.analyst), {}
    for answer in ("yes", "partly", "no"):
        fact = VenueFactDetails("quiet_room", answer, checked_on=timezone.localdate())
        add_venue(actor=world.amina, details=VenueDetails(name=f"{answer} hall"), facts=[fact])
    assert world.venue
    for asked in ("yes", "partly", "no", "unknown"):
        rows = analyst.get(f"/venues/?quiet_room={asked}").json()["results"]
        names[asked] = sorted(row["name"] for row in rows)
    assert names == {
        "yes": ["yes hall"],
        "partly": ["partly hall", "yes hall"],
        "no": ["no hall"],
        "unknown": ["Mill Street Centre"],
    }
    assert analyst.get("/venues/?quiet_room=perhaps").status_code == 400


def test_the_id_of_a_group_is_for_those_who_may_open_it(world, caller):
    with writing_allowed():
        Venue.objects.filter(pk=world.venue.pk).update(organisation=world.group)
    service = add_service(actor=world.amina, organisation=world.group, details=ServiceDetails("Tea and talk"))
    entry = an_entry(world)
    told = {"name": world.group.name}
    for who, opens in (("amina", True), ("lead", True), ("analyst", False), ("publisher", False)):
        reads = caller(getattr(world, who), "read")
        for path in (f"/venues/{world.venue.pk}/", f"/services/{service.pk}/", f"/directory-entries/{entry.pk}/"):
            answer = reads.get(path)
            if path.startswith("/directory") and who == "analyst":
                assert answer.status_code == 403
                continue
            group = {**told, "id": str(world.group.pk) if opens else None}
            assert answer.json()["organisation"] == group, (who, path)
            (row,) = reads.get(path.rpartition("/")[0].rpartition("/")[0] + "/").json()["results"]
            assert row["organisation"] == group, (who, path)
            assert opens or str(world.group.pk) not in str(row)


def test_a_service_is_added_confirmed_changed_and_ended(world, caller):
    amina = caller(world.amina)
    body = {"organisation": str(world.group.pk), "name": "Tea and talk", "languages": [str(world.urdu.pk)]}
    made = amina.post("/services/", body, key="tea")
    assert made.status_code == 201, made.content
    url, tag = made.json()["url"], made.headers["ETag"]
    for path, told in (("confirm/", {}), ("", {"cost": "Free"}), ("end/", {})):
        answer = (amina.post if path else amina.patch)(f"{url}{path}", told, match=tag)
        assert answer.status_code == 200, answer.content
        tag = answer.headers["ETag"]
    row = caller(world.publisher, "read").get(url).json()
    assert (row["status"], row["cost"], row["in_directory"]) == ("defunct", "Free", False)
    assert (row["confirmed_by"]["name"], [language["name"] for language in row["languages"]]) == ("Amina", ["Urdu"])
    again = amina.post(f"{url}end/", {}, match=tag)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "service_ended")


def test_support_is_written_down_corrected_and_added_up_for_its_group(world, caller):
    amina, today = caller(world.amina), timezone.localdate().isoformat()
    body = {"organisation": str(world.group.pk), "given_on": today, "words": "A grant", "hours": 1.5}
    made = amina.post("/support-given/", body)
    assert made.status_code == 201, made.content
    corrected = amina.patch(made.json()["url"], {"hours": "2.0", "people": 3}, match='"1"')
    assert corrected.status_code == 200, corrected.content
    row = amina.get(made.json()["url"]).json()
    assert (row["hours"], row["people"], row["given_by"]["name"], row["kind"]) == (2.0, 3, "Amina", "support")
    group = amina.get(f"/organisations/{world.group.pk}/").json()
    assert (group["support_times"], group["support_hours"]) == (1, 2.0)
    refused = amina.post("/support-given/", {"organisation": str(world.group.pk)})
    assert {fault["pointer"] for fault in refused.json()["errors"]} == {"/given_on", "/words"}
    assert caller(world.analyst).get("/support-given/").status_code == 403


def test_a_group_tells_of_networks_members_children_and_areas_and_keeps_what_was_not_sent(world, caller):
    amina = caller(world.amina)
    network = {"network": str(world.south_group.pk), "part": "leads", "first_day": "2024-04-01"}
    body = {"name": "Good Neighbours", "parent": str(world.group.pk), "networks": [network],
            "areas_served": [str(world.east.pk)]}  # fmt: skip
    made = amina.post("/organisations/", body)
    assert made.status_code == 201, made.content
    url = made.json()["url"]
    changed = amina.patch(url, {"place": "The hall"}, match=made.headers["ETag"])
    row = amina.get(url).json()
    assert [(n["name"], n["part"], n["first_day"], n["last_day"]) for n in row["networks"]] == [
        (world.south_group.name, "leads", "2024-04-01", None)
    ]
    assert [area["name"] for area in row["areas_served"]] == ["East"]
    assert [m["id"] for m in amina.get(f"/organisations/{world.south_group.pk}/").json()["members"]] == [row["id"]]
    assert [c["id"] for c in amina.get(f"/organisations/{world.group.pk}/").json()["children"]] == [row["id"]]
    assert amina.patch(url, {"networks": []}, match=changed.headers["ETag"]).status_code == 200
    assert amina.get(url).json()["networks"] == []


def test_a_group_is_confirmed_with_somebody_in_it(world, caller):
    amina, url = caller(world.amina), f"/organisations/{world.group.pk}/"
    refused = amina.post(f"{url}confirm/", {}, match='"1"')
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/with_whom")
    assert amina.post(f"{url}confirm/", {"with_whom": "the chair"}, match='"1"').status_code == 200
    row = amina.get(url).json()
    assert (row["confirmed_on"], row["confirmed_by"]["name"], row["confirmed_with"]) == (
        timezone.localdate().isoformat(),
        "Amina",
        "the chair",
    )
    unconfirmed = amina.get("/organisations/?unconfirmed=true").json()["results"]
    assert [row["name"] for row in unconfirmed] == [world.south_group.name]


@pytest.mark.parametrize("typed", ["Muhamad Begm", "BEGUM MOHAMMED"])
def test_before_a_person_is_added_those_of_a_name_like_theirs_are_told_to_who_may_see_them(world, caller, typed):
    known = add_person(actor=world.amina, details=PersonDetails(name="Mohammed Begum", area=world.east_ward))
    told = caller(world.amina).post("/people/similar/", {"name": typed})
    assert told.json()["results"] == [{"id": str(known.pk), "name": "Mohammed Begum", "note": "Eastgate"}]
    assert caller(world.joe).post("/people/similar/", {"name": typed}).json()["results"] == []
    assert caller(world.analyst).post("/people/similar/", {"name": typed}).status_code == 403


def test_before_a_group_is_added_those_of_a_name_like_it_are_told_and_it_may_be_added_all_the_same(world, caller):
    add_organisation(actor=world.joe, details=OrganisationDetails(name="Lozells Women's Circle"))
    amina = caller(world.amina)
    told = amina.post("/organisations/similar/", {"name": "Lozels Womens Circle"})
    assert [row["name"] for row in told.json()["results"]] == ["Lozells Women's Circle"]
    assert amina.post("/organisations/", {"name": "Lozels Womens Circle"}).status_code == 201
    assert Organisation.objects.filter(name__startswith="Lozel").count() == 2
    assert amina.get("/organisations/similar/?name=Lozells").status_code == 405
