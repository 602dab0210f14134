"""Contacts through the API."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.rules import InputBlocked
from crm.base.writing import writing_allowed
from crm.base.wrong import as_sent
from crm.people.models import Person
from engagement.log.actions import log_event, restrict_event
from engagement.log.details import EventDetails, ReachDetails
from engagement.log.models import Barrier, EngagementEvent, Topic

EVENTS = "/engagement-events/"
FAR = str(timezone.localdate() + timedelta(days=30))


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
    page = {f"/{blocker.field}": as_sent(blocker.words) for blocker in refusal.value.blockers}
    assert {error["pointer"]: error["detail"] for error in answer.json()["errors"]} == page
    assert answer.json()["detail"].startswith("Select who you met. ")


def test_a_word_that_is_none_of_the_vocabulary_is_answered_with_the_words_there_are(world, caller):
    answer = caller(world.amina).post(EVENTS, told(world, kind="conversation"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/kind")
    assert answer.json()["detail"].startswith("Use one of these: in_person, phone, ")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"occurred_on": "2999-01-01"}, "/occurred_on"),
        ({"points": []}, "/points"),
        ({"points": [{"words": "x"}, {"words": " "}]}, "/points/1/words"),
        ({"points": [{"words": "x", "voice": "spoken_for"}]}, "/points/0/authority"),
        ({"promises": [{"words": "x", "due_on": FAR}, {"words": ""}]}, "/promises/1/words"),
        ({"promises": [{"words": "x", "due_on": "2001-01-01"}]}, "/promises/0/due_on"),
        ({"restricted": True}, "/named_readers"),
        ({"reach": [{"people": 4}, {"people": 5}]}, "/reach"),
        ({"reach": [{"people": 4}, {"people": 0, "community": "COMMUNITY"}]}, "/reach/1/people"),
        ({"safeguarding": {"to_team": " ", "passed_on_at": "2026-01-01T10:00:00Z"}}, "/safeguarding/to_team"),
    ],
)
def test_each_broken_rule_is_a_400_with_a_pointer_and_saves_nothing(world, caller, changes, pointer):
    sent = json.loads(json.dumps(changes).replace("COMMUNITY", str(world.community.pk)))
    answer = caller(world.amina).post(EVENTS, told(world, **sent))
    assert (answer.status_code, {error["pointer"] for error in answer.json()["errors"]} >= {pointer}) == (400, True)
    assert not EngagementEvent.objects.exists()


def test_a_contact_lies_in_a_ward_and_not_in_a_larger_area_that_says_no_locality(world, caller):
    amina, larger = caller(world.amina), str(world.east.pk)
    for answer in (
        amina.post(EVENTS, told(world, area=larger)),
        amina.patch(f"{EVENTS}{world.contact().pk}/", {"area": larger, "reason": "Wrong ward"}, match="*"),
        amina.post("/people/", {"name": "Rosa", "area": larger}),
        amina.post("/organisations/", {"name": "Lantern Singers", "area": larger}),
        amina.post("/venues/", {"name": "Lantern Hall", "area": larger}),
    ):
        assert answer.status_code == 400, answer.json()
        assert [(e["code"], e["pointer"]) for e in answer.json()["errors"]] == [("not_a_ward", "/area")]


def test_nobody_reads_an_open_contact_by_name_alone(world, caller):
    answer = caller(world.amina).post(EVENTS, told(world, named_readers=[str(world.joe.pk)]))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "readers_of_open")
    assert not EngagementEvent.objects.exists()


def test_a_contact_is_always_with_somebody_from_us(world, caller):
    event = world.contact()
    answer = caller(world.amina).patch(f"{EVENTS}{event.pk}/", {"officers": [], "reason": "A slip"}, match="*")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/officers")
    assert list(event.officers.all()) == [world.amina]


def test_a_topic_no_longer_used_stays_where_it_is_and_goes_on_nothing_new(world, caller):
    amina, kept = caller(world.amina), world.contact(topics=[world.topic])
    with writing_allowed():
        Topic.objects.filter(pk=world.topic.pk).update(retired=True)
    refused = amina.post(EVENTS, told(world, topics=[str(world.topic.pk)]))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/topics")
    other = amina.patch(
        f"{EVENTS}{world.contact().pk}/", {"topics": [str(world.topic.pk)], "reason": "Also"}, match="*"
    )
    assert other.status_code == 400
    assert amina.patch(f"{EVENTS}{kept.pk}/", {"place": "Library", "reason": "Where"}, match="*").status_code == 200


def test_a_barrier_named_twice_is_refused_and_saves_nothing(world, caller):
    with writing_allowed():
        barrier = {"barrier": str(Barrier.objects.create(name="Cost of travel").pk)}
    answer = caller(world.amina).post(EVENTS, told(world, barriers=[barrier, barrier]))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/barriers")
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


def test_who_was_too_late_is_told_which_fields_differ_from_what_they_read(world, caller):
    event, amina, lead = world.contact(), caller(world.amina), caller(world.lead)
    where = f"{EVENTS}{event.pk}/"
    mine = amina.get(where).headers["ETag"]
    other = lead.get(where).headers["ETag"]
    assert amina.patch(where, {"place": "Library", "reason": "Wrong place"}, match=mine).status_code == 200
    for late in (
        lead.patch(where, {"place": "Park", "reason": "x"}, match=other),
        lead.post(f"{where}withdraw/", {"reason": "Logged twice"}, match=other),
    ):
        told = late.json()
        assert (late.status_code, told["code"]) == (412, "stale")
        assert {"place"} <= set(told["changed"]) <= {"place", "corrections"}


def test_who_read_no_fields_or_another_record_is_not_told_which_changed(world, caller):
    event, other, amina = world.contact(), world.contact(), caller(world.amina)
    saved = amina.patch(f"{EVENTS}{event.pk}/", {"place": "Library", "reason": "x"}, match='"1"').headers["ETag"]
    elsewhere = amina.get(f"{EVENTS}{other.pk}/").headers["ETag"]
    body = {"place": "Park", "reason": "x"}
    assert amina.patch(f"{EVENTS}{event.pk}/", body, match=saved).status_code == 200
    made_up = '"1.00.' + "0" * 6 * 40 + '"'
    for tag in (saved, elsewhere, made_up, '"1"', '"1..f"', "nonsense"):
        late = amina.patch(f"{EVENTS}{event.pk}/", body, match=tag)
        assert (late.status_code, "changed" in late.json()) == (412, False), tag


def test_an_unchanged_contact_is_304_and_one_with_a_new_point_is_not(world, caller):
    event, amina = world.contact(), caller(world.amina)
    tag = amina.get(f"{EVENTS}{event.pk}/").headers["ETag"]
    again = amina.get(f"{EVENTS}{event.pk}/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    whatever = amina.get(f"{EVENTS}{event.pk}/", headers={"If-None-Match": "*"})
    assert (whatever.status_code, whatever.headers["ETag"]) == (304, tag)
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


def test_logging_a_contact_costs_at_most_thirteen_queries(world, caller):
    amina = caller(world.amina)
    amina.get(EVENTS)
    body = told(world, topics=[])
    with CaptureQueriesContext(connection) as seen:
        assert amina.post(EVENTS, body, key="abc").status_code == 201
    writes = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(writes) <= 13, "\n".join(writes)
