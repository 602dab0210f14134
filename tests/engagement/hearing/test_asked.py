"""Who is asked too often: more asks than their limit in 90 days, while answers are owed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.communities.actions import add_community, change_community, merge_community
from crm.communities.details import CommunityDetails
from engagement.hearing.reports.asked import asked_of, waiting_for
from engagement.log.actions import keep_promise, restrict_event, withdraw_event
from engagement.log.details import PromiseDetails, ReachDetails
from engagement.log.models import Promise
from tests.crm.people.test_pages import words_on

DUE = timezone.localdate() + timedelta(days=5)
TELL_FIRST = "They were asked 3 times in 90 days and 1 answer is owed. Tell them first."


@pytest.fixture
def limit_of_two(world):
    details = CommunityDetails(name="Kashmiri community", asks_in_90_days=2)
    change_community(actor=world.lead, community=world.community, details=details)
    world.community.refresh_from_db()
    return world


def ask(world, days=1, *, community=None, promises=(), **changes):
    on = timezone.localdate() - timedelta(days=days)
    reach = [ReachDetails(community or world.community, 4)]
    return world.contact(occurred_on=on, reach=reach, promises=promises, **changes)


def to_them(world):
    return PromiseDetails("Say what became of the door", DUE, to_community=world.community)


def state(world):
    row = asked_of([world.community])[0]
    return row.asks, row.owed, row.too_often


def test_more_asks_than_the_limit_and_an_answer_owed_is_too_often(limit_of_two):
    world = limit_of_two
    ask(world, promises=[to_them(world)])
    ask(world)
    assert state(world) == (2, 1, False)
    ask(world)
    assert state(world) == (3, 1, True)


def test_without_an_answer_owed_they_may_be_asked_often(limit_of_two):
    world = limit_of_two
    for _ in range(4):
        ask(world)
    assert state(world) == (4, 0, False)


def test_an_answer_given_is_owed_no_more(limit_of_two):
    world = limit_of_two
    for promises in ([to_them(world)], [], []):
        ask(world, promises=promises)
    keep_promise(actor=world.amina, promise=Promise.objects.get())
    assert state(world) == (3, 0, False)


@pytest.mark.parametrize(("days", "counts"), [(89, True), (90, False), (200, False)])
def test_an_ask_counts_for_90_days(limit_of_two, days, counts):
    world = limit_of_two
    ask(world, days)
    assert state(world)[0] == int(counts)


def test_a_contact_with_two_of_its_communities_is_one_ask(limit_of_two):
    world = limit_of_two
    world.contact(reach=[ReachDetails(world.community, 4), ReachDetails(world.nested, 6)])
    assert state(world)[0] == 1


def test_a_promise_to_a_group_counts_where_it_was_made_at_an_ask(limit_of_two):
    world = limit_of_two
    made = [PromiseDetails("Book the hall", DUE, to_organisation=world.group)]
    ask(world, 200, promises=made)
    assert state(world)[1] == 0
    ask(world, 3, promises=made)
    assert state(world)[1] == 1


def test_a_promise_to_the_community_counts_however_old_and_one_to_a_person_never(limit_of_two):
    world = limit_of_two
    ask(world, 200, promises=[to_them(world)])
    ask(world, 1, people=[world.person], promises=[PromiseDetails("Ring back", DUE, to_person=world.person)])
    assert state(world)[:2] == (1, 1)


def test_restricted_and_withdrawn_contacts_count_for_neither(limit_of_two):
    world = limit_of_two
    closed, gone = (ask(world, promises=[to_them(world)]) for _ in range(2))
    restrict_event(actor=world.amina, event=closed, readers=[world.lead])
    withdraw_event(actor=world.amina, event=gone, reason="Logged twice")
    assert state(world) == (0, 0, False)


def test_what_went_into_it_was_asked_as_it(limit_of_two):
    world = limit_of_two
    gone = add_community(actor=world.lead, details=CommunityDetails(name="Mirpuri community"))
    ask(world, community=gone, promises=[PromiseDetails("Write", DUE, to_community=gone)])
    merge_community(actor=world.lead, community=gone, into=world.community, reason="One name")
    assert state(world) == (1, 1, False)


@pytest.fixture
def asked_too_often(limit_of_two):
    for promises in ([to_them(limit_of_two)], [], []):
        ask(limit_of_two, promises=promises)
    return limit_of_two


def test_the_log_page_says_it_for_the_community_and_for_its_group(asked_too_often, signed_in):
    world = asked_too_often
    for subject in (world.community, world.group):
        page = words_on(signed_in(world.joe).get(f"/workspace/contacts/new/?with={subject.pk}"))
        assert f"Kashmiri community: {TELL_FIRST}" in page
    assert TELL_FIRST not in words_on(signed_in(world.joe).get(f"/workspace/contacts/new/?with={world.south_group.pk}"))


def test_its_page_the_list_and_the_home_of_whoever_promised_say_it(asked_too_often, signed_in):
    world = asked_too_often
    assert TELL_FIRST in words_on(signed_in(world.chen).get(f"/workspace/communities/{world.community.pk}/"))
    assert "asked 3 times in 90 days" in words_on(signed_in(world.joe).get("/workspace/hearing/quiet/"))
    assert "Asked too often" in words_on(signed_in(world.amina).get("/workspace/"))
    assert "Asked too often" not in words_on(signed_in(world.joe).get("/workspace/"))
    assert waiting_for(world.joe) == []
    rows = signed_in(world.lead).get("/api/v1/reports/quiet/").json()["results"]
    told = [row for row in rows if row["asked_too_often"]]
    assert [(row["community"], row["asks_in_90_days"], row["asks_limit"]) for row in told] == [
        ("Kashmiri community", 3, 2)
    ]
