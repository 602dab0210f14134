"""A record looked up by its key beside each row: what the reader may see of it, and nothing of another."""

import pytest
from django.db.models import Q
from django.utils import timezone

from crm.base.lookups import among, by_key
from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.actions import restrict_event
from engagement.log.details import PromiseDetails
from engagement.log.models import Contribution, Promise

pytestmark = pytest.mark.django_db


def promised(world, words):
    return world.contact(promises=[PromiseDetails(words=words, due_on=timezone.localdate())])


def test_a_value_comes_where_the_reader_may_see_the_record_and_nothing_where_they_may_not(world):
    world.contact(people=[world.person])

    def names():
        seen = Person.objects.visible_to(world.joe)
        return set(Contribution.objects.values_list(by_key(seen, "person"), by_key(seen, "person", "name")))

    with writing_allowed():
        Person.objects.update(restricted=True)
    assert names() == {(None, None)}
    with writing_allowed():
        world.person.named_readers.add(world.joe)
    assert names() == {(world.person.pk, world.person.name)}


def test_a_row_is_found_by_either_way_of_seeing_it(world):
    own, other = promised(world, "Ring back"), promised(world, "Send a form")
    restrict_event(actor=world.amina, event=other, readers=[world.lead])
    rows = Promise.objects.filter(among(type(own).objects.visible_to(world.lead), "event") | Q(event=own))
    assert {row.event_id for row in rows} == {own.pk, other.pk}
    seen = Promise.objects.filter(among(type(own).objects.visible_to(world.manager), "event"))
    assert {row.event_id for row in seen} == {own.pk}
