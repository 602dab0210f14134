"""Lists of contacts: pages, filters, orders, and reading only what changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.base.ids import new_id
from crm.base.writing import writing_allowed
from engagement.log.actions import withdraw_event
from engagement.log.details import PointDetails, PromiseDetails, SafeguardingDetails
from engagement.log.models import EngagementEvent

EVENTS = "/engagement-events/"


def many(world, count):
    for number in range(count):
        world.contact(
            occurred_on=timezone.localdate() - timedelta(days=number % 3),
            people=[world.person],
            topics=[world.topic],
            languages_used=[world.urdu],
            safeguarding=SafeguardingDetails(passed_on_at=timezone.now(), to_team="x"),
            points=[PointDetails(words="x", raised_by=world.person), PointDetails(words="y")],
            promises=[PromiseDetails(words="z", due_on=timezone.localdate())],
        )


def queries(call):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert call().status_code == 200
    return len(seen)


def test_a_list_with_filters_costs_six_queries_for_one_row_and_for_ten(world, caller):
    amina = caller(world.amina)
    address = f"{EVENTS}?organisation={world.group.pk}&topic={world.topic.pk}"
    amina.get(EVENTS)  # the token's first use is remembered once an hour
    many(world, 1)
    one = queries(lambda: amina.get(address))
    many(world, 9)
    assert len(amina.get(address).json()["results"]) == 10
    assert one == queries(lambda: amina.get(address)) <= 6


def test_pages_neither_repeat_nor_miss_a_row_while_contacts_arrive(world, caller):
    many(world, 7)
    amina, seen, address = caller(world.amina), [], f"{EVENTS}?page_size=2"
    known = set(map(str, EngagementEvent.objects.values_list("pk", flat=True)))
    while address:
        page = amina.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
        world.contact()
    assert len(seen) == len(set(seen))
    assert known <= set(seen)
    days = dict(EngagementEvent.objects.values_list("pk", "occurred_on"))
    order = [days[pk] for pk in map(UUID, seen)]
    assert order == sorted(order, reverse=True)


@pytest.mark.only_on("sqlite")  # which can count its steps, and is not told of a pair as one
@pytest.mark.parametrize("order", ["-occurred_on", "occurred_on"])
def test_a_page_reads_its_own_rows_and_none_before_or_after_them(order, world, caller):
    first = world.contact(occurred_on=timezone.localdate() - timedelta(days=1))
    days = [timezone.localdate() - timedelta(days=2 + number) for number in range(300)]
    with writing_allowed():
        EngagementEvent.objects.bulk_create(twin_of(first, day) for day in days)
    amina, address = caller(world.amina), f"{EVENTS}?page_size={{}}&ordering={order}"
    near = amina.get(address.format(2)).json()["next"]
    middle = amina.get(address.format(100)).json()["next"]
    far = amina.get(middle.partition("/api/v1")[2]).json()["next"].replace("page_size=100", "page_size=2")
    first, last = (steps(lambda at=at: amina.get(at.partition("/api/v1")[2])) for at in (near, far))
    assert max(first, last) < 1.1 * min(first, last)


def twin_of(event, day):
    """The same contact on another day, not saved."""
    facts = {field.attname: getattr(event, field.attname) for field in EngagementEvent._meta.concrete_fields}
    return EngagementEvent(**{**facts, "id": new_id(), "occurred_on": day})


def steps(call):
    """How many steps SQLite took for an answer, in tens."""
    taken = []
    connection.connection.set_progress_handler(lambda: taken.append(1) and None, 10)
    try:
        assert len(call().json()["results"]) == 2
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


def test_a_cursor_taken_to_other_filters_or_another_list_is_refused_and_leaves_nothing_out_unsaid(world, caller):
    for _ in range(2):
        world.contact()
    amina = caller(world.amina)
    cursor = amina.get(f"{EVENTS}?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]
    for elsewhere in (f"{EVENTS}?kind=phone&cursor={cursor}", f"/api/v1/points/?cursor={cursor}"):
        answer = amina.get(elsewhere)
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "cursor")
    assert len(amina.get(f"{EVENTS}?page_size=100&cursor={cursor}").json()["results"]) == 1


def test_a_cursor_belongs_to_its_order_and_cannot_be_made_up(world, caller):
    many(world, 3)
    amina = caller(world.amina)
    cursor = amina.get(f"{EVENTS}?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]
    for bad in (f"cursor={cursor}&ordering=occurred_on", "cursor=abc", f"cursor={cursor[:-2]}"):
        answer = amina.get(f"{EVENTS}?{bad}")
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "cursor")


@pytest.mark.parametrize(
    "query", ["nonsense=1", "kind=carrier_pigeon", "mine=perhaps", "organisation=1", "occurred_from=soon",
              "page_size=0", "page_size=101", "page_size=٣", "ordering=name", "changed_since=now",
              "changed_since=0001-01-01T00:00:00%2B14:00", "changed_since=9999-12-31T23:59:59-14:00"],
)  # fmt: skip
def test_a_parameter_that_is_not_right_is_refused_by_name(world, caller, query):
    answer = caller(world.amina).get(f"{EVENTS}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_filters_are_the_pages_own(world, caller):
    mine, other = world.contact(), world.contact(actor=world.manager, kind="phone")
    amina = caller(world.amina)

    def found(query):
        return {row["id"] for row in amina.get(f"{EVENTS}?{query}").json()["results"]}

    assert found("mine=true") == {str(mine.pk)}
    assert found("kind=phone") == {str(other.pk)}
    assert found(f"community={world.community.pk}") == {str(mine.pk), str(other.pk)}
    assert found(f"occurred_to={timezone.localdate() - timedelta(days=1)}") == set()


def test_a_reader_of_changes_gets_what_changed_and_only_the_stone_of_what_was_withdrawn(world, caller):
    old, new, gone = world.contact(), world.contact(), world.contact()
    with writing_allowed():
        EngagementEvent.objects.filter(pk=old.pk).update(modified_at=timezone.now() - timedelta(days=2))
    withdraw_event(actor=world.amina, event=gone, reason="Mrs Begum asked")
    since = (timezone.now() - timedelta(days=1)).isoformat().replace("+", "%2B")
    answer = caller(world.amina).get(f"{EVENTS}?changed_since={since}").json()
    assert [row["id"] for row in answer["results"]] == [str(new.pk), str(gone.pk)]
    assert set(answer["results"][1]) == {"id", "state", "withdrawn_at"}
    assert answer["read_again_from"] < timezone.now().isoformat()


def test_reading_again_from_where_one_was_told_finds_a_change_that_was_saved_late(world, caller):
    amina = caller(world.amina)
    start = timezone.now().isoformat().replace("+", "%2B")
    again = amina.get(f"{EVENTS}?changed_since={start}").json()["read_again_from"]
    late = world.contact()
    with writing_allowed():  # its change began before the reading and was committed after it
        EngagementEvent.objects.filter(pk=late.pk).update(modified_at=timezone.now() - timedelta(seconds=60))
    rows = amina.get(f"{EVENTS}?changed_since={again.replace('+', '%2B')}").json()["results"]
    assert [row["id"] for row in rows] == [str(late.pk)]


def test_changes_come_in_pages_that_keep_the_place_to_read_again_from(world, caller):
    many(world, 3)
    amina = caller(world.amina)
    first = amina.get(f"{EVENTS}?changed_since=2020-01-01T00:00:00Z&page_size=2").json()
    second = amina.get(first["next"]).json()
    assert len({row["id"] for row in first["results"] + second["results"]}) == 3
    assert first["read_again_from"] == second["read_again_from"]
    assert second["next"] is None


def test_withdrawn_contacts_are_left_out_of_the_list_unless_asked_for(world, caller):
    gone, amina = world.contact(), caller(world.amina)
    withdraw_event(actor=world.amina, event=gone, reason="Twice")
    assert amina.get(EVENTS).json()["results"] == []
    (row,) = amina.get(f"{EVENTS}?withdrawn=true").json()["results"]
    assert (row["state"], row["withdrawn_reason"]) == ("withdrawn", "Twice")
