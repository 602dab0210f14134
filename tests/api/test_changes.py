"""Reading only what changed: nothing that came into sight is missed, and nothing is told beyond what may be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.schema import whole_schema
from api.v1.events import details_from, details_of
from crm.base.writing import writing_allowed
from crm.people.actions import change_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from engagement.coproduction.decisions.actions import withdraw_decision
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.themes.models import ThemePoint
from engagement.log.actions import correct_event, restrict_event, withdraw_event
from engagement.log.details import PromiseDetails
from engagement.log.models import EngagementEvent, Point, Promise
from tests.crm.access.helpers import a_need
from tests.engagement.coproduction.deciding import an_outcome
from tests.engagement.coproduction.helpers import a_theme
from tests.engagement.forums.holding import closed


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def ids(answer):
    return [row["id"] for row in rows(answer)]


def an_hour_ago():
    return (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def long_ago(*models):
    """As if nothing of these kinds had been touched for two days."""
    with writing_allowed():
        for model in models:
            model._base_manager.update(modified_at=timezone.now() - timedelta(days=2))


def with_a_promise(world, **changes):
    due = timezone.localdate() + timedelta(days=7)
    return world.contact(promises=[PromiseDetails(words="Ring back", due_on=due)], **changes)


def corrected(world, event, **changes):
    event = EngagementEvent.objects.get(pk=event.pk)
    return correct_event(
        actor=world.amina, event=event, details=details_from(changes, details_of(event)), reason="It was wrong"
    )


@pytest.mark.parametrize("kind", ["points", "promises"])
def test_what_was_said_at_a_contact_comes_when_the_contact_is_opened_again(world, caller, kind):
    event = with_a_promise(world)
    restrict_event(actor=world.amina, event=event, readers=[world.lead])
    manager = caller(world.manager)
    long_ago(Point, Promise, EngagementEvent)
    assert ids(manager.get(f"/{kind}/?changed_since={an_hour_ago()}")) == []
    restrict_event(actor=world.amina, event=event, readers=[])
    assert ids(manager.get(f"/engagement-events/?changed_since={an_hour_ago()}")) == [str(event.pk)]
    assert ids(manager.get(f"/{kind}/?changed_since={an_hour_ago()}")) == [str(getattr(event, kind).get().pk)]


@pytest.mark.parametrize("kind", ["points", "promises"])
def test_what_was_said_at_a_contact_comes_when_the_contact_is_found_to_be_of_another_locality(world, caller, kind):
    event, joe = with_a_promise(world), caller(world.joe)
    long_ago(Point, Promise, EngagementEvent)
    corrected(world, event, area=world.south_ward)
    assert ids(joe.get(f"/engagement-events/?changed_since={an_hour_ago()}")) == [str(event.pk)]
    assert ids(joe.get(f"/{kind}/?changed_since={an_hour_ago()}")) == [str(getattr(event, kind).get().pk)]


def test_a_point_comes_with_its_new_day_when_the_day_of_its_contact_is_corrected(world, caller):
    event, amina = world.contact(), caller(world.amina)
    long_ago(Point, EngagementEvent)
    day = timezone.localdate() - timedelta(days=3)
    corrected(world, event, occurred_on=day)
    (row,) = rows(amina.get(f"/points/?changed_since={an_hour_ago()}"))
    assert row["occurred_on"] == str(day)


def test_which_theme_a_point_belongs_to_comes_when_its_contact_is_opened_again(world, caller):
    event = world.contact()
    a_theme(world, "Carers", points=[event.points.get()])
    restrict_event(actor=world.amina, event=event, readers=[world.lead])
    restrict_event(actor=world.amina, event=event, readers=[])
    long_ago(ThemePoint)
    assert ids(caller(world.manager).get(f"/theme-points/?changed_since={an_hour_ago()}")) == [
        str(ThemePoint.objects.get().pk)
    ]


def test_what_is_known_about_a_person_comes_when_they_come_into_sight(world, caller):
    need, joe = a_need(world), caller(world.joe)
    long_ago(type(need), Person)
    assert ids(joe.get(f"/access-needs/?changed_since={an_hour_ago()}")) == []
    change_person(actor=world.amina, person=world.person, details=PersonDetails(name="Parveen", area=world.south_ward))
    assert ids(joe.get(f"/access-needs/?changed_since={an_hour_ago()}")) == [str(need.pk)]


def test_whoever_keeps_a_promise_does_not_learn_when_a_contact_they_may_not_read_was_corrected(world, caller):
    event, joe = with_a_promise(world), caller(world.joe)
    with writing_allowed():
        Promise.objects.update(owner=world.joe)
    long_ago(Point, Promise, EngagementEvent)
    corrected(world, event, met_in_words="The new imam")
    assert ids(joe.get("/promises/")) == [str(event.promises.get().pk)]
    assert ids(joe.get(f"/promises/?changed_since={an_hour_ago()}")) == []
    withdraw_event(actor=world.amina, event=EngagementEvent.objects.get(pk=event.pk), reason="Twice")
    (row,) = rows(joe.get(f"/promises/?changed_since={an_hour_ago()}"))
    assert row["state"] == "withdrawn"


def test_changes_of_points_and_of_their_contacts_come_in_one_order_and_pages_without_gap(world, caller):
    events = [world.contact() for _ in range(5)]
    long_ago(Point, EngagementEvent)
    with writing_allowed():
        for number, event in enumerate(events):
            later = timezone.now() - timedelta(minutes=30 - number)
            model, rows_ = (Point, event.points) if number % 2 else (EngagementEvent, None)
            (rows_ or model.objects.filter(pk=event.pk)).update(modified_at=later)
    amina, seen, address = caller(world.amina), [], f"/points/?changed_since={an_hour_ago()}&page_size=2"
    while address:
        page = amina.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert seen == [str(event.points.get().pk) for event in events]


def test_reading_changes_of_points_costs_the_same_for_one_and_for_ten(world, caller):
    amina = caller(world.amina)

    def cost(kind):
        with CaptureQueriesContext(connection) as seen:
            rows(amina.get(f"/{kind}/?changed_since={an_hour_ago()}"))
        return len(seen)

    amina.get("/points/")
    with_a_promise(world)
    one = {kind: cost(kind) for kind in ("points", "promises", "people", "access-needs")}
    for _ in range(9):
        with_a_promise(world)
    assert one == {kind: cost(kind) for kind in one}


@pytest.mark.parametrize("when", ["2020-01-01T00:00:00Z", "now"])
def test_a_list_that_shows_only_a_summary_does_not_tell_when_its_words_were_corrected(world, caller, when):
    world.contact()
    joe, administrator = caller(world.joe), caller(world.administrator)
    summaries = f"/organisations/{world.group.pk}/contacts/"
    readers = {summaries: joe, "/lost-people/": administrator, "/lost-contacts/": administrator}
    for address, reader in readers.items():
        answer = reader.get(f"{address}?changed_since={when}")
        assert answer.status_code == 400, address
        (fault,) = answer.json()["errors"]
        assert (fault["parameter"], fault["detail"]) == ("changed_since", "There is no filter of this name here.")


def test_a_cursor_of_changes_since_one_time_is_refused_for_another(world, caller):
    for _ in range(3):
        world.contact()
    amina = caller(world.amina)
    first = amina.get("/engagement-events/?changed_since=2020-01-01T00:00:00Z&page_size=1").json()
    assert ids(amina.get(first["next"]))
    other = amina.get(first["next"].replace("2020-01-01", "2021-01-01"))
    assert (other.status_code, other.json()["errors"][0]["parameter"]) == (400, "cursor")


def test_a_forum_stands_for_readers_of_changes_when_the_contact_made_of_it_was_withdrawn(world, caller):
    forum = closed(world)
    withdraw_event(actor=world.amina, event=forum.event, reason="Entered twice")
    amina = caller(world.amina)
    (row,) = rows(amina.get(f"/forums/?changed_since={an_hour_ago()}"))
    assert (row["id"], row["state"], row["title"]) == (str(forum.pk), "closed", forum.title)


def test_reading_changes_of_forums_costs_the_same_for_one_that_was_held_and_for_three(world, caller):
    amina = caller(world.amina)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            rows(amina.get(f"/forums/?changed_since={an_hour_ago()}"))
        return len(seen)

    amina.get("/forums/")
    closed(world)
    one = cost()
    closed(world), closed(world)
    assert cost() == one


@pytest.mark.once
def test_the_schema_tells_which_lists_tell_of_withdrawn_rows():
    parts = whole_schema()["components"]["schemas"]
    told = {
        name.removesuffix("OrTombstone")
        for name, part in parts.items()
        if {"$ref": "#/components/schemas/Tombstone"} in part.get("oneOf", part.get("anyOf", []))
    }
    assert told == {
        "Event", "PointOut", "PromiseOut", "NeedOutcomeOut", "DeclarationOut", "DecisionOut", "DifferenceOut",
    }  # fmt: skip


def test_what_came_of_a_decision_goes_for_readers_of_changes_when_the_decision_is_withdrawn(world, caller):
    outcome, amina = an_outcome(world), caller(world.amina)
    long_ago(Outcome, Decision)
    assert ids(amina.get(f"/outcomes/?changed_since={an_hour_ago()}")) == []
    withdraw_decision(actor=world.amina, decision=outcome.decision, reason="It was never taken")
    assert ids(amina.get("/outcomes/")) == []
    for kind, row in (("decisions", outcome.decision), ("outcomes", outcome)):
        (told,) = rows(amina.get(f"/{kind}/?changed_since={an_hour_ago()}"))
        assert (told["id"], told["state"], set(told)) == (str(row.pk), "withdrawn", {"id", "state", "withdrawn_at"})
