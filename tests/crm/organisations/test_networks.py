"""Networks, areas served and confirming; three groups of real life fit without a table of their own."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.base.writing import writing_allowed
from crm.organisations import reports, rules
from crm.organisations.actions import add_organisation, change_organisation, confirm_organisation
from crm.organisations.details import CommunityLinkDetails, NetworkDetails, OrganisationDetails
from crm.organisations.models import Organisation
from tests.crm.people.test_pages import words_on
from tests.world import LONG_AGO

LIST = "/workspace/groups/"


def page_of(group, end=""):
    return f"{LIST}{group.pk}/{end}"


def add(world, name, **details):
    return add_organisation(actor=world.amina, details=OrganisationDetails(name=name, **details))


@pytest.fixture
def scheme(world):
    """A Neighbourhood Network Scheme with its constituency, led by one voluntary organisation, with two members."""
    with writing_allowed():
        seat = Area.objects.create(
            kind=AreaKind.CONSTITUENCY, code="C1", name="Northbrook East", first_day=LONG_AGO, source="invented"
        )
    older = [CommunityLinkDetails(world.community, "serves")]
    scheme = add(world, "Neighbourhood Network Scheme", kind="network", areas_served=[seat], communities=older)
    since = date(2024, 4, 1)
    add(world, "Good Neighbours CIO", kind="charity", networks=[NetworkDetails(scheme, "leads", since)])
    add(world, "Allotment Friends", networks=[NetworkDetails(scheme, first_day=since)])
    left = NetworkDetails(scheme, first_day=since, last_day=date(2025, 4, 1))
    add(world, "Bowls Club", kind="club", networks=[left])
    return scheme


def test_a_neighbourhood_network_scheme_is_led_by_one_organisation_and_serves_a_constituency(world, scheme, signed_in):
    near = reports.around(scheme, reader=world.amina)
    assert [(line.name, line.leads) for line in near.members] == [
        ("Good Neighbours CIO", True),
        ("Allotment Friends", False),
        ("Bowls Club", False),
    ]
    page = words_on(signed_in(world.amina).get(page_of(scheme)))
    for words in ("Northbrook East (constituency)", "Good Neighbours CIO", "Leads it", "until 1 April 2025", "Serves"):
        assert words in page


def test_the_list_of_a_network_holds_those_who_are_in_it_today(world, scheme, signed_in):
    page = words_on(signed_in(world.amina).get(LIST, {"network": str(scheme.pk)}))
    assert "Allotment Friends" in page
    assert "Bowls Club" not in page


def test_a_mosque_has_a_womens_group_led_by_another_community_than_it_serves(world, signed_in):
    mosque = add(world, "Al-Falah Mosque", kind="faith", communities=[CommunityLinkDetails(world.community, "serves")])
    women = add(
        world,
        "Al-Falah women",
        kind="faith",
        parent=mosque,
        communities=[CommunityLinkDetails(world.nested, "led_by")],
    )
    assert [line.pk for line in reports.around(mosque, reader=world.amina).children] == [women.pk]
    page = words_on(signed_in(world.amina).get(page_of(women)))
    for words in ("Belongs to", "Al-Falah Mosque", "led by Kashmiri women"):
        assert words in page
    page = words_on(signed_in(world.amina).get(f"/workspace/communities/{world.community.pk}/"))
    assert "Serve them" in page


def test_a_deaf_club_is_user_led_and_in_a_network_without_belonging_to_it(world, scheme):
    club = add(
        world,
        "Signed Lives",
        kind="user_led",
        communities=[CommunityLinkDetails(world.nested, "led_by")],
        networks=[NetworkDetails(scheme)],
    )
    near = reports.around(club, reader=world.amina)
    assert [(line.name, line.part) for line in near.networks] == [("Neighbourhood Network Scheme", "member")]
    assert (near.children, near.members, club.parent) == ([], [], None)


def test_a_group_may_come_back_to_a_network_it_left_and_is_never_in_it_twice(world, scheme):
    left = NetworkDetails(scheme, first_day=date(2022, 1, 1), last_day=date(2023, 1, 1))
    back = add(world, "Back again", networks=[left, NetworkDetails(scheme, first_day=date(2025, 1, 1))])
    assert back.networks.count() == 2
    with pytest.raises(InputBlocked) as refusal:
        add(world, "Twice", networks=[NetworkDetails(scheme), NetworkDetails(scheme, "leads")])
    assert refusal.value.by_field() == {"networks": ["A group stands once in a network at a time"]}
    backwards = NetworkDetails(scheme, first_day=date(2025, 1, 1), last_day=date(2024, 1, 1))
    details = OrganisationDetails(name="Itself", networks=[backwards, NetworkDetails(scheme)])
    with pytest.raises(InputBlocked) as refusal:
        change_organisation(actor=world.amina, organisation=scheme, details=details)
    assert set(refusal.value.by_field()["networks"]) == {rules.NETWORK_BACKWARDS.words, rules.NETWORK_ITSELF.words}


def test_a_group_is_put_into_a_network_and_given_areas_on_its_page(world, scheme, signed_in):
    sent = {
        "name": world.group.name, "kind": "faith", "version": "1", "communities-rows": "1", "areas-rows": "2",
        "areas-0-area": str(world.east.pk), "networks-rows": "1", "networks-0-network": "neighbourhood network scheme",
        "networks-0-part": "member", "networks-0-first_day_day": "1", "networks-0-first_day_month": "9",
        "networks-0-first_day_year": "2026",
    }  # fmt: skip
    answer = signed_in(world.amina).post(page_of(world.group, "change/"), sent)
    assert answer["Location"] == page_of(world.group)
    row = world.group.networks.get()
    assert (row.network, row.part, row.first_day) == (scheme, "member", date(2026, 9, 1))
    assert list(world.group.areas_served.all()) == [world.east]
    page = words_on(signed_in(world.amina).get(page_of(world.group, "change/")))
    assert 'value="Neighbourhood Network Scheme"' in page
    assert f'<option value="{world.east.pk}" selected>East</option>' in page


def test_what_a_group_does_in_a_network_is_asked_for(world, scheme, signed_in):
    sent = {"name": "X", "networks-rows": "1", "networks-0-network": scheme.name}
    page = words_on(signed_in(world.amina).post(f"{LIST}new/", sent))
    assert "Choose whether the group leads the network or is a member" in page


class TestConfirming:
    def test_who_said_so_and_to_whom_stands_on_the_page_from_then_on(self, world, signed_in):
        client = signed_in(world.amina)
        assert "Not confirmed yet" in words_on(client.get(page_of(world.group)))
        page = words_on(client.post(page_of(world.group, "confirm/"), {"version": "1", "with_whom": " "}))
        assert '<a href="#id_with_whom">Write who in the group said that this is right, by role</a>' in page
        client.post(page_of(world.group, "confirm/"), {"version": "1", "with_whom": "the chair"})
        page = words_on(client.get(page_of(world.group)))
        assert "by Amina, with <bdi>the chair</bdi>" in page
        assert "Not confirmed" not in page

    def test_after_a_year_it_is_to_be_asked_again_in_words_and_as_a_filter(self, world, signed_in):
        confirm_organisation(actor=world.amina, organisation=world.group, with_whom="the chair")
        confirm_organisation(actor=world.amina, organisation=world.south_group, with_whom="the warden")
        with writing_allowed():
            Organisation.objects.filter(pk=world.group.pk).update(confirmed_on=timezone.localdate() - timedelta(366))
        client = signed_in(world.amina)
        assert "Not confirmed for over a year" in words_on(client.get(page_of(world.group)))
        page = words_on(client.get(LIST, {"unconfirmed": "true"}))
        assert page_of(world.group) in page
        assert page_of(world.south_group) not in page

    def test_a_group_that_no_longer_exists_is_confirmed_by_nobody(self, world):
        gone = add(world, "Gone", closed_on=timezone.localdate())
        with pytest.raises(InputBlocked, match="no longer exists"):
            confirm_organisation(actor=world.amina, organisation=gone, with_whom="the chair")

    @pytest.mark.parametrize("who", ["analyst", "publisher", "auditor", "leaver", "stranger", "nobody"])
    def test_who_meets_nobody_confirms_nothing(self, world, who):
        with pytest.raises(Refused):
            confirm_organisation(actor=world.everybody()[who], organisation=world.group, with_whom="the chair")
