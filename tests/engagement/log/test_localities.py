"""A contact's locality is the one its ward lay in on its day."""

from datetime import timedelta

from django.utils import timezone

from crm.areas.actions import groupings_corrected
from crm.areas.models import AreaGrouping
from crm.base.writing import writing_allowed
from engagement.log.models import EngagementEvent


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
