"""Contacts through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.rules import InputBlocked
from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.actions import log_event, restrict_event, withdraw_event
from engagement.log.details import EventDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.models import EngagementEvent

EVENTS = "/engagement-events/"


def told(world, **changes):
    today = timezone.localdate()
    return {
        "occurred_on": str(today),
        "organisations": [str(world.group.pk)],
        "topics": [str(world.topic.pk)],
        "points": [{"words": "Nobody told us a carer can get help too."}],
        "promises": [{"words": "Send the leaflet in Urdu", "due_on": str(today + timedelta(days=7))}],
        **changes,
    }


def test_a_contact_logged_by_api_is_the_contact_a_page_would_have_logged(world, caller):
    answer = caller(world.amina, "log").post(EVENTS, told(world))
    assert answer.status_code == 201
    event = EngagementEvent.objects.get(pk=answer.json()["id"])
    assert answer.headers["Location"] == answer.json()["url"] == f"/api/v1{EVENTS}{event.pk}/"
    assert answer.headers["ETag"] == '"1"'
    assert (event.logged_by, event.area, event.locality) == (world.amina, world.east_ward, world.east)
    assert [row.community for row in event.reach.all()] == [world.community]
    assert event.promises.get().to_organisation == world.group
    assert set(AuditEvent.objects.values_list("door", flat=True)) == {"api"}


def test_the_list_shows_it_with_everything_that_hangs_on_it(world, caller):
    amina = caller(world.amina)
    amina.post(EVENTS, told(world, people=[str(world.person.pk)], languages_used=[str(world.urdu.pk)]))
    (row,) = amina.get(EVENTS).json()["results"]
    assert [group["name"] for group in row["organisations"]] == ["Al-Noor Mosque, women's group"]
    assert row["people"] == [{"id": str(world.person.pk), "name": "Parveen Begum"}]
    assert row["points"][0]["words"] == "Nobody told us a carer can get help too."
    assert row["promises"][0]["due_on"] == str(timezone.localdate() + timedelta(days=7))
    assert [row["community"]["name"] for row in row["reach"]] == ["Kashmiri community"]
    assert [row[name][0]["name"] for name in ("topics", "languages_used", "officers")] == ["Carers", "Urdu", "Amina"]


def test_everything_missing_is_said_at_once_in_the_words_of_the_page(world, caller):
    answer = caller(world.amina).post(EVENTS, {})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    with pytest.raises(InputBlocked) as refusal:
        log_event(actor=world.amina, details=EventDetails(occurred_on=None))
    page = {f"/{blocker.field}": blocker.words for blocker in refusal.value.blockers}
    assert {error["pointer"]: error["detail"] for error in answer.json()["errors"]} == page


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"occurred_on": "2999-01-01"}, "/occurred_on"),
        ({"points": []}, "/points"),
        ({"points": [{"words": " "}]}, "/points"),
        ({"points": [{"words": "x", "voice": "spoken_for"}]}, "/points"),
        ({"promises": [{"words": ""}]}, "/promises"),
        ({"promises": [{"words": "x", "due_on": "2001-01-01"}]}, "/promises"),
        ({"restricted": True}, "/named_readers"),
        ({"reach": [{"people": 4}, {"people": 5}]}, "/reach"),
    ],
)
def test_each_broken_rule_is_a_400_with_a_pointer_and_saves_nothing(world, caller, changes, pointer):
    answer = caller(world.amina).post(EVENTS, told(world, **changes))
    assert (answer.status_code, {error["pointer"] for error in answer.json()["errors"]} >= {pointer}) == (400, True)
    assert not EngagementEvent.objects.exists()


def test_the_same_post_twice_with_one_key_makes_one(world, caller):
    amina = caller(world.amina)
    first, second = (amina.post(EVENTS, told(world), key="abc") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Location"] == second.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert EngagementEvent.objects.count() == 1


def test_refused_when_a_key_comes_back_with_another_body(world, caller):
    amina = caller(world.amina)
    amina.post(EVENTS, told(world), key="abc")
    answer = amina.post(EVENTS, told(world, place="Library"), key="abc")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_a_refused_post_keeps_its_key_free(world, caller):
    amina = caller(world.amina)
    assert amina.post(EVENTS, {}, key="abc").status_code == 400
    assert amina.post(EVENTS, told(world), key="abc").status_code == 201


def test_two_tokens_may_use_the_same_key(world, caller):
    caller(world.amina).post(EVENTS, told(world), key="abc")
    caller(world.amina, "log").post(EVENTS, told(world), key="abc")
    assert EngagementEvent.objects.count() == 2


def test_an_officer_of_another_locality_gets_404_and_learns_nothing(world, caller):
    event = world.contact()
    joe = caller(world.joe)
    assert joe.get(EVENTS).json()["results"] == []
    answers = [
        joe.get(f"{EVENTS}{event.pk}/"),
        joe.patch(f"{EVENTS}{event.pk}/", {"place": "x", "reason": "x"}, match='"1"'),
        joe.post(f"{EVENTS}{event.pk}/withdraw/", {"reason": "x"}, match='"1"'),
        joe.get(f"{EVENTS}00000000-0000-7000-8000-000000000000/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.content for answer in answers}) == 1


def test_the_summary_of_another_teams_contact_holds_day_kind_and_topics_only(world, caller):
    world.contact(topics=[world.topic])
    (row,) = caller(world.joe).get(f"/organisations/{world.group.pk}/contacts/").json()["results"]
    assert row == {
        "id": None,
        "occurred_on": str(timezone.localdate()),
        "kind": "in_person",
        "topics": [{"id": str(world.topic.pk), "name": "Carers"}],
    }


def test_the_summary_names_the_contact_to_whoever_may_read_it_and_hides_a_restricted_one(world, caller):
    event, hidden = world.contact(), world.contact()
    restrict_event(actor=world.amina, event=hidden, readers=[world.lead])
    rows = caller(world.manager).get(f"/organisations/{world.group.pk}/contacts/").json()["results"]
    assert [row["id"] for row in rows] == [str(event.pk)]


def test_a_person_one_may_not_see_is_not_named_in_a_contact_one_may_read(world, caller):
    event = world.contact(people=[world.person])
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
    amina = caller(world.amina)
    for row in (amina.get(f"{EVENTS}{event.pk}/").json(), amina.get(EVENTS).json()["results"][0]):
        assert row["people"] == [{"id": None, "name": None}]
    assert b"Parveen" not in amina.get(f"{EVENTS}{event.pk}/").content


def test_hidden_and_missing_records_are_refused_in_the_same_words(world, caller):
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
    amina = caller(world.amina)
    faults = [
        amina.post(EVENTS, told(world, people=[person])).json()["errors"]
        for person in (str(world.person.pk), "00000000-0000-7000-8000-000000000000")
    ]
    assert faults[0] == faults[1]
    assert faults[0][0]["pointer"] == "/people/0"


def test_a_correction_changes_what_it_names_and_keeps_the_rest(world, caller):
    event = world.contact(people=[world.person], reach=[ReachDetails(community=world.nested, people=12)])
    amina = caller(world.amina)
    tag = amina.get(f"{EVENTS}{event.pk}/").headers["ETag"]
    answer = amina.patch(f"{EVENTS}{event.pk}/", {"place": "Library", "reason": "Wrong place"}, match=tag)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    row = amina.get(f"{EVENTS}{event.pk}/").json()
    assert (row["place"], row["people"][0]["name"], row["version"]) == ("Library", "Parveen Begum", 2)
    assert {(r["community"]["name"], r["people"]) for r in row["reach"]} >= {("Kashmiri women", 12)}
    assert row["corrections"][0]["reason"] == "Wrong place"
    assert row["corrections"][0]["fields"] == ["place"]


def test_correcting_who_was_there_does_not_remove_a_person_one_may_not_see(world, caller):
    with writing_allowed():
        other = Person.objects.create(name="Sam", area=world.east_ward, locality=world.east, entered_by=world.amina)
    event = world.contact(people=[world.person, other])
    with writing_allowed():
        Person.objects.filter(pk=world.person.pk).update(restricted=True)
    answer = caller(world.amina).patch(f"{EVENTS}{event.pk}/", {"people": [], "reason": "Sam left"}, match='"1"')
    assert answer.status_code == 200
    assert [row.person for row in event.contributions.all()] == [world.person]


def test_refused_without_a_version_and_with_a_stale_one(world, caller):
    event, amina = world.contact(), caller(world.amina)
    body = {"place": "Library", "reason": "Wrong place"}
    assert amina.patch(f"{EVENTS}{event.pk}/", body).status_code == 428
    assert amina.patch(f"{EVENTS}{event.pk}/", body, match='"1"').status_code == 200
    answer = amina.patch(f"{EVENTS}{event.pk}/", {**body, "place": "Park"}, match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert amina.post(f"{EVENTS}{event.pk}/withdraw/", {"reason": "x"}).status_code == 428
    assert amina.patch(f"{EVENTS}{event.pk}/", body, match="nonsense").status_code == 412


def test_an_unchanged_contact_is_304_and_one_with_a_new_point_is_not(world, caller):
    event, amina = world.contact(), caller(world.amina)
    tag = amina.get(f"{EVENTS}{event.pk}/").headers["ETag"]
    again = amina.get(f"{EVENTS}{event.pk}/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    amina.post("/points/", {"event": str(event.pk), "words": "And the bus is late."})
    assert amina.get(f"{EVENTS}{event.pk}/", headers={"If-None-Match": tag}).status_code == 200


def test_a_withdrawn_contact_cannot_be_withdrawn_again(world, caller):
    event, amina = world.contact(), caller(world.amina)
    assert amina.post(f"{EVENTS}{event.pk}/withdraw/", {"reason": "Twice"}, match='"1"').status_code == 200
    answer = amina.post(f"{EVENTS}{event.pk}/withdraw/", {"reason": "Twice"}, match='"2"')
    assert (answer.status_code, answer.json()["detail"]) == (409, "This contact is already withdrawn")


def test_refused_to_withdraw_without_a_reason(world, caller):
    event = world.contact()
    answer = caller(world.amina).post(f"{EVENTS}{event.pk}/withdraw/", {}, match='"1"')
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (400, "Say why, in a few words")
    assert answer.json()["errors"][0]["pointer"] == "/reason"


def test_refused_to_withdraw_what_another_officer_of_the_locality_logged(world, caller):
    event = world.contact(actor=world.manager)
    answer = caller(world.amina).post(f"{EVENTS}{event.pk}/withdraw/", {"reason": "x"}, match='"1"')
    assert answer.status_code == 403


def test_only_the_named_readers_read_a_restricted_contact(world, caller):
    event = world.contact()
    answer = caller(world.amina).post(f"{EVENTS}{event.pk}/restrict/", {"readers": [str(world.lead.pk)]}, match='"1"')
    assert answer.status_code == 200
    assert caller(world.lead).get(f"{EVENTS}{event.pk}/").status_code == 200
    assert caller(world.manager).get(f"{EVENTS}{event.pk}/").status_code == 404


def test_a_safeguarding_concern_passed_on_shows_to_who_passed_it_on_and_not_to_colleagues(world, caller):
    event = world.contact()
    body = {"passed_on_at": timezone.now().isoformat(), "to_team": "Adult safeguarding"}
    answer = caller(world.amina).post(f"{EVENTS}{event.pk}/pass-on-safeguarding/", body)
    assert answer.status_code == 200
    assert len(caller(world.amina, "read").get(f"{EVENTS}{event.pk}/").json()["safeguarding"]) == 1
    assert caller(world.lead).get(f"{EVENTS}{event.pk}/").json()["safeguarding"] == []
    bad = caller(world.amina, "log").post(f"{EVENTS}{event.pk}/pass-on-safeguarding/", {**body, "to_team": ""})
    assert bad.json()["errors"][0]["detail"] == "Write which team you passed it on to"


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


def test_logging_a_contact_costs_at_most_sixteen_queries(world, caller):
    amina = caller(world.amina)
    amina.get(EVENTS)
    body = told(world, topics=[])
    with CaptureQueriesContext(connection) as seen:
        assert amina.post(EVENTS, body, key="abc").status_code == 201
    writes = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(writes) <= 16, "\n".join(writes)


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
    order = [days[pk] for pk in map(__import__("uuid").UUID, seen)]
    assert order == sorted(order, reverse=True)


def test_a_cursor_belongs_to_its_order_and_cannot_be_made_up(world, caller):
    many(world, 3)
    amina = caller(world.amina)
    cursor = amina.get(f"{EVENTS}?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]
    for bad in (f"cursor={cursor}&ordering=occurred_on", "cursor=abc", f"cursor={cursor[:-2]}"):
        answer = amina.get(f"{EVENTS}?{bad}")
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "cursor")


@pytest.mark.parametrize(
    "query", ["nonsense=1", "kind=carrier_pigeon", "mine=perhaps", "organisation=1", "occurred_from=soon",
              "page_size=0", "page_size=101", "page_size=٣", "ordering=name", "changed_since=now"],
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
