"""Keeping the council's list of communities."""

import pytest

from crm.audit.models import AuditEvent, Revision
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked, Stale
from crm.communities.actions import add_community, change_community, note_good_to_know
from crm.communities.details import CommunityDetails
from crm.communities.models import Community, CommunityLink


def nesting():
    """Every pair of the closure with its depth, by name."""
    rows = CommunityLink.objects.values_list("ancestor__name", "descendant__name", "depth")
    return {(ancestor, descendant): depth for ancestor, descendant, depth in rows}


def details(community, **changes):
    return CommunityDetails(**{"name": community.name, "parent": community.parent, **changes})


def test_a_new_community_lies_in_everything_that_encloses_its_parent(world):
    add_community(actor=world.lead, details=CommunityDetails(name="Kashmiri mothers", parent=world.nested))
    assert nesting() == {
        ("Kashmiri community", "Kashmiri community"): 0,
        ("Kashmiri women", "Kashmiri women"): 0,
        ("Kashmiri mothers", "Kashmiri mothers"): 0,
        ("Kashmiri community", "Kashmiri women"): 1,
        ("Kashmiri women", "Kashmiri mothers"): 1,
        ("Kashmiri community", "Kashmiri mothers"): 2,
    }


def test_moving_a_community_takes_what_lies_in_it_along(world):
    mothers = add_community(actor=world.lead, details=CommunityDetails(name="Mothers", parent=world.nested))
    women = add_community(actor=world.lead, details=CommunityDetails(name="Women"))
    change_community(actor=world.lead, community=world.nested, details=details(world.nested, parent=women))
    found = nesting()
    assert found["Women", "Mothers"] == 2
    assert found["Kashmiri women", "Mothers"] == 1
    assert not [pair for pair in found if pair[0] == "Kashmiri community" and pair[1] != "Kashmiri community"]
    change_community(actor=world.lead, community=world.nested, details=details(world.nested, parent=None))
    assert ("Women", "Mothers") not in nesting()
    assert Community.objects.within(world.nested).filter(pk=mothers.pk).exists()


@pytest.mark.parametrize("inside", ["community", "nested"])
def test_a_community_cannot_lie_in_itself_nor_in_one_that_lies_in_it(world, inside):
    before = nesting()
    with pytest.raises(InputBlocked) as refusal:
        change_community(
            actor=world.lead, community=world.community, details=details(world.community, parent=getattr(world, inside))
        )
    assert refusal.value.by_field() == {"parent": ["A community cannot lie in itself or in one that lies in it"]}
    assert nesting() == before


def test_renaming_keeps_the_old_name(world):
    change_community(actor=world.lead, community=world.community, details=details(world.community, name="Kashmiris"))
    assert [row.name for row in world.community.former_names.all()] == ["Kashmiri community"]


def test_a_name_stands_once_however_it_is_written(world):
    with pytest.raises(InputBlocked) as refusal:
        add_community(actor=world.lead, details=CommunityDetails(name=" kashmiri Community "))
    assert refusal.value.by_field() == {"name": ["There is a community of this name already"]}


def test_only_leads_and_managers_keep_the_list(world):
    for name, user in world.everybody().items():
        if name in ("lead", "manager"):
            add_community(actor=user, details=CommunityDetails(name=f"Added by {name}"))
        else:
            with pytest.raises(Refused):
                add_community(actor=user, details=CommunityDetails(name=f"Added by {name}"))


def test_an_officer_notes_what_is_good_to_know(world):
    note_good_to_know(actor=world.amina, community=world.community, words="Not on Fridays.")
    world.community.refresh_from_db()
    assert world.community.good_to_know == "Not on Fridays."
    with pytest.raises(Refused):
        note_good_to_know(actor=world.chen, community=world.community, words="x")


def test_a_change_of_languages_alone_is_a_new_version_and_one_audit_event(world):
    changed = change_community(
        actor=world.lead,
        community=world.community,
        details=details(world.community, good_to_know=world.community.good_to_know, languages=[world.urdu]),
        expected_version=1,
    )
    assert changed.version == 2
    event = AuditEvent.objects.get(subject_id=str(changed.pk))
    assert event.fields == ["languages"]
    assert Revision.objects.get(event=event).values == {"languages": [[], [str(world.urdu.pk)]]}
    with pytest.raises(Stale):
        change_community(
            actor=world.lead, community=world.community, details=details(world.community), expected_version=1
        )
