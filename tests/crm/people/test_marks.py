"""Whoever is shown a restricted person leaves a mark, once each time: in lists, search, cards, at home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.people.actions import add_person
from crm.people.details import PersonDetails, RoleDetails
from tests.crm.access.helpers import a_need, a_no_need


def marks(reader, person):
    return AuditEvent.objects.filter(verb="person.read", actor=reader, subject_id=str(person.pk)).count()


@pytest.fixture
def close(world):
    """A person kept close, chair of the world's group, whom Amina alone sees."""
    details = PersonDetails(
        name="Zainab Kept Close", area=world.east_ward, restricted=True, named_readers=[world.amina],
        roles=[RoleDetails(world.group, "Chair")],
    )  # fmt: skip
    return add_person(actor=world.amina, details=details)


def places(world):
    return {
        "the list": lambda browser: browser.get("/workspace/people/"),
        "the list of the api": lambda browser: browser.get("/api/v1/people/"),
        "the group's page": lambda browser: browser.get(f"/workspace/groups/{world.group.pk}/"),
        "search": lambda browser: browser.post("/workspace/search/", {"words": "Zainab"}),
        "search of people by the api": lambda browser: browser.post(
            "/api/v1/people/search/", {"words": "Zainab"}, content_type="application/json"
        ),
    }


@pytest.mark.parametrize(
    "place", ["the list", "the list of the api", "the group's page", "search", "search of people by the api"]
)
def test_each_place_that_shows_them_marks_it_once(world, close, signed_in, place):
    show = places(world)[place]
    answer = show(signed_in(world.amina))
    assert answer.status_code == 200
    assert "Kept Close" in answer.content.decode()
    assert marks(world.amina, close) == 1
    assert "Kept Close" not in show(signed_in(world.lead)).content.decode()
    assert marks(world.lead, close) == 0


def test_home_marks_whom_to_ask_again(world, close, signed_in):
    soon = timezone.localdate() + timedelta(days=3)
    a_no_need(world, person=close, review_on=soon)
    assert "Zainab" in signed_in(world.amina).get("/workspace/").content.decode()
    assert marks(world.amina, close) == 1
    a_need(world, person=close, review_on=soon)
    signed_in(world.amina).get("/workspace/")
    assert marks(world.amina, close) == 2


def test_a_list_without_them_writes_nothing(world, signed_in):
    before = AuditEvent.objects.count()
    assert signed_in(world.amina).get("/workspace/people/").status_code == 200
    assert AuditEvent.objects.count() == before
