"""Logging a contact through the action."""

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from engagement.log.actions import log_event
from engagement.log.details import EventDetails, PointDetails
from engagement.log.models import EngagementEvent


def test_a_contact_takes_its_ward_locality_community_and_team_from_the_group_and_the_officer(world):
    event = world.contact()
    assert (event.area, event.locality, event.team) == (world.east_ward, world.east, world.east_team)
    assert [row.community for row in event.reach.all()] == [world.community]
    assert list(event.officers.all()) == [world.amina]
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"contact.logged", "point.added"}


def test_everything_missing_is_said_at_once(world):
    with pytest.raises(InputBlocked) as refusal:
        log_event(actor=world.amina, details=EventDetails(occurred_on=None))
    assert refusal.value.by_field() == {
        "people": ["Select who you met"],
        "occurred_on": ["Enter a real date, like 24 11 2026"],
        "points": ["Write what people told you. One sentence is enough"],
    }
    assert not EngagementEvent.objects.exists()


@pytest.mark.parametrize("who", ["analyst", "publisher", "auditor", "administrator", "leaver", "stranger", "nobody"])
def test_who_meets_nobody_logs_nothing(world, who):
    details = EventDetails(
        occurred_on=timezone.localdate(), organisations=[world.group], points=[PointDetails(words="x")]
    )
    with pytest.raises(Refused):
        log_event(actor=world.everybody()[who], details=details)


def test_another_localitys_officer_sees_the_summary_and_not_the_words(world):
    event = world.contact()
    assert event not in EngagementEvent.objects.visible_to(world.joe)
    assert event in EngagementEvent.objects.summaries_visible_to(world.joe)
    assert event in EngagementEvent.objects.visible_to(world.manager)
