"""The pages about communities."""

import pytest

from crm.communities.actions import add_community
from crm.communities.details import CommunityDetails
from crm.communities.models import Community
from tests.crm.people.test_pages import unlabelled, words_on

LIST, NEW = "/workspace/communities/", "/workspace/communities/new/"


def page_of(community, end=""):
    return f"/workspace/communities/{community.pk}/{end}"


def test_the_list_is_nested(world, signed_in):
    page = words_on(signed_in(world.analyst).get(LIST))
    outer, inner = page.index("Kashmiri community</a>"), page.index("Kashmiri women</a>")
    assert outer < page.index("<ul", outer) < inner
    assert "Add a community" not in page


def test_a_lead_adds_and_moves_a_community(world, signed_in):
    client = signed_in(world.lead)
    sent = {"name": "Mothers", "kind": "community", "rhythm_days": "30", "parent": str(world.nested.pk)}
    client.post(NEW, sent)
    mothers = Community.objects.get(name="Mothers")
    assert Community.objects.within(world.community).filter(pk=mothers.pk).exists()
    page = words_on(client.post(page_of(world.community, "change/"), {**sent, "name": "Kashmiri community",
                    "parent": str(mothers.pk), "version": "1"}))  # fmt: skip
    assert "A community cannot lie in itself or in one that lies in it" in page


def test_an_officer_writes_what_is_good_to_know_and_changes_nothing_else(world, signed_in):
    client = signed_in(world.amina)
    assert client.get(page_of(world.community, "change/")).status_code == 403
    client.post(page_of(world.community, "good-to-know/"), {"good_to_know": "Not on Fridays.", "version": "1"})
    assert "Not on Fridays." in words_on(client.get(page_of(world.community)))
    late = client.post(page_of(world.community, "good-to-know/"), {"good_to_know": "Lost?", "version": "1"})
    assert "Lost?" in words_on(late)
    assert "Somebody else changed this" in words_on(late)


def test_groups_stand_by_how_they_relate(world, signed_in):
    page = words_on(signed_in(world.amina).get(page_of(world.community)))
    assert page.index("Led by them") < page.index("Al-Noor Mosque")
    assert "Al-Noor" not in words_on(signed_in(world.analyst).get(page_of(world.community)))


@pytest.mark.parametrize("end", ["", "new/"])
def test_every_control_has_a_label(world, signed_in, end):
    assert unlabelled(words_on(signed_in(world.lead).get(LIST + end))) == []


def test_the_list_costs_the_same_for_two_and_for_twelve(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.amina)
    client.get(LIST)  # the first page of a process asks once for what all later ones know

    def cost():
        with django_assert_max_num_queries(15) as counted:
            client.get(LIST)
        return len(counted)

    before = cost()
    for number in range(10):
        add_community(actor=world.lead, details=CommunityDetails(name=f"C {number}", parent=world.nested))
    assert cost() == before
