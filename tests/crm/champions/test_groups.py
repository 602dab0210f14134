"""A champion sees the groups of their locality and of their own contacts; everybody else in the field sees all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area, AreaGrouping, AreaKind
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed
from crm.organisations.actions import add_organisation, add_service, add_support_given, change_service
from crm.organisations.details import NetworkDetails, OrganisationDetails, ServiceDetails, SupportGivenDetails
from crm.organisations.models import Organisation, Service, SupportGiven
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails, RoleDetails
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails
from tests.api.conftest import Caller, token_for
from tests.crm.people.test_pages import words_on
from tests.world import LONG_AGO

SOUTH = "Bridge Lane"


def seen(user):
    return {group.name for group in Organisation.objects.visible_to(user)}


def a_group(world, name, actor=None, **details):
    return add_organisation(actor=actor or world.joe, details=OrganisationDetails(name=name, **details))


def test_a_champion_sees_groups_that_meet_in_their_locality_and_not_others(world):
    assert seen(world.chen) == {world.group.name}
    for name in ("amina", "joe", "lead", "manager"):
        assert seen(getattr(world, name)) == {world.group.name, world.south_group.name}, name
    assert seen(world.analyst) == set()


@pytest.mark.parametrize("where", ["east", "east_ward", "constituency"])
def test_a_group_that_serves_the_locality_is_seen_wherever_it_meets(world, where):
    with writing_allowed():
        world.constituency = Area.objects.create(
            kind=AreaKind.CONSTITUENCY, code="C1", name="Northbrook North", first_day=LONG_AGO, source="invented"
        )
        AreaGrouping.objects.create(inner=world.east_ward, outer=world.constituency, first_day=LONG_AGO)
    a_group(world, "Travelling library", area=world.south_ward, areas_served=[getattr(world, where)])
    a_group(world, "Only the South", area=world.south_ward, areas_served=[world.south])
    assert seen(world.chen) == {world.group.name, "Travelling library"}


def test_a_ward_that_left_the_locality_takes_its_groups_along(world):
    with writing_allowed():
        AreaGrouping.objects.filter(inner=world.east_ward).update(last_day=timezone.localdate() - timedelta(days=1))
        AreaGrouping.objects.create(inner=world.east_ward, outer=world.south, first_day=timezone.localdate())
    assert seen(world.chen) == set()


def test_a_group_of_no_place_is_seen_by_the_champion_who_entered_it_or_met_it(world):
    a_group(world, "Of no place")
    a_group(world, "Entered by Chen", actor=world.chen)
    met = a_group(world, "Met by Chen")
    world.contact(actor=world.amina, officers=[world.chen], organisations=[met])
    assert seen(world.chen) == {world.group.name, "Entered by Chen", "Met by Chen"}


def test_a_contact_held_in_their_locality_tells_which_group_came_unless_it_is_restricted(world):
    came, hidden = a_group(world, "Came to the East"), a_group(world, "Nobody may know")
    world.contact(actor=world.joe, organisations=[came], area=world.east_ward)
    world.contact(actor=world.joe, organisations=[hidden], area=world.east_ward, restricted=True,
                  named_readers=[world.joe])  # fmt: skip
    assert seen(world.chen) == {world.group.name, "Came to the East"}


def test_a_term_that_ended_leaves_no_group(world):
    a_group(world, "Entered by Chen", actor=world.chen)
    with writing_allowed():
        world.chen.grants.update(last_day=timezone.localdate() - timedelta(days=1))
    assert seen(User.objects.get(pk=world.chen.pk)) == set()


def test_no_page_list_search_or_box_names_a_group_elsewhere(world, signed_in):
    client, pk = signed_in(world.chen), world.south_group.pk
    assert client.get(f"/workspace/groups/{pk}/").status_code == 404
    assert client.get(f"/workspace/groups/{pk}/change/").status_code == 404
    for door in ("groups/", "contacts/log/", "support/", "services/", f"contacts/log/?with={pk}", "contacts/"):
        answer = client.get(f"/workspace/{door}")
        assert SOUTH not in words_on(answer), door
    address = f"/groups/{pk}/"
    assert address not in words_on(client.post("/workspace/search/", {"words": SOUTH}))
    assert address in words_on(signed_in(world.joe).post("/workspace/search/", {"words": SOUTH}))


def test_no_address_of_the_api_names_a_group_elsewhere(world):
    caller, pk = Caller(token_for(world.chen).name), world.south_group.pk
    assert SOUTH not in caller.get("/organisations/").content.decode()
    assert caller.get(f"/organisations/{pk}/").status_code == 404
    assert caller.get(f"/organisations/{pk}/contacts/").status_code == 404
    for door in ("organisations/search/", "search/"):
        assert SOUTH not in caller.post(f"/{door}", {"words": SOUTH}).content.decode(), door
    assert SOUTH not in caller.post("/organisations/similar/", {"name": world.south_group.name}).content.decode()
    sent = {"occurred_on": str(timezone.localdate()), "organisations": [str(pk)], "points": [{"words": "Hello"}]}
    assert caller.post("/engagement-events/", sent).status_code == 400


def test_what_groups_elsewhere_offer_and_were_given_is_not_told(world):
    there, today = world.south_group, timezone.localdate()
    service = add_service(actor=world.joe, organisation=there, details=ServiceDetails(name="Site visits"))
    shown = add_service(
        actor=world.joe, organisation=there, details=ServiceDetails(name="Open table", in_directory=True)
    )
    add_support_given(actor=world.joe, organisation=there, details=SupportGivenDetails("training", today, "Bids"))
    assert set(Service.objects.visible_to(world.chen)) == {shown}
    assert not SupportGiven.objects.visible_to(world.chen).exists()
    assert {service, shown} <= set(Service.objects.visible_to(world.analyst))
    with pytest.raises(Refused):
        change_service(actor=world.chen, service=shown, details=ServiceDetails(name="Changed"))


def test_a_group_they_may_not_open_is_named_beside_their_person_without_a_link(world, signed_in):

    details = PersonDetails(name="Known to Chen", area=world.east_ward)
    person = add_person(actor=world.chen, details=details)

    hats = [RoleDetails(world.south_group, "member")]
    change_person(actor=world.amina, person=person, details=PersonDetails(name=person.name, area=world.east_ward,
                                                                           roles=hats))  # fmt: skip
    page = signed_in(world.chen).get(f"/workspace/people/{person.pk}/").content.decode()
    assert SOUTH in page
    assert f"/groups/{world.south_group.pk}/" not in page
    assert f"/groups/{world.south_group.pk}/" in signed_in(world.amina).get(
        f"/workspace/people/{person.pk}/"
    ).content.decode()  # fmt: skip


def test_what_a_seen_group_belongs_to_is_named_without_a_link_where_a_champion_may_not_open_it(world, signed_in):
    child = a_group(world, "East branch", area=world.east_ward, parent=world.south_group)
    page, link = f"/workspace/groups/{child.pk}/", f'href="/workspace/groups/{world.south_group.pk}/"'
    shown = signed_in(world.chen).get(page).content.decode()
    assert SOUTH in shown
    assert link not in shown
    assert link in signed_in(world.amina).get(page).content.decode()
    address = f"/organisations/{child.pk}/"
    for who, known in ((world.chen, None), (world.amina, str(world.south_group.pk))):
        caller = Caller(token_for(who).name)
        row = next(one for one in caller.get("/organisations/").json()["results"] if one["id"] == str(child.pk))
        told = {"id": known, "name": world.south_group.name}
        assert row["parent"] == caller.get(address).json()["parent"] == told, who


def test_a_network_a_champion_may_not_see_is_in_no_box_and_stays_when_they_save(world, signed_in):
    hidden = a_group(world, "Hidden network", kind="network", area=world.south_ward)
    inside = a_group(world, "East branch", area=world.east_ward, networks=[NetworkDetails(hidden)])
    client, door = signed_in(world.chen), f"/workspace/groups/{inside.pk}/change/"
    assert hidden.name not in words_on(client.get(door))
    sent = {"name": "East branch", "kind": "community_group", "version": inside.version, "place": "Mill Street",
            "area": str(world.east_ward.pk),
            "networks-0-network": ""}  # fmt: skip
    assert client.post(door, sent).status_code == 302
    inside.refresh_from_db()
    assert inside.place == "Mill Street"
    assert [row.network for row in inside.networks.all()] == [hidden]
    caller = Caller(token_for(world.chen).name)
    answer = caller.patch(f"/organisations/{inside.pk}/", {"networks": []}, match=f'"{inside.version}"')
    assert answer.status_code == 200, answer.content
    assert [row.network for row in inside.networks.all()] == [hidden]


def test_whose_place_a_venue_is_is_named_without_a_link_where_a_champion_may_not_open_it(world, signed_in):
    venue = add_venue(
        actor=world.joe, details=VenueDetails(name="Hall", area=world.east_ward, organisation=world.south_group)
    )
    shown = signed_in(world.chen).get(f"/workspace/venues/{venue.pk}/").content.decode()
    assert SOUTH in shown
    assert f"/groups/{world.south_group.pk}/" not in shown
