"""The pages that are open all day, and the list of people, stay within their budget of queries.

The numbers are those of `docs/decisions/0059-questions-kept-and-asked-together.md`: down at will, up only with a note.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import token_for
from tests.crm.privacy import helpers
from tests.house.shared import one_world
from tests.house.variety import more_in, one_more

PAGE, API_LIST = 15, 6
# Reading somebody restricted is written down: asking whether one may, the mark itself, and its transaction.
MARK = 4


@pytest.fixture(scope="module")
def full_world(django_db_setup, django_db_blocker):
    """One world for all these tests: filling it takes longer than asking."""
    with one_world(django_db_blocker, fill) as world:
        yield world


def fill(world):
    """Several of each, linked with each other, so that no page finds an empty table."""
    world.event = one_more(world, 1)
    for number in range(2, 5):
        one_more(world, number)
        more_in(world, world.event, number)
    helpers.a_permission(world)
    helpers.an_objection(world)
    helpers.a_notice(world)
    helpers.a_supporter(world, supporter=helpers.add_person_of(world, "Her Father"))
    helpers.an_intermediary(world)


def _queries(browser, path: str, **headers: str) -> list[str]:
    browser.get(path, **headers)  # what is asked once a process, or once a session
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path, **headers).status_code == 200
    return [query["sql"][:200] for query in captured.captured_queries]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["amina", "lead", "manager"])
def test_the_pages_open_all_day_stay_within_their_budget(who, full_world, signed_in):
    world = full_world
    browser = signed_in(getattr(world, who))
    contact = world.event  # with every part a contact can have
    records = {"people": world.person, "groups": world.group, "communities": world.community, "contacts": contact}
    of_records = [f"/workspace/{page}/{record.pk}/" for page, record in records.items()]
    for path in ["/workspace/", "/workspace/contacts/", "/workspace/contacts/new/", *of_records]:
        asked = _queries(browser, path)
        assert len(asked) <= PAGE, f"{path} for {who}: {len(asked)} queries\n" + "\n".join(asked)


@pytest.mark.django_db
def test_somebody_restricted_costs_only_the_mark_more(full_world, signed_in):
    world = full_world
    with_reader = helpers.add_person_of(world, "Seen By Amina", restricted=True, named_readers=[world.amina])
    asked = _queries(signed_in(world.amina), f"/workspace/people/{with_reader.pk}/")
    assert len(asked) <= PAGE + MARK, "\n".join(asked)


@pytest.mark.django_db
def test_the_list_of_people_stays_within_the_budget_of_the_api(full_world, client):
    key = {"HTTP_AUTHORIZATION": f"Bearer {token_for(full_world.amina).name}"}
    asked = _queries(client, "/api/v1/people/", **key)
    assert len(asked) <= API_LIST, "\n".join(asked)
