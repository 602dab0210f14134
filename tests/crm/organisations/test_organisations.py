"""Adding and changing groups."""

import pytest

from crm.audit.models import AuditEvent
from crm.base.naming import names_like
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from crm.organisations.actions import add_organisation, change_organisation
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.models import Organisation


def test_a_group_keeps_its_communities_languages_and_a_number_in_one_form(world):
    group = add_organisation(
        actor=world.amina,
        details=OrganisationDetails(
            name=" Sunrise Carers ",
            languages=[world.urdu],
            phone="07700 900123",
            communities=[CommunityLinkDetails(world.community, "speaks_for")],
        ),
    )
    assert (group.name, group.phone) == ("Sunrise Carers", "+447700900123")
    assert [str(link.relation) for link in group.community_links.all()] == ["speaks_for"]
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["organisation.added"]


def test_everything_missing_is_said_at_once(world):
    twice = [CommunityLinkDetails(world.community, "led_by"), CommunityLinkDetails(world.community, "works_with")]
    with pytest.raises(InputBlocked) as refusal:
        add_organisation(actor=world.amina, details=OrganisationDetails(name=" ", phone="12", communities=twice))
    assert refusal.value.by_field() == {
        "name": ["Write the name of the group"],
        "phone": ["Write a phone number, like 07700 900123"],
        "communities": ["Say once how the group stands to a community"],
    }


def test_a_web_address_that_is_none_is_refused_beside_its_field(world):
    with pytest.raises(InputBlocked) as refusal:
        add_organisation(actor=world.amina, details=OrganisationDetails(name="Sunrise", website="not a site"))
    assert list(refusal.value.by_field()) == ["website"]


def test_a_group_cannot_belong_to_one_that_belongs_to_it(world):
    child = add_organisation(actor=world.amina, details=OrganisationDetails(name="Inner", parent=world.group))
    for parent in (world.group, child):
        with pytest.raises(InputBlocked) as refusal:
            change_organisation(
                actor=world.amina, organisation=world.group, details=OrganisationDetails(name="Outer", parent=parent)
            )
        assert list(refusal.value.by_field()) == ["parent"]


@pytest.mark.parametrize("typed", ["Al Noor mosque womens group", "AL-NUR MOSK, WOMENS GROUP", "Al-Noor Mosque"])
def test_a_group_of_a_name_like_it_is_noticed_and_not_forbidden(world, typed):
    known = world.group
    assert [found.id for found in names_like("organisation", typed, reader=world.amina)] == [known.pk]
    assert names_like("organisation", known.name, reader=world.amina, besides=known) == []
    add_organisation(actor=world.amina, details=OrganisationDetails(name=known.name))
    assert Organisation.objects.filter(name=known.name).count() == 2


@pytest.mark.parametrize("typed", ["Al-Noor Nursery", "Women's group of the library", "Mosque"])
def test_another_name_is_no_warning(world, typed):
    assert names_like("organisation", typed, reader=world.amina) == [], "the group of the world is another"


def test_changing_only_the_communities_is_a_new_version(world):
    same = OrganisationDetails(name=world.group.name, kind=world.group.kind, area=world.east_ward,
                               good_to_know=world.group.good_to_know)  # fmt: skip
    changed = change_organisation(actor=world.joe, organisation=world.group, details=same, expected_version=1)
    assert (changed.version, changed.community_links.count()) == (2, 0)
    assert AuditEvent.objects.get().fields == ["communities"]
    with pytest.raises(Stale):
        change_organisation(actor=world.joe, organisation=world.group, details=same, expected_version=1)


@pytest.mark.parametrize("who", ["analyst", "publisher", "auditor", "administrator", "leaver", "stranger", "nobody"])
def test_who_meets_nobody_adds_no_group(world, who):
    with pytest.raises(Refused):
        add_organisation(actor=world.everybody()[who], details=OrganisationDetails(name="x"))
