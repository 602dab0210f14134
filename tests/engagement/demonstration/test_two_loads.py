"""The demonstration is the same every time."""

from __future__ import annotations

import pytest

from crm.panels.models import Membership
from crm.people.models import Person
from engagement.log.models import Point, Promise
from tests import grounds


def fingerprint():
    people = list(Person.objects.order_by("pk").values_list("pk", "name", "age_band", "contact_rules"))
    points = list(Point.objects.order_by("pk").values_list("pk", "words", "event__occurred_on"))
    promises = list(Promise.objects.order_by("pk").values_list("pk", "words", "state", "due_on"))
    members = list(Membership.objects.order_by("pk").values_list("pk", "person", "seat", "first_day"))
    return people, points, promises, members


@pytest.fixture
def demonstration(django_db_setup, django_db_blocker):
    """As it lies there for the tests that read it, next to which this one has its turn: it takes one load more, not
    two. Without a transaction of the test's own, in which nothing could be loaded anew."""
    with django_db_blocker.unblock():
        grounds.stand_on("demonstration")
        yield


@pytest.mark.once
def test_two_loads_on_one_day_tell_the_same_story(demonstration):
    told = fingerprint()
    grounds.stand_on("")
    grounds.stand_on("demonstration")
    assert all(told)
    assert told == fingerprint()
