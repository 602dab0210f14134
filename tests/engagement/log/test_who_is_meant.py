"""Whom an officer may mean who types a part of a name, or one that is spelt in another way."""

from __future__ import annotations

import pytest

from crm.base.actors import SYSTEM
from crm.organisations.actions import add_organisation
from crm.organisations.details import OrganisationDetails
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from crm.search.actions import rebuild_search
from engagement.log.meant import MOST, known_by_name, may_be_meant
from engagement.log.models import EngagementEvent
from tests.engagement.log.test_before_saving import another, offered, shown
from tests.engagement.log.test_logging_page import NEW

pytestmark = pytest.mark.both
PEOPLE = ("Kausar Begum", "Kausar Bibi", "Kausar Iqbal", "Nasreen Kauser", "Lee Wong")
GROUPS = ("Jameela Carers", "Kashmiri Elders of Small Heath", "Lantern Singers", "Imam Ali Centre")


@pytest.fixture
def known(world):
    """People and groups of the East, whose names share words."""
    for name in PEOPLE:
        add_person(actor=world.amina, details=PersonDetails(name=name, area=world.east_ward))
    for name in GROUPS:
        details = OrganisationDetails(name=name, kind="community_group", area=world.east_ward)
        add_organisation(actor=world.amina, details=details)
    rebuild_search(actor=SYSTEM)
    return world


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kausar", {"Kausar Begum", "Kausar Bibi", "Kausar Iqbal", "Nasreen Kauser"}),
        ("Begum", {"Parveen Begum", "Kausar Begum"}),
        ("Jamila", {"Jameela Carers"}),
        ("Kashmiri Elders", {"Kashmiri Elders of Small Heath"}),
        ("Kashmiri Eldrs", {"Kashmiri Elders of Small Heath"}),
        ("kashmiri elders small heath", {"Kashmiri Elders of Small Heath"}),
        ("Kashmiri", {"Kashmiri community", "Kashmiri women", "Kashmiri Elders of Small Heath"}),
        ("Singers", {"Lantern Singers"}),
    ],
)
def test_a_part_of_a_name_is_enough(known, typed, meant):
    assert {one.name for one in may_be_meant(typed, known.amina)} == meant


@pytest.mark.parametrize(
    "typed",
    [
        "A carer at the library", "carer", "Carer's friend", "A mother", "Head teacher", "Youth worker", "of",
        "Mohammed", "Leigh", "The lunch club", "Elders’ friend", "Lantern makers",
    ],
)  # fmt: skip
def test_a_role_or_another_name_is_nobody_we_know(known, typed):
    assert may_be_meant(typed, known.amina) == []


def test_they_are_few_the_likeliest_first_and_never_somebody_one_may_not_see(known):
    for number in range(4):
        name = f"Kausar {'ABCD'[number]}khtar Parveen Malik"
        add_person(actor=known.amina, details=PersonDetails(name=name, area=known.east_ward))
    rebuild_search(actor=SYSTEM)
    found = [one.name for one in may_be_meant("Kausar", known.amina)]
    assert len(found) == MOST == 5
    assert set(found[:4]) == set(PEOPLE[:4])
    assert may_be_meant("Kausar", known.joe) == []


def test_the_page_offers_them_and_saves_nothing_before(known, signed_in):
    page = shown(signed_in(known.amina).post(NEW, another(known, "Kashmiri Elders")))
    assert "Did you mean Kashmiri Elders of Small Heath?" in page
    assert "Kashmiri Elders of Small Heath" in page.split(offered(page)[0])[1]
    assert not EngagementEvent.objects.exists()


def test_a_name_typed_whole_is_linked_though_others_begin_like_it(known, signed_in):
    details = OrganisationDetails(name="Kashmiri Elders", kind="community_group", area=known.east_ward)
    group = add_organisation(actor=known.amina, details=details)
    rebuild_search(actor=SYSTEM)
    assert signed_in(known.amina).post(NEW, another(known, "kashmiri elders")).status_code == 302
    assert list(EngagementEvent.objects.get().organisations.all()) == [group]


def test_a_group_that_bears_a_persons_name_is_asked_about_and_in_no_ones_way(known, signed_in):
    details = OrganisationDetails(name="Lee Wong", kind="community_group", area=known.east_ward)
    group = add_organisation(actor=known.amina, details=details)
    rebuild_search(actor=SYSTEM)
    assert known_by_name("lee wong", known.amina) is None
    assert known_by_name("lee wong", known.amina, Person) == Person.objects.get(name="Lee Wong")
    page = shown(signed_in(known.amina).post(NEW, another(known, "Lee Wong")))
    assert "Did you mean" in page
    assert {str(group.pk), str(Person.objects.get(name="Lee Wong").pk)} <= set(offered(page))
    assert not EngagementEvent.objects.exists()
