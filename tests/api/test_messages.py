"""Messages and letters through the API."""

from __future__ import annotations

from crm.audit.models import AuditEvent
from crm.sending.models import Message
from tests.crm.privacy.helpers import an_objection
from tests.crm.sending.helpers import (
    a_draft,
    answered,
    letters,
    machine_draft,
    reachable,
    to_phone,
    to_print,
    waiting,
)

MESSAGES, LETTERS = "/messages/", "/letter-templates/"
State = Message.State


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def said(answer):
    return [error["code"] for error in answer.json()["errors"]]


def test_the_list_tells_states_and_no_words_and_one_message_its_words(world, caller):
    message, amina = waiting(world), caller(world.amina)
    (row,) = rows(amina.get(MESSAGES))
    assert (row["id"], row["state"], row["way"], row["needs_a_person"]) == (str(message.pk), "waiting", "email", False)
    assert "text" not in row
    assert "address" not in row
    whole = amina.get(f"{MESSAGES}{message.pk}/").json()
    assert "The ramp is being built." in whole["text"]
    assert [step["state"] for step in whole["steps"]] == ["draft", "waiting"]


def test_the_list_is_narrowed_by_state_and_person(world, caller):
    person = reachable(world, name="Sam")
    failed, amina = answered(world, "refused", "full", person=person), caller(world.amina)
    waiting(world)
    assert [row["id"] for row in rows(amina.get(f"{MESSAGES}?state=failed"))] == [str(failed.pk)]
    assert [row["id"] for row in rows(amina.get(f"{MESSAGES}?person={person.pk}"))] == [str(failed.pk)]
    assert amina.get(f"{MESSAGES}?status=failed").status_code == 400


def test_a_draft_is_sent_once_and_held_back_with_its_reason(world, caller):
    amina, message = caller(world.amina), a_draft(world)
    url = f"{MESSAGES}{message.pk}/send/"
    first = amina.post(url, {}, match='"1"', key="one")
    assert first.status_code == 200, first.content
    assert amina.post(url, {}, match='"1"', key="one").json() == first.json()
    assert said(amina.post(url, {}, match='"2"')) == ["message_not_draft"]
    person = reachable(world, name="Sam")
    held = a_draft(world, person)
    an_objection(world, person)
    assert amina.post(f"{MESSAGES}{held.pk}/send/", {}, match='"1"').status_code == 200
    row = amina.get(f"{MESSAGES}{held.pk}/").json()
    assert row["state"] == "held"
    assert "They objected to everything we do" in row["why"]


def test_a_person_decides_posts_and_phones_through_the_api(world, caller):
    amina = caller(world.amina)
    unknown, letter, call = answered(world, "not_known"), to_print(world, name="Sam"), to_phone(world, name="Kit")
    assert amina.post(f"{MESSAGES}{unknown.pk}/decide/", {"decision": "went_out"}, match="*").status_code == 200
    assert said(amina.post(f"{MESSAGES}{unknown.pk}/decide/", {"decision": "went_out"}, match="*")) == [
        "nothing_to_decide"
    ]
    assert amina.post(f"{MESSAGES}{letter.pk}/posted/", {}, match="*").status_code == 200
    assert amina.post(f"{MESSAGES}{call.pk}/told/", {"result": "spoke"}, match="*").status_code == 200
    states = set(Message.objects.values_list("state", flat=True))
    assert states == {State.HANDED_OVER, State.POSTED, State.PHONED}


def test_what_went_cannot_be_taken_back_and_what_changed_meanwhile_is_said(world, caller):
    amina, message = caller(world.amina), waiting(world)
    url = f"{MESSAGES}{message.pk}/withdraw/"
    assert amina.post(url, {}).status_code == 428
    assert amina.post(url, {}, match='"1"').status_code == 412
    assert amina.post(url, {"reason": "Wrong date"}, match="*").status_code == 200
    assert said(amina.post(url, {}, match="*")) == ["message_withdrawn"]


def test_colleagues_of_another_place_find_nothing(world, caller):
    message, joe = waiting(world), caller(world.joe)
    assert rows(joe.get(MESSAGES)) == []
    assert joe.get(f"{MESSAGES}{message.pk}/").status_code == 404
    assert joe.post(f"{MESSAGES}{message.pk}/withdraw/", {}, match="*").status_code == 404
    assert caller(world.analyst).get(MESSAGES).status_code == 403


def test_listing_messages_to_restricted_people_leaves_a_mark(world, caller):
    person = reachable(world, restricted=True, named_readers=[world.amina])
    a_draft(world, person)
    rows(caller(world.amina).get(MESSAGES))
    assert AuditEvent.objects.filter(verb="person.read", subject_id=str(person.pk)).exists()


def test_letters_are_read_worded_and_checked(world, caller):
    letter, lead, amina = letters(world), caller(world.lead), caller(world.amina)
    row = next(row for row in rows(amina.get(LETTERS)) if row["key"] == "thank-you")
    assert {(v["format"], v["may_be_sent"]) for v in row["versions"]} == {
        ("standard", True), ("easy_read", False), ("standard", False),
    }  # fmt: skip
    url = f"{LETTERS}{letter.pk}/"
    wrong = lead.post(f"{url}words/", {"subject": "Thanks {name}", "body": "{nmae}"}, match="*")
    assert set(said(wrong)) == {"placeholder_unknown", "placeholder_missing", "subject_personal"}
    assert lead.post(f"{url}words/", {"subject": "Thanks", "body": "{words}"}, match="*").status_code == 200
    assert amina.post(f"{url}words/", {"subject": "T", "body": "{words}"}, match="*").status_code == 403
    sent = {"version": str(machine_draft(world).pk), "checked_by": "An Urdu speaker"}
    assert lead.post(f"{url}check/", sent).status_code == 200
    other = another_letter(world)
    assert lead.post(f"{LETTERS}{other}/check/", sent).status_code in (400, 409)


def another_letter(world):
    """Another letter than the one the version belongs to."""
    return type(letters(world)).objects.get(key="note").pk
