"""Whoever reads the words of a restricted contact leaves a mark, wherever they read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from engagement.log.actions import restrict_event
from engagement.log.details import PointDetails, PromiseDetails
from tests.api.conftest import token_for

WORDS = "The warden shouts at us"


def marks(event):
    return AuditEvent.objects.filter(verb="contact.read", subject_id=str(event.pk)).count()


@pytest.fixture
def event(world):
    """A contact about which only Amina may read, with words and a promise of hers."""
    promise = PromiseDetails(
        words="Ask the landlord", due_on=timezone.localdate(), owner=world.amina, to_organisation=world.group
    )
    event = world.contact(people=[world.person], points=[PointDetails(words=WORDS)], promises=[promise])
    restrict_event(actor=world.amina, event=event, readers=[world.amina])
    return event


PAGES = ("/workspace/people/{person}/", "/workspace/groups/{group}/", "/workspace/", "/workspace/promises/",
         "/workspace/promises/{promise}/", "/workspace/contacts/", "/workspace/contacts/new/?with={group}")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_leave_it(page, world, event, signed_in):
    path = page.format(person=world.person.pk, group=world.group.pk, promise=event.promises.get().pk)
    browser = signed_in(world.amina)
    before = marks(event)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert marks(event) > before


def test_search_leaves_one(world, event, signed_in):
    page = signed_in(world.amina).post("/workspace/search/", {"words": "warden"}).content.decode()
    assert WORDS in page
    assert marks(event) == 1


def test_the_api_leaves_one_for_each_reading(world, event, client):
    key = {"HTTP_AUTHORIZATION": f"Bearer {token_for(world.amina).name}"}
    point, promise = event.points.get(), event.promises.get()
    for number, path in enumerate(
        ("points/", f"points/{point.pk}/", "promises/", f"promises/{promise.pk}/", "engagement-events/"), start=1
    ):
        assert client.get(f"/api/v1/{path}", **key).status_code == 200
        assert marks(event) == number, path
    asked = client.post("/api/v1/points/search/", {"words": "warden"}, content_type="application/json", **key)
    assert asked.json()["results"][0]["words"] == WORDS
    assert marks(event) == 6


@pytest.mark.parametrize("who", ["lead", "joe", "manager"])
def test_who_may_not_read_it_sees_no_word_and_leaves_none(who, world, event, signed_in):
    browser = signed_in(getattr(world, who))
    for page in PAGES:
        path = page.format(person=world.person.pk, group=world.group.pk, promise=event.promises.get().pk)
        assert WORDS not in browser.get(path).content.decode()
    assert WORDS not in browser.post("/workspace/search/", {"words": "warden"}).content.decode()
    assert marks(event) == 0


def test_it_costs_nothing_where_nothing_is_restricted(world, signed_in):
    world.contact(points=[PointDetails(words=WORDS)])
    browser = signed_in(world.amina)
    with CaptureQueriesContext(connection) as captured:
        browser.get(f"/workspace/groups/{world.group.pk}/")
        browser.post("/workspace/search/", {"words": "warden"})
    assert not [query for query in captured.captured_queries if "INSERT" in query["sql"] and "audit" in query["sql"]]
