"""A contact's locality is the one its ward lay in on its day; without a ward, the one its logger works in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import RoleGrant
from crm.areas.actions import groupings_corrected
from crm.areas.models import AreaGrouping
from crm.base.writing import writing_allowed
from engagement.log.models import EngagementEvent
from tests.engagement.log.test_logging_page import NEW, told


def test_a_contact_keeps_the_locality_of_its_day_when_its_ward_moves(world):
    today = timezone.localdate()
    with writing_allowed():
        AreaGrouping.objects.filter(inner=world.east_ward).update(last_day=today - timedelta(days=1))
        AreaGrouping.objects.create(inner=world.east_ward, outer=world.south, first_day=today)
    before, after = world.contact(occurred_on=today - timedelta(days=1)), world.contact()
    assert (before.locality, after.locality) == (world.east, world.south)


def test_a_correction_of_the_ward_finds_the_locality_of_its_contacts_and_people_again(world, monkeypatch):
    event = world.contact()
    from crm.audit import actions as audit

    ledger = audit._Ledger(actor_id=None, correlation=event.pk)
    token = audit._ledger.set(ledger)
    with writing_allowed():
        AreaGrouping.objects.filter(inner=world.east_ward).update(outer=world.south)
        for follow in groupings_corrected:
            follow([world.east_ward])
    audit._ledger.reset(token)
    event = EngagementEvent.objects.get()
    world.person.refresh_from_db()
    assert (event.locality, event.version) == (world.south, 2)
    assert world.person.locality == world.south


STALL = {"organisations": [], "met_in_words": "A stall", "place": "The library"}


def with_a_second_role(user, **reach):
    with writing_allowed():
        RoleGrant.objects.create(user=user, role="officer", **reach)
    return type(user).objects.get(pk=user.pk)  # roles are read once a request


def test_the_officer_of_the_east_reads_what_her_champion_heard_at_a_stall_without_a_ward(world, signed_in):
    signed_in(world.chen).post(NEW, told(world, met="other", met_other="A stall", promised="no"))
    event = EngagementEvent.objects.get()
    assert (event.area, event.team, event.locality) == (None, None, world.east)
    address = f"/workspace/contacts/{event.pk}/"
    assert signed_in(world.amina).get(address).status_code == 200
    assert signed_in(world.joe).get(address).status_code == 404


def test_by_the_api_too(world, caller):
    sent = {"occurred_on": str(timezone.localdate()), "met_in_words": "A stall", "points": [{"words": "More benches"}]}
    assert caller(world.chen).post("/engagement-events/", sent).status_code == 201
    assert EngagementEvent.objects.get().locality == world.east


def test_the_ward_says_it_where_one_is_said_in_a_locality_or_in_none(world):
    assert world.contact(world.chen, organisations=[world.south_group]).locality == world.south
    with writing_allowed():
        AreaGrouping.objects.filter(inner=world.south_ward).delete()
    assert world.contact(world.chen, **{**STALL, "area": world.south_ward}).locality is None


@pytest.mark.parametrize("where", ["south", None])
def test_whoever_works_in_two_localities_or_anywhere_has_none_to_give(world, where):
    assert world.contact(world.amina, **STALL).locality == world.east
    both = with_a_second_role(world.amina, locality=getattr(world, where) if where else None)
    assert world.contact(both, **STALL).locality is None
    assert world.contact(world.lead, **STALL).locality is None
