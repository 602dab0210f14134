"""The pages about groups."""

import pytest
from django.urls import reverse

from crm.base.views import STALE_WORDS
from crm.organisations.actions import add_organisation, change_organisation
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.models import Organisation
from crm.people.actions import add_person
from crm.people.details import PersonDetails, RoleDetails
from tests.crm.people.test_pages import unlabelled, words_on

LIST, NEW = "/workspace/groups/", "/workspace/groups/new/"


def page_of(group, end=""):
    return f"/workspace/groups/{group.pk}/{end}"


def typed(**changes):
    return {"name": "Sunrise Carers", "kind": "charity", "communities-rows": "1", **changes}


def test_adding_a_group_with_its_community(world, signed_in):
    sent = typed(
        parent="Bridge Lane traveller site",
        phone="07700 900123",
        languages=[str(world.urdu.pk)],
        **{"communities-0-community": str(world.community.pk), "communities-0-relation": "speaks_for"},
    )
    response = signed_in(world.amina).post(NEW, sent)
    group = Organisation.objects.get(name="Sunrise Carers")
    assert response["Location"] == page_of(group)
    assert (group.parent, group.kind) == (world.south_group, "charity")
    page = words_on(signed_in(world.amina).get(page_of(group)))
    for words in ("Speaks for <a", "Kashmiri community", "Urdu", "07700 900123", "Belongs to"):
        assert words in page


def test_a_relation_is_asked_for_when_a_community_was_chosen(world, signed_in):
    sent = typed(**{"communities-0-community": str(world.community.pk)})
    page = words_on(signed_in(world.amina).post(NEW, sent))
    assert '<a href="#id_communities-0-relation">Choose how the group stands to this community</a>' in page


def test_a_group_of_a_name_like_it_is_shown_once_before_saving(world, signed_in):
    client = signed_in(world.amina)
    known = add_organisation(actor=world.joe, details=OrganisationDetails(name="Hooyo Somali Mothers"))
    page = words_on(client.post(NEW, typed(name="Hoyo Somaly Mothers", good_to_know="Ring first")))
    for words in ("We may know this group already.", page_of(known), "Save anyway", "Ring first"):
        assert words in page
    assert Organisation.objects.count() == 3
    client.post(NEW, typed(name="Hoyo Somaly Mothers", seen="yes"))
    assert Organisation.objects.count() == 4


def test_a_group_that_belongs_to_itself_is_refused_beside_the_field(world, signed_in):
    sent = typed(name=world.group.name, parent=world.group.name, version="1")
    page = words_on(signed_in(world.amina).post(page_of(world.group, "change/"), sent))
    assert '<a href="#id_parent">A group cannot belong to itself or to one that belongs to it</a>' in page


def test_a_colleagues_change_is_not_lost(world, signed_in):
    change_organisation(actor=world.joe, organisation=world.group, details=OrganisationDetails(name="Renamed"))
    sent = typed(name="Mine", version="1", good_to_know="Ring the bell twice")
    page = words_on(signed_in(world.amina).post(page_of(world.group, "change/"), sent))
    assert STALE_WORDS in page
    assert "Ring the bell twice" in page


def test_the_page_shows_what_to_get_right_and_leads_to_logging_a_contact(world, signed_in):
    page = words_on(signed_in(world.amina).get(page_of(world.group)))
    assert "Shoes off at the door." in page
    assert f"/workspace/contacts/new/?with={world.group.pk}" in page


def test_people_of_a_group_are_shown_to_who_may_see_them(world, signed_in):
    role = RoleDetails(world.group, "Chair")
    add_person(actor=world.amina, details=PersonDetails(name="Hodan Farah", area=world.east_ward, roles=[role]))
    assert "Hodan Farah" in words_on(signed_in(world.amina).get(page_of(world.group)))
    assert "Hodan Farah" not in words_on(signed_in(world.joe).get(page_of(world.group)))


def test_the_list_narrows_by_community_with_what_lies_in_it(world, signed_in):
    link = CommunityLinkDetails(world.nested, "led_by")
    add_organisation(actor=world.amina, details=OrganisationDetails(name="Mothers' circle", communities=[link]))
    page = words_on(signed_in(world.amina).get(LIST, {"community": str(world.community.pk)}))
    assert "Mothers&#x27; circle" in page
    assert world.south_group.name not in page
    page = words_on(signed_in(world.amina).get(LIST, {"locality": str(world.south.pk)}))
    assert world.south_group.name in page
    assert "Mothers&#x27; circle" not in page


@pytest.mark.parametrize("address", ["groups", "add-group"])
def test_every_control_has_a_label(world, signed_in, address):
    assert unlabelled(words_on(signed_in(world.amina).get(reverse(f"workspace:{address}")))) == []


def test_list_and_page_cost_the_same_for_one_and_for_ten(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.amina)
    client.get(LIST)  # the first page of a process asks once for what all later ones know

    def cost(address):
        with django_assert_max_num_queries(15) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    world.contact()
    addresses = (LIST, page_of(world.group))
    before = [cost(address) for address in addresses]
    link = CommunityLinkDetails(world.community, "works_with")
    for number in range(10):
        details = OrganisationDetails(name=f"G {number}", area=world.east_ward, parent=world.group, communities=[link])
        add_organisation(actor=world.amina, details=details)
        world.contact()
    assert [cost(address) for address in addresses] == before
