"""A promise remembered after the contact was saved: to whom it was made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.details import ReachDetails
from engagement.log.models import Promise


def added(client, event, **more):
    """The officer adds a promise on its page."""
    due = timezone.localdate() + timedelta(days=7)
    day = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    answer = client.post(f"/workspace/contacts/{event.pk}/promises/new/", {"words": "Ring back", **day, **more})
    assert answer.status_code == 302
    return Promise.objects.get(words="Ring back")


def asked(client, event):
    return client.get(f"/workspace/contacts/{event.pk}/promises/new/").content.decode()


def test_it_is_made_to_the_group_that_was_met_and_stands_among_its_open_promises(world, signed_in):
    client = signed_in(world.amina)
    promise = added(client, world.contact())
    assert (promise.to_organisation, promise.to_person, promise.to_community) == (world.group, None, None)
    assert "Ring back" in client.get(f"/workspace/groups/{world.group.pk}/").content.decode()


def test_by_the_api_too(world, caller):
    event, amina, due = world.contact(), caller(world.amina), str(timezone.localdate())
    made = amina.post("/promises/", {"event": str(event.pk), "words": "Ring back", "due_on": due})
    assert amina.get(made.json()["url"]).json()["to_organisation"]["id"] == str(world.group.pk)
    named = {"event": str(event.pk), "words": "Write", "due_on": due, "to_organisation": str(world.south_group.pk)}
    other = amina.post("/promises/", named)
    assert amina.get(other.json()["url"]).json()["to_organisation"]["id"] == str(world.south_group.pk)


def test_without_a_group_it_is_made_to_the_person_and_without_one_to_the_community(world, signed_in):
    client, community = signed_in(world.amina), [ReachDetails(community=world.community)]
    to_person = added(client, world.contact(organisations=[], people=[world.person], reach=community))
    assert (to_person.to_person, to_person.to_community) == (world.person, None)
    with writing_allowed():
        Promise.objects.filter(pk=to_person.pk).update(words="An older one")
    assert added(client, world.contact(organisations=[], reach=community)).to_community == world.community


@pytest.mark.parametrize("chosen", ["south_group", "person", "community"])
def test_where_more_than_one_was_met_the_page_asks_to_whom(world, signed_in, chosen):
    event, client = (
        world.contact(organisations=[world.group, world.south_group], people=[world.person]),
        signed_in(world.amina),
    )
    page, wanted = asked(client, event), getattr(world, chosen)
    assert "To whom?" in page
    for subject in (world.group, world.south_group, world.person, world.community):
        assert f'value="{subject.pk}"' in page, subject
    promise = added(client, event, to_whom=str(wanted.pk))
    assert [promise.to_organisation, promise.to_person, promise.to_community].count(wanted) == 1
    assert [promise.to_organisation, promise.to_person, promise.to_community].count(None) == 2


def test_where_one_was_met_it_does_not_ask(world, signed_in):
    event = world.contact(organisations=[world.south_group])
    assert "To whom?" not in asked(signed_in(world.amina), event)


def test_a_person_one_may_not_see_is_neither_offered_nor_filled_in(world, signed_in):
    nobody_else = world.contact(organisations=[], people=[world.person])
    event, client = world.contact(people=[world.person]), signed_in(world.amina)
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
    page = asked(client, event)
    assert world.community.name in page
    assert world.person.name not in page
    assert str(world.person.pk) not in page
    assert added(client, nobody_else).to_person is None


def test_somebody_who_was_not_there_cannot_be_chosen(world, signed_in):
    event, client = world.contact(), signed_in(world.amina)
    sent = {"words": "Ring back", "to_whom": str(world.south_group.pk)}
    answer = client.post(f"/workspace/contacts/{event.pk}/promises/new/", sent)
    assert "Choose one of those you met" in answer.content.decode()
    assert not Promise.objects.exists()
