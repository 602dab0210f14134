"""The search page."""

import pytest

from crm.organisations.actions import add_organisation
from crm.organisations.details import OrganisationDetails
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from tests.crm.people.test_pages import unlabelled, words_on

pytestmark = pytest.mark.both

PAGE = "/workspace/search/"


def known(world):
    add_person(actor=world.amina, details=PersonDetails(name="Parveen Sultana", area=world.east_ward))
    add_organisation(actor=world.amina, details=OrganisationDetails(name="Parveen's kitchen"))


def test_results_are_grouped_by_kind(world, signed_in):
    known(world)
    page = words_on(signed_in(world.amina).post(PAGE, {"words": "parvin"}))
    assert page.index("People</h2>") < page.index("Parveen Sultana") < page.index("Groups</h2>")
    assert "Parveen&#x27;s kitchen" in page


def test_one_kind_alone_can_be_looked_in(world, signed_in):
    known(world)
    page = words_on(signed_in(world.amina).post(PAGE, {"words": "p", "kind": "organisation"}))
    assert "Parveen&#x27;s kitchen" in page
    assert "Parveen Sultana" not in page


def test_another_localitys_officer_finds_the_group_and_not_the_person(world, signed_in):
    known(world)
    page = words_on(signed_in(world.joe).post(PAGE, {"words": "parveen"}))
    assert "Parveen&#x27;s kitchen" in page
    assert "Parveen Sultana" not in page


def test_nothing_found_says_what_to_try(world, signed_in):
    page = words_on(signed_in(world.amina).post(PAGE, {"words": "xyzzy"}))
    assert "We did not find that. Check the spelling, or try fewer letters." in page


def test_words_never_stand_in_an_address(world, signed_in):
    known(world)
    page = words_on(signed_in(world.amina).get(PAGE, {"words": "parveen"}))
    assert "Parveen Sultana" not in page
    assert 'method="post"' in page


def test_an_empty_box_says_what_to_write(world, signed_in):
    page = words_on(signed_in(world.amina).post(PAGE, {"words": "  "}))
    assert '<a href="#id_words">Write a name or a word</a>' in page
    assert unlabelled(page) == []


def test_a_search_costs_few_queries(world, signed_in, django_assert_max_num_queries):
    known(world)
    client = signed_in(world.amina)
    client.get(PAGE)
    with django_assert_max_num_queries(25):
        client.post(PAGE, {"words": "parvin"})
