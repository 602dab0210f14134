"""Points and promises through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.people.models import Person
from engagement.log.actions import restrict_event, withdraw_event
from engagement.log.details import PointDetails, PromiseDetails
from engagement.log.models import Point, Promise


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def hide(person):
    with writing_allowed():
        Person.objects.filter(pk=person.pk).update(restricted=True)


def test_a_point_is_added_read_and_corrected(world, caller):
    event, amina = world.contact(), caller(world.amina)
    made = amina.post("/points/", {"event": str(event.pk), "words": "The bus is late", "kind": "idea"})
    assert made.status_code == 201
    point = made.json()["url"]
    read = amina.get(point)
    assert (read.json()["words"], read.json()["position"], read.json()["event"]) == (
        "The bus is late",
        2,
        str(event.pk),
    )
    words = {"words": "The bus is always late"}
    refused = amina.patch(point, words, match=read.headers["ETag"])
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/reason")
    answer = amina.patch(point, {**words, "reason": "She said always"}, match=read.headers["ETag"])
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert {key: amina.get(point).json()[key] for key in ("words", "kind")} == {
        "words": "The bus is always late",
        "kind": "idea",
    }
    assert amina.patch(point, {"words": "x", "reason": "y"}, match='"1"').status_code == 412
    (correction,) = amina.get(f"/engagement-events/{event.pk}/").json()["corrections"]
    assert (correction["reason"], correction["fields"]) == ("She said always", ["points"])


def test_refused_to_add_a_point_to_a_contact_that_was_withdrawn(world, caller):
    event = world.contact()
    withdraw_event(actor=world.amina, event=event, reason="Twice")
    answer = caller(world.amina).post("/points/", {"event": str(event.pk), "words": "x"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This contact was withdrawn. It can be read, not changed"


def test_refused_to_add_a_point_without_words_in_the_words_of_the_page(world, caller):
    answer = caller(world.amina).post("/points/", {"event": str(world.contact().pk)})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Write what people told you. One sentence is enough"


def test_refused_to_add_a_point_to_a_contact_one_may_not_see(world, caller):
    answer = caller(world.joe).post("/points/", {"event": str(world.contact().pk), "words": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/event")
    missing = caller(world.joe, "log").post("/points/", {"event": str(world.group.pk), "words": "x"})
    assert missing.content == answer.content


def test_another_localitys_officer_finds_no_point_by_list_read_or_search(world, caller):
    point, joe = world.contact().points.get(), caller(world.joe)
    assert rows(joe.get("/points/")) == []
    assert joe.get(f"/points/{point.pk}/").status_code == 404
    assert rows(joe.post("/points/search/", {"words": "carer"})) == []
    assert [row["id"] for row in rows(caller(world.amina).post("/points/search/", {"words": "carer"}))] == [
        str(point.pk)
    ]


def test_a_search_leaves_out_what_was_withdrawn(world, caller):
    withdraw_event(actor=world.amina, event=world.contact(), reason="Twice")
    assert rows(caller(world.amina).post("/points/search/", {"words": "carer"})) == []


def test_a_person_one_may_not_see_is_not_named_by_a_point(world, caller):
    raised = PointDetails(words="x", raised_by=world.person)
    world.contact(people=[world.person], points=[raised])
    assert rows(caller(world.amina).get("/points/"))[0]["raised_by"]["name"] == "Parveen Begum"
    hide(world.person)
    assert rows(caller(world.amina, "read").get("/points/"))[0]["raised_by"] == {"id": None, "name": None}


def test_points_of_a_withdrawn_contact_come_to_a_reader_of_changes_without_their_words(world, caller):
    event = world.contact()
    point = event.points.get()
    with writing_allowed():
        Point.objects.update(modified_at=timezone.now() - timedelta(days=2))
    withdraw_event(actor=world.amina, event=event, reason="Twice")
    amina = caller(world.amina)
    since = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (row,) = rows(amina.get(f"/points/?changed_since={since}"))
    assert (row["id"], row["state"], "words" in row) == (str(point.pk), "withdrawn", False)
    assert rows(amina.get("/points/")) == []


def test_changed_points_come_in_pages_without_gap_or_repetition(world, caller):
    for _ in range(5):
        world.contact()
    amina, seen, address = caller(world.amina), [], "/points/?changed_since=2020-01-01T00:00:00Z&page_size=2"
    while address:
        page = amina.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert sorted(seen) == sorted(map(str, Point.objects.values_list("pk", flat=True)))


@pytest.mark.parametrize("address", ["/points/", "/promises/"])
def test_a_list_costs_the_same_for_one_row_and_for_ten(world, caller, address):
    amina = caller(world.amina)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            rows(amina.get(address))
        return len(seen)

    def more(count):
        for _ in range(count):
            world.contact(
                people=[world.person],
                points=[PointDetails(words="x", raised_by=world.person, language=world.urdu)],
                promises=[PromiseDetails(words="x", due_on=timezone.localdate(), to_person=world.person)],
            )

    amina.get(address)
    more(1)
    one = cost()
    more(9)
    assert one == cost() <= 6


def test_a_promise_is_added_changed_and_kept(world, caller):
    event, amina = world.contact(), caller(world.amina)
    due = str(timezone.localdate() + timedelta(days=3))
    made = amina.post("/promises/", {"event": str(event.pk), "words": "Ring back", "due_on": due})
    assert made.status_code == 201
    url = made.json()["url"]
    later = str(timezone.localdate() + timedelta(days=9))
    changed = amina.post(f"{url}change/", {"due_on": later, "reason": "Printer"}, match=made.headers["ETag"])
    assert changed.status_code == 200, changed.content
    kept = amina.post(f"{url}keep/", {"words": "Rang on Friday"}, match=changed.headers["ETag"])
    assert kept.status_code == 200
    row = amina.get(url).json()
    assert (row["state"], row["due_on"], row["words"], row["settled_words"]) == (
        "kept", later, "Ring back", "Rang on Friday",
    )  # fmt: skip


def test_the_same_keep_sent_again_with_one_key_is_answered_and_not_refused(world, caller):
    promise, amina = world.promise(), caller(world.amina)
    first, second = (amina.post(f"/promises/{promise.pk}/keep/", {}, key="k", match='"1"') for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


def test_refused_to_settle_a_promise_twice_in_the_words_of_the_page(world, caller):
    promise, amina = world.promise(), caller(world.amina)
    amina.post(f"/promises/{promise.pk}/break/", {"reason": "Closed"}, match='"1"')
    answer = amina.post(f"/promises/{promise.pk}/keep/", {}, match='"2"')
    assert (answer.status_code, answer.json()["detail"]) == (409, "This promise is already broken")


@pytest.mark.parametrize("verb", ["break", "withdraw", "change"])
def test_refused_without_a_reason(world, caller, verb):
    answer = caller(world.amina).post(f"/promises/{world.promise().pk}/{verb}/", {}, match='"1"')
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/reason")
    assert answer.json()["detail"] == "Say why, in a few words"


@pytest.mark.parametrize("verb", ["keep", "break", "withdraw", "change"])
def test_refused_without_the_version_that_was_read(world, caller, verb):
    amina, promise = caller(world.amina), world.promise()
    assert amina.post(f"/promises/{promise.pk}/{verb}/", {"reason": "x"}).status_code == 428
    assert amina.post(f"/promises/{promise.pk}/{verb}/", {"reason": "x"}, match='"7"').status_code == 412
    assert Promise.objects.get().state == "open"


def test_late_promises_lead_and_can_be_asked_for_alone(world, caller):
    world.promise(days=7)
    late = world.promise(days=-3)
    amina = caller(world.amina)
    assert [row["is_late"] for row in rows(amina.get("/promises/"))] == [True, False]
    assert [row["id"] for row in rows(amina.get("/promises/?late=true"))] == [str(late.pk)]


def test_who_keeps_a_promise_sees_it_and_not_the_contact_it_was_made_at(world, caller):
    promise = world.promise(people=[world.person])
    with writing_allowed():
        Promise.objects.update(owner=world.joe, to_organisation=None, to_person=world.person)
    (row,) = rows(caller(world.joe).get("/promises/"))
    assert (row["id"], row["event"]) == (str(promise.pk), None)
    assert row["to_person"] == {"id": None, "name": None}


def test_a_promise_of_a_restricted_contact_is_seen_by_its_readers_alone(world, caller):
    promise = world.promise()
    restrict_event(actor=world.amina, event=promise.event, readers=[world.lead])
    assert caller(world.manager).get(f"/promises/{promise.pk}/").status_code == 404
    assert caller(world.lead).get(f"/promises/{promise.pk}/").status_code == 200


def test_a_promise_of_a_contact_that_was_withdrawn_says_that_nobody_waits_for_it(world, caller):
    promise, amina = world.promise(days=-3), caller(world.amina)
    address = f"/promises/{promise.pk}/"
    before = amina.get(address).json()
    assert (before["is_late"], before["is_void"]) == (True, False)
    withdraw_event(actor=world.amina, event=promise.event, reason="Logged twice")
    after = amina.get(address).json()
    assert (after["state"], after["is_late"], after["is_void"]) == ("open", False, True)
