"""Telling people: who is due an answer, in their language, approved, sent, and not sent before somebody read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.audit.models import Revision
from crm.base.actors import SYSTEM
from crm.base.ids import new_id
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.erasing.actions import erase_person
from crm.erasing.models import ErasureRequest
from crm.people.models import Person
from crm.sending.actions import Answer, begin_handing_over, claim_messages, note_handed_over
from crm.sending.models import Message
from engagement.coproduction.decisions.actions import (
    correct_decision,
    finish_outcome,
    record_decision,
    withdraw_decision,
)
from engagement.coproduction.projects.actions.projects import close_project
from engagement.coproduction.telling.actions import (
    approve_tellings,
    check_answer_words,
    draft_tellings,
    excuse_telling,
    tell_in_person,
    word_answer,
)
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.letters_about import secret_of
from engagement.coproduction.telling.models import HelpTally, SpentLink, Telling
from engagement.log.actions import restrict_event
from tests.crm.erasing.helpers import LOOKED, a_request
from tests.crm.sending.helpers import LETTER, PHONE
from tests.engagement.coproduction.deciding import a_decision, a_point, an_outcome, decision_details
from tests.engagement.coproduction.helpers import a_place, a_project
from tests.engagement.coproduction.telling_helpers import (
    a_reader,
    check_urdu,
    due_to,
    letters_of_answers,
    said_by,
)

State = Telling.State
URDU = WordsDetails("آپ نے خطوط کے بارے میں پوچھا", "پہلا خط اردو میں آئے گا۔ باقی کے لیے پیسے نہیں ہیں۔")


def _in_urdu(world: Any, **more: Any) -> WordsDetails:
    return WordsDetails(URDU.said, URDU.answer, language=world.urdu, **more)


def _send() -> None:
    """What the sender does with everything that waits."""
    attempt = new_id()
    for message in claim_messages(actor=SYSTEM, attempt=attempt, most=50):
        begun = begin_handing_over(actor=SYSTEM, message=message, attempt=attempt)
        if begun is not None:
            note_handed_over(actor=SYSTEM, message=begun, attempt=attempt, answer=Answer("taken"))


def test_whoever_said_it_and_the_groups_it_came_through_are_due_an_answer(world):
    mine = a_point(world, through=world.south_group, occurred_on=timezone.localdate() - timedelta(days=40))
    nobody = a_point(world, raised_by=None)
    group = a_point(world, raised_by=None, raised_by_organisation=world.south_group)
    decision = a_decision(world, mine, nobody, group)
    found = {(row.person, row.organisation): row for row in decision.tellings.all()}
    assert set(found) == {(world.person, None), (None, world.south_group), (None, world.group)}
    assert {point.pk for point in found[None, world.south_group].points.all()} == {mine.pk, group.pk}
    assert found[world.person, None].said_on == mine.event.occurred_on
    assert {row.state for row in found.values()} == {State.DUE}
    outcome = an_outcome(world, decision)
    assert outcome.tellings.count() == 3


def test_correcting_keeps_who_is_due_right(world):
    first, other = a_point(world), a_point(world, raised_by=None)
    decision = a_decision(world, first)
    correct_decision(
        actor=world.amina, decision=decision, details=decision_details(world, points=[other]), reason="Another point"
    )
    states = {(row.person_id, row.organisation_id): (row.state, row.why) for row in decision.tellings.all()}
    assert states[world.person.pk, None] == (State.EXCUSED, "It does not answer what they said any more")
    assert states[None, world.group.pk] == (State.DUE, "")
    withdraw_decision(actor=world.amina, decision=decision, reason="Never met")
    assert not decision.tellings.exclude(state=State.EXCUSED).exists()


def test_drafted_approved_sent_and_told(world):
    telling = due_to(world)
    with pytest.raises(InputBlocked, match="Choose at least one"):
        draft_tellings(actor=world.amina, tellings=[])
    assert approve_tellings(actor=world.amina, tellings=[telling]).waiting == [telling]
    (drafted,) = draft_tellings(actor=world.amina, tellings=[telling])
    assert drafted.state == State.DRAFTED
    text = drafted.message.text
    assert "Do letters about care come in Urdu?" in text
    assert "In part. We can write the first letter" in text
    assert "put-in-when-it-is-sent" in text  # the secret of the link is kept nowhere
    done = approve_tellings(actor=world.amina, tellings=[drafted])
    assert [row.state for row in done.sent] == [State.ON_ITS_WAY]
    assert done.in_words == "1 on the way"
    _send()
    telling.refresh_from_db()
    assert telling.state == State.TOLD
    assert telling.told_on == timezone.localdate()
    assert telling.days == 0
    again = approve_tellings(actor=world.amina, tellings=[telling])  # pressed twice
    assert again.waiting
    assert Message.objects.filter(about_id=telling.pk).count() == 1


def test_an_urdu_answer_waits_until_somebody_who_reads_it_has_checked_it(world):
    telling = due_to(world, a_reader(world, urdu=True))
    check_urdu(world)
    (none,) = draft_tellings(actor=world.amina, tellings=[telling])
    assert "There are no Urdu words of this answer yet" in none.lacks
    words = word_answer(actor=world.amina, record=telling.decision, details=_in_urdu(world, machine_draft=True))
    (drafted,) = draft_tellings(actor=world.amina, tellings=[none])
    assert URDU.answer in drafted.message.text
    assert drafted.message.language == world.urdu
    assert "Nobody who reads Urdu has checked" in drafted.lacks
    for because in ("", "They cannot wait"):  # no reason lets unchecked words out
        assert approve_tellings(actor=world.amina, tellings=[drafted], because=because).waiting
    drafted.refresh_from_db()
    assert drafted.state == State.DRAFTED
    assert drafted.message.state == Message.State.DRAFT
    with pytest.raises(Refused):
        check_answer_words(actor=world.amina, words=words, checked_by="Me")
    check_answer_words(actor=world.translator, words=words, checked_by="An Urdu speaker of the women's group")
    (ready,) = draft_tellings(actor=world.amina, tellings=[drafted])
    assert ready.lacks == ""
    assert approve_tellings(actor=world.amina, tellings=[ready]).sent == [ready]
    assert Message.objects.filter(about_id=telling.pk, state=Message.State.WITHDRAWN).count() == 2


def test_english_goes_to_an_urdu_reader_only_with_a_reason(world):
    telling = due_to(world, a_reader(world, urdu=True))
    (drafted,) = draft_tellings(actor=world.amina, tellings=[telling])
    assert approve_tellings(actor=world.amina, tellings=[drafted]).waiting
    sent = approve_tellings(actor=world.amina, tellings=[drafted], because="Her daughter reads it to her").sent
    assert sent[0].state == State.ON_ITS_WAY


def test_who_cannot_be_reached_is_held_back_with_the_reason_and_stops_nobody(world):
    letters_of_answers(world)
    decision = a_decision(world, a_point(world), said_by(world, a_reader(world)))
    held, other = decision.tellings.filter(to_kind="person").order_by("person__name").reverse()
    drafted = draft_tellings(actor=world.amina, tellings=[held, other])
    assert [row.state for row in drafted] == [State.HELD, State.DRAFTED]
    assert "no safe way" in drafted[0].why
    assert approve_tellings(actor=world.amina, tellings=drafted).waiting == [drafted[0]]
    excused = excuse_telling(actor=world.amina, telling=drafted[0], reason="They left no address")
    assert excused.state == State.EXCUSED
    with pytest.raises(Blocked, match="A reason stands"):
        draft_tellings(actor=world.amina, tellings=[excused])


def test_what_is_said_aloud_is_in_english_and_a_letter_carries_the_link(world, signed_in):
    spoken = due_to(world, a_reader(world, PHONE, urdu=True, name="By phone"))
    (drafted,) = draft_tellings(actor=world.amina, tellings=[spoken])
    assert (drafted.lacks, drafted.language) == ("", None)
    posted = due_to(world, a_reader(world, LETTER, name="By letter"))
    (letter,) = draft_tellings(actor=world.amina, tellings=[posted])
    approve_tellings(actor=world.amina, tellings=[letter, drafted])
    page = signed_in(world.amina).get(f"/workspace/sending/{letter.message_id}/letter/").content.decode()
    assert "/answers/my/" in page
    assert "put-in-when-it-is-sent" not in page


def test_told_in_person_counts_as_told(world):
    telling = due_to(world)
    early = telling.said_on - timedelta(days=1)
    with pytest.raises(InputBlocked, match="before they said it"):
        tell_in_person(actor=world.amina, telling=telling, how="At the group", told_on=early)
    with pytest.raises(InputBlocked, match="how they were told"):
        tell_in_person(actor=world.amina, telling=telling, how="")
    told = tell_in_person(actor=world.amina, telling=telling, how="At the Monday group")
    with pytest.raises(Blocked, match="told already"):
        excuse_telling(actor=world.amina, telling=told, reason="x")


def test_an_outcome_is_not_done_while_two_are_untold(world):
    letters_of_answers(world)
    decision = a_decision(world, a_point(world, through=world.group))
    outcome = an_outcome(world, decision)
    with pytest.raises(Blocked, match="2 people and groups are still to be told"):
        finish_outcome(actor=world.amina, outcome=outcome)
    person, group = outcome.tellings.order_by("organisation_id")
    tell_in_person(actor=world.amina, telling=person, how="At the door")
    with pytest.raises(Blocked, match="1 person or group is still"):
        finish_outcome(actor=world.amina, outcome=outcome)
    excuse_telling(actor=world.amina, telling=group, reason="The group has closed")
    assert finish_outcome(actor=world.amina, outcome=outcome).state == "done"


def test_it_stands_without_an_erased_person(world):
    telling = due_to(world)
    outcome = an_outcome(world, telling.decision)
    with writing_allowed():
        Person.objects.filter(pk=telling.person_id).delete()
    telling.refresh_from_db()
    assert telling.person is None
    assert telling.said_on
    with pytest.raises(Blocked, match="not kept any more"):
        draft_tellings(actor=world.lead, tellings=[telling])
    assert finish_outcome(actor=world.amina, outcome=outcome, reason="").state == "done"


def test_only_who_may_read_the_words_and_see_the_person_knows(world):
    telling = due_to(world)
    seen = {name for name, user in world.everybody().items() if Telling.objects.visible_to(user).exists()}
    assert seen == {"amina", "lead", "manager"}
    restrict_event(actor=world.amina, event=telling.points.get().event, readers=[world.amina])
    assert not Telling.objects.visible_to(world.manager).exists()
    with pytest.raises(Refused):
        draft_tellings(actor=world.manager, tellings=[telling])


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"said": ""}, "said_missing"),
        ({"said": "12 people asked"}, "numbers_in_words"),
        ({"answer": " "}, "answer_missing"),
        ({"answer": "Ring Zara on 0113 496 0100"}, "words_personal"),
        ({"format": "braille"}, "format_wrong"),
        ({"machine_draft": True}, "machine_english"),
    ],
)
def test_words_hold_no_numbers_and_no_person(changes, code, world):
    with pytest.raises(InputBlocked) as refused:
        word_answer(
            actor=world.amina, record=a_decision(world), details=WordsDetails(**{"said": "a", "answer": "b", **changes})
        )
    assert code in {blocker.code for blocker in refused.value.blockers}


def test_the_pages_draft_approve_and_settle(world, signed_in):
    telling, browser = due_to(world), signed_in(world.amina)
    page = browser.get("/workspace/answers/").content.decode()
    assert "Nasreen Akhtar" in page
    sent = {"telling": [str(telling.pk)], "decision": str(telling.decision_id)}
    drafted = browser.post("/workspace/answers/draft/", sent, follow=True).content.decode()
    assert "1 drafted, 0 held back" in drafted
    one = browser.get(f"/workspace/answers/{telling.pk}/").content.decode()
    assert "In part. We can write the first letter" in one
    assert "The letters came in English only." in one
    for words in ("1 on the way", "1 not approved"):
        said = browser.post("/workspace/answers/approve/", {**sent, "alone": "yes"}, follow=True).content.decode()
        assert words in said
    assert signed_in(world.joe).get(f"/workspace/answers/{telling.pk}/").status_code == 404
    group = a_decision(world, a_point(world, raised_by=None)).tellings.get()
    address = f"/workspace/answers/{group.pk}/"
    assert browser.get(f"{address}in-person/").status_code == 200
    wrong = browser.post(f"{address}excuse/", {"version": "1", "reason": "", "once": "a"}).content.decode()
    assert "Say why, in a few words" in wrong
    browser.post(f"{address}excuse/", {"version": "1", "reason": "Closed", "once": "b"})
    group.refresh_from_db()
    assert group.why == "Closed"


def test_words_are_written_and_checked_on_pages(world, signed_in):
    decision = a_decision(world)
    address = f"/workspace/decisions/{decision.pk}/words/"
    assert "made from what was recorded" in signed_in(world.publisher).get(address).content.decode()
    sent = {"language": str(world.urdu.pk), "format": "standard", "said": URDU.said, "answer": URDU.answer, "once": "a"}
    assert signed_in(world.amina).post(f"{address}new/", sent)["Location"] == address
    words = decision.words.get()
    page = signed_in(world.translator).get(address).content.decode()
    assert URDU.answer in page
    assert "Not checked" in page
    check = f"/workspace/answer-words/{words.pk}/check/"
    signed_in(world.translator).post(check, {"version": "1", "checked_by": "A speaker", "once": "b"})
    words.refresh_from_db()
    assert words.may_be_used


def test_the_api_does_the_same(world, caller):
    telling, api = due_to(world, a_reader(world, urdu=True)), caller(world.amina)
    check_urdu(world)
    row = api.get("/tellings/?waiting=true").json()["results"]
    assert str(telling.pk) in {one["id"] for one in row}
    body = {"decision": str(telling.decision_id), "language": str(world.urdu.pk), "said": URDU.said, "answer": "اچھا"}
    words = api.post("/answer-words/", body, key="w")
    assert words.status_code == 201
    assert api.post("/answer-words/", {"said": "a", "answer": "b"}).status_code == 409
    assert api.post(f"/tellings/{telling.pk}/draft/", {}).status_code == 200
    refused = api.post(f"/tellings/{telling.pk}/approve/", {"because": "Now"})
    assert refused.status_code == 409
    assert "Somebody must check them first" in refused.content.decode()
    pk = words.json()["id"]
    checked = caller(world.checker).post(f"/answer-words/{pk}/check/", {"checked_by": "A speaker"}, match='"1"')
    assert checked.status_code == 200
    assert api.post(f"/tellings/{telling.pk}/draft/", {}).status_code == 200
    assert api.post(f"/tellings/{telling.pk}/approve/", {}).status_code == 200
    assert api.get(f"/tellings/{telling.pk}/").json()["state"] == "on_its_way"
    joe = caller(world.joe)
    assert joe.get(f"/tellings/{telling.pk}/").status_code == 404
    group = a_decision(world, a_point(world, raised_by=None)).tellings.get()
    told = api.post(f"/tellings/{group.pk}/told-in-person/", {"how": "At the mosque"}, match='"1"')
    assert told.status_code == 200
    other = a_decision(world, a_point(world, raised_by=None)).tellings.get()
    assert api.post(f"/tellings/{other.pk}/excuse/", {"reason": "Closed"}, match='"1"').status_code == 200
    assert api.get("/tellings/?lacking=false&state=excused").json()["results"][0]["why"] == "Closed"


def test_from_a_person_and_a_group_to_what_they_are_due(world, signed_in, caller):
    telling = due_to(world)
    other = a_decision(world, a_point(world, raised_by=None), question="And by phone?").tellings.get()
    browser, api = signed_in(world.amina), caller(world.amina)
    for row, page, kind in ((telling, "people", "person"), (other, "groups", "organisation")):
        subject = getattr(row, kind)
        address = f"{reverse('workspace:tellings')}?{kind}={subject.pk}"
        assert address in browser.get(f"/workspace/{page}/{subject.pk}/").content.decode()
        shown = browser.get(address).content.decode()
        assert [f"/answers/{one.pk}/" in shown for one in (telling, other)] == [row == telling, row == other]
        assert [one["id"] for one in api.get(f"/tellings/?{kind}={subject.pk}").json()["results"]] == [str(row.pk)]
    assert caller(world.joe).get(f"/tellings/?person={telling.person_id}").status_code == 400


def test_the_api_drafts_and_approves_many_by_the_rule_of_the_page(world, caller):
    letters_of_answers(world)
    english, urdu = a_reader(world), a_reader(world, urdu=True, name="Rukhsana Bibi")
    due = [due_to(world, english), due_to(world, urdu)]
    told = a_decision(world, a_point(world, raised_by=None)).tellings.get()
    tell_in_person(actor=world.amina, telling=told, how="At the mosque")
    ids = {"tellings": [str(row.pk) for row in (*due, told)]}
    api = caller(world.amina)
    drafted = api.post("/tellings/draft/", ids).json()
    assert {row["id"] for row in drafted["done"]} == {str(row.pk) for row in due}
    assert [(row["id"], row["why"]) for row in drafted["waiting"]] == [(str(told.pk), "They were told already")]
    first = api.post("/tellings/approve/", ids, key="all").json()
    assert [(row["id"], row["state"]) for row in first["done"]] == [(str(due[0].pk), "on_its_way")]
    why = {row["id"]: row["why"] for row in first["waiting"]}
    assert "Urdu" in why[str(due[1].pk)]
    assert api.post("/tellings/approve/", ids, key="all").json() == first
    none = api.post("/tellings/approve/", {"tellings": []})
    assert (none.status_code, none.json()["errors"][0]["pointer"]) == (400, "/tellings")
    assert caller(world.joe).post("/tellings/approve/", ids).status_code == 400, "no such answer for the South"
    assert caller(world.analyst).post("/tellings/approve/", ids).status_code == 403


def test_what_was_withdrawn_is_taken_back_from_a_reader_whom_its_withdrawer_may_not_see(world):
    letters_of_answers(world)
    point = said_by(world, a_reader(world))
    restrict_event(actor=world.amina, event=point.event, readers=[world.lead])
    decision = record_decision(actor=world.lead, details=decision_details(world, points=[point]))
    rows = draft_tellings(actor=world.lead, tellings=list(decision.tellings.all()))
    (telling,) = approve_tellings(actor=world.lead, tellings=rows).sent
    assert not Telling.objects.visible_to(world.manager).exists()
    withdraw_decision(actor=world.manager, decision=decision, reason="Never met")
    telling.refresh_from_db()
    assert (telling.state, telling.message.state) == (State.EXCUSED, Message.State.WITHDRAWN)


def test_whether_it_helped_is_counted_once_and_leads_to_nobody(world, client):
    telling = due_to(world)
    before = telling.modified_at
    address = f"/answers/my/{secret_of(telling.pk)}/"
    page = client.get(address)
    assert "Did our answer help you?" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private"
    assert not HelpTally.objects.exists()  # looking counts nothing
    assert "Choose one of the three" in client.post(address, {"helped": "maybe"}).content.decode()
    assert "Thank you" in client.post(address, {"helped": "no"}).content.decode()
    assert "You told us already" in client.post(address, {"helped": "yes"}).content.decode()
    tally = HelpTally.objects.get()
    assert (tally.helped, tally.answers) == ("no", 1)
    assert {field.name for field in SpentLink._meta.fields} == {"digest"}
    telling.refresh_from_db()
    assert telling.modified_at == before
    assert client.get("/answers/my/made-up/").status_code == 404


def test_the_question_is_in_the_readers_language(world, client):
    telling = due_to(world, a_reader(world, urdu=True))
    draft_tellings(actor=world.amina, tellings=[telling])
    page = client.get(f"/answers/my/{secret_of(telling.pk)}/").content.decode()
    assert 'dir="rtl"' in page
    assert "کیا ہمارے جواب سے آپ کو مدد ملی؟" in page


def test_whoever_takes_part_in_the_project_hears_of_it_too(world, signed_in):
    letters_of_answers(world)
    project = a_project(world)
    a_place(world, project=project)
    decision = a_decision(world, a_point(world, raised_by=None), project=project)
    theirs = decision.tellings.get(person=world.person)
    assert not theirs.points.exists()
    assert theirs.said_on == decision.decided_on
    assert Telling.objects.visible_to(world.amina).filter(pk=theirs.pk).exists()
    assert not Telling.objects.visible_to(world.joe).filter(pk=theirs.pk).exists()
    page = signed_in(world.amina).get(f"/workspace/projects/{project.pk}/").content.decode()
    assert decision.question in page
    assert "Record a decision" in page
    with pytest.raises(Blocked, match="still due"):
        close_project(actor=world.amina, project=project, words="Done")
    for telling in decision.tellings.all():
        tell_in_person(actor=world.amina, telling=telling, how="At the last meeting")
    assert close_project(actor=world.amina, project=project, words="Done").closed_on


def granted_to(world: Any, person: Person) -> ErasureRequest:
    request = a_request(world, person)
    with writing_allowed():
        ErasureRequest.objects.filter(pk=request.pk).update(
            outcome="granted", decided_on=timezone.localdate(), decided_by=world.lead, reason="Not needed"
        )
    return ErasureRequest.objects.get(pk=request.pk)


def test_erased_by_the_action_no_name_is_left_in_what_was_told(world):
    reader = a_reader(world, name="Zubaida Qureshi-Testwala")
    telling = due_to(world, reader)
    (drafted,) = draft_tellings(actor=world.amina, tellings=[telling])
    approve_tellings(actor=world.amina, tellings=[drafted])
    _send()
    other = due_to(world, reader, question="And by phone?")
    excuse_telling(actor=world.amina, telling=other, reason="Her sister says she is ill")
    erase_person(actor=world.lead, request=granted_to(world, reader), looked=LOOKED)
    telling.refresh_from_db()
    assert telling.person is None
    other.refresh_from_db()
    assert (other.state, other.why) == (State.EXCUSED, ""), "words typed about them go with them"
    assert "sister" not in str(list(Revision.objects.values_list("values", flat=True)))
    assert telling.state == State.TOLD
    assert telling.days == 0
    rows = [repr(row) for model in (Telling, Message) for row in model._base_manager.values_list()]
    assert not [row for row in rows if "Testwala" in row or "parveen@example.org" in row]
    assert telling.decision.answered.count() == 1
