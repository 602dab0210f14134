"""Access needs, their types, outcomes and the report through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.access.models import AccessNeed, NeedReview, NeedShare
from crm.audit.models import AuditEvent
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails
from engagement.log.actions import withdraw_event
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need, a_type, her_father
from tests.engagement.needs.helpers import an_outcome

NEEDS, OUTCOMES, TYPES, REPORT = "/access-needs/", "/need-outcomes/", "/need-types/", "/reports/access-needs/"


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def pointers(answer):
    return {(error.get("pointer"), error["code"]) for error in answer.json()["errors"]}


def queries(call):
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)


def test_a_need_is_written_down_once_read_and_changed(world, caller):
    amina = caller(world.amina)
    body = {"person": str(world.person.pk), "type": str(a_type("easy-read").pk), "own_words": "Long letters tire me"}
    made = amina.post(NEEDS, body, key="one")
    assert made.status_code == 201, made.content
    assert amina.post(NEEDS, body, key="one").json() == made.json()
    assert AccessNeed.objects.count() == 1
    url = made.json()["url"]
    row = amina.get(url).json()
    assert (row["kind"], row["group"], row["may_share"]) == ("communication", "format", "not_asked")
    assert (row["what_to_do"], row["reviews"], row["shares"]) == ("Send Easy Read, before the meeting too", [], [])
    assert amina.patch(url, {"may_share": "yes"}).status_code == 428
    changed = amina.patch(url, {"may_share": "yes"}, match=made.headers["ETag"])
    assert changed.status_code == 200, changed.content
    row = amina.get(url).json()
    assert (row["may_share"], row["own_words"]) == ("yes", "Long letters tire me")
    assert amina.patch(url, {"may_share": "no"}, match=made.headers["ETag"]).status_code == 412


def test_the_need_of_a_supporter_and_of_a_language(world, caller):
    amina, father = caller(world.amina), her_father(world)
    body = {"person": str(world.person.pk), "type": str(a_type().pk), "supporter": str(father.pk)}
    row = amina.get(amina.post(NEEDS, body).json()["url"]).json()
    assert row["supporter"] == {"id": str(father.pk), "name": "her father"}
    body = {"person": str(world.person.pk), "type": str(a_type("spoken-interpreter").pk)}
    assert pointers(amina.post(NEEDS, body)) == {("/language", "language_missing")}
    row = amina.get(amina.post(NEEDS, {**body, "language": str(world.urdu.pk)}).json()["url"]).json()
    assert row["what_to_do"] == "Book an interpreter for Urdu"


def test_review_share_and_end(world, caller):
    amina, need = caller(world.amina), a_need(world)
    url = f"{NEEDS}{need.pk}/"
    answer = amina.post(f"{url}share/", {"shared_with": "The agency"}, match='"1"')
    assert (answer.status_code, pointers(answer)) == (409, {("", "sharing_not_agreed")})
    answer = amina.post(f"{url}review/", {"answer": "same", "may_share": "yes"}, match='"1"')
    assert answer.status_code == 200, answer.content
    assert amina.post(f"{url}share/", {}, match='"2"').status_code == 400
    assert amina.post(f"{url}share/", {"shared_with": "The agency"}, match='"2"').status_code == 200
    whole = amina.get(url).json()
    assert [review["answer"] for review in whole["reviews"]] == ["same"]
    assert [share["shared_with"] for share in whole["shares"]] == ["The agency"]
    assert amina.post(f"{url}end/", {"reason": "She moved"}, match='"3"').status_code == 200
    assert rows(amina.get(NEEDS)) == []
    assert [row["ended_reason"] for row in rows(amina.get(f"{NEEDS}?ended=true"))] == ["She moved"]
    assert amina.post(f"{url}end/", {"reason": "Again"}, match='"4"').status_code == 409
    assert (NeedReview.objects.count(), NeedShare.objects.count()) == (1, 1)


def test_the_list_is_narrowed_as_the_page_is(world, caller):
    a_need(world, "step-free")
    a_need(world, "easy-read", review_on=timezone.localdate() + timedelta(days=2))
    amina = caller(world.amina)
    assert [row["type"]["name"] for row in rows(amina.get(NEEDS))] == ["Easy Read", "Step-free way in"]
    for query, found in ((f"kind=adjustment&person={world.person.pk}", 1), ("group=format", 1), ("due=true", 0),
                         (f"locality={world.south.pk}", 0), (f"type={a_type('moon').pk}", 0)):  # fmt: skip
        assert len(rows(amina.get(f"{NEEDS}?{query}"))) == found, query
    since = (timezone.now() - timedelta(days=1)).isoformat().replace("+", "%2B")
    assert len(rows(amina.get(f"{NEEDS}?changed_since={since}"))) == 2


def test_who_may_not_see_the_person_or_the_need_finds_nothing(world, caller):
    need = a_need(world, may_share="no")
    for who in (world.joe, world.lead):
        other = caller(who)
        assert rows(other.get(NEEDS)) == []
        assert other.get(f"{NEEDS}{need.pk}/").status_code == 404
        assert other.post(f"{NEEDS}{need.pk}/review/", {"answer": "same"}, match='"1"').status_code == 404
        assert other.post(OUTCOMES, {"need": str(need.pk), "met": "met"}).status_code == 400
    body = {"person": str(world.person.pk), "type": str(need.type_id)}
    answer = caller(world.joe, name="another key").post(NEEDS, body)
    assert (answer.status_code, pointers(answer)) == (400, {("/person", "unknown_record")})
    assert caller(world.chen).get(NEEDS).status_code == 403


def test_reading_needs_of_restricted_people_leaves_a_mark(world, caller):
    need = a_need(world)
    details = PersonDetails(name="Parveen", area=world.east_ward, restricted=True, named_readers=[world.amina])
    change_person(actor=world.amina, person=world.person, details=details)
    for address in (NEEDS, f"{NEEDS}{need.pk}/"):
        caller_ = caller(world.amina, name=f"key {address}")
        before = AuditEvent.objects.filter(verb="person.read").count()
        assert caller_.get(address).status_code == 200
        assert AuditEvent.objects.filter(verb="person.read").count() == before + 1


def test_a_lead_keeps_the_types_and_officers_read_them(world, caller):
    lead, amina = caller(world.lead), caller(world.amina)
    body = {"name": "Widgit symbols", "kind": "communication", "group": "format", "what_to_do": "Send symbols"}
    made = lead.post(TYPES, body)
    assert made.status_code == 201, made.content
    assert amina.post(TYPES, body).status_code == 403
    assert pointers(lead.post(TYPES, body)) == {("/name", "name_taken")}
    assert pointers(lead.post(TYPES, {})) >= {("/name", "name_missing"), ("/kind", "kind_missing")}
    ended = lead.patch(made.json()["url"], {"ended_on": "2026-01-01"}, match=made.headers["ETag"])
    assert ended.status_code == 200, ended.content
    assert [row["key"] for row in rows(amina.get(f"{TYPES}?offered=false"))] == ["widgit-symbols"]


def test_an_outcome_is_noted_at_a_contact_or_in_a_message_and_put_right(world, caller):
    amina, need = caller(world.amina), a_need(world)
    event = world.contact(people=[world.person])
    made = amina.post(OUTCOMES, {"need": str(need.pk), "event": str(event.pk), "met": "not_met", "why": "none_free"})
    assert made.status_code == 201, made.content
    assert pointers(amina.post(OUTCOMES, {"need": str(need.pk), "event": str(event.pk), "met": "met"})) == {
        ("/event", "outcome_twice")
    }
    assert pointers(amina.post(OUTCOMES, {"need": str(need.pk), "met": "not_met"})) == {
        ("/why", "why_missing"), ("/message", "occasion_missing"), ("/happened_on", "day_missing"),
    }  # fmt: skip
    letter = {"need": str(need.pk), "met": "met", "message": "Letter", "happened_on": "2026-01-05"}
    assert amina.post(OUTCOMES, letter).status_code == 201
    url = made.json()["url"]
    assert amina.patch(url, {"met": "met"}, match=made.headers["ETag"]).status_code == 200
    assert amina.get(url).json()["why"] == ""
    assert [row["message"] for row in rows(amina.get(f"{OUTCOMES}?need={need.pk}"))] == ["", "Letter"]


def test_outcomes_of_a_withdrawn_contact_leave_only_their_stones(world, caller):
    event = world.contact(people=[world.person])
    outcome = an_outcome(world, event=event)
    amina = caller(world.amina)
    assert len(rows(amina.get(OUTCOMES))) == 1
    withdraw_event(actor=world.amina, event=event, reason="Logged twice")
    assert rows(amina.get(OUTCOMES)) == []
    stones = rows(amina.get(f"{OUTCOMES}?changed_since=2020-01-01T00:00:00Z"))
    assert [(row["id"], row["state"]) for row in stones] == [(str(outcome.pk), "withdrawn")]


def test_the_report_is_flat_rows_with_the_gaps_and_nulls_for_what_is_hidden(world, caller):
    an_outcome(world)
    body = caller(world.analyst).get(REPORT).json()
    assert [gap["key"] for gap in body["gaps"]][:4] == ["nobody_asked", "ended", "late", "nothing_late"]
    assert [asked["key"] for asked in body["asked"]][:2] == ["with_needs", "needs_nothing"]
    whole = [row for row in body["results"] if row["by"] == "all"]
    assert [row["kind"] for row in whole] == ["communication", "language", "adjustment", "practical"]
    assert all(row["people"] is None and row["met"] is None for row in whole)
    assert caller(world.amina).get(REPORT).status_code == 403


@pytest.mark.parametrize("address", [NEEDS, OUTCOMES, TYPES])
def test_lists_cost_at_most_six_queries_for_one_row_and_for_ten(world, caller, address):
    amina = caller(world.amina)
    amina.get(address)

    def more(number):
        person = add_person(actor=world.amina, details=PersonDetails(name=f"P {number}", area=world.east_ward))
        an_outcome(world, a_need(world, person=person))

    more(0)
    one = queries(lambda: amina.get(address))
    for number in range(1, 10):
        more(number)
    assert one == queries(lambda: amina.get(address)) <= 6


def test_writing_costs_at_most_sixteen_queries(world, caller):
    amina, kind = caller(world.amina), a_type()
    event = world.contact(people=[world.person])
    amina.get(NEEDS)
    body = {"person": str(world.person.pk), "type": str(kind.pk)}
    assert queries(lambda: amina.post(NEEDS, body)) <= 16
    told = {"need": str(AccessNeed.objects.get().pk), "event": str(event.pk), "met": "met"}
    assert queries(lambda: amina.post(OUTCOMES, told)) <= 16
    assert NeedOutcome.objects.count() == 1
