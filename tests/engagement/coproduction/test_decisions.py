"""Decisions: what people asked for, the answer, why, and whose points it answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from crm.base.writing import writing_allowed
from engagement.coproduction.decisions.actions import correct_decision, record_decision, withdraw_decision
from engagement.coproduction.decisions.details import EvidenceDetails, OptionDetails
from engagement.coproduction.decisions.models import AnsweredPoint, Decision
from engagement.coproduction.decisions.reading import hard_to_read, reading_age
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.log.actions import restrict_event
from tests.engagement.coproduction.deciding import NO, NOT_YET, a_decision, a_point, decision_details

LONG_AGO = timedelta(days=30)


def a_theme(world: Any, *points: Any, **changes: Any) -> Theme:
    """Put together by hand: how themes are gathered is tried elsewhere."""
    today = timezone.localdate()
    with writing_allowed():
        theme = Theme.objects.create(owner=world.lead, opened_on=today, **{"name": "Letters", **changes})
        for point in points:
            ThemePoint.objects.create(theme=theme, point=point, since=today, gathered_by=world.lead)
    return theme


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"question": " "}, "question_missing", "question"),
        ({"answer": "perhaps"}, "answer_missing", "answer"),
        ({"decided_on": None}, "decided_on_missing", "decided_on"),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_in_future", "decided_on"),
        ({"decided_by": ""}, "decided_by_missing", "decided_by"),
        ({"authority": ""}, "authority_missing", "authority"),
        ({**NO, "reason": ""}, "reason_missing", "reason"),
        ({**NO, "reason": "No money."}, "reason_too_short", "reason"),
        ({**NOT_YET, "look_again_on": None}, "look_again_missing", "look_again_on"),
        ({**NOT_YET, "look_again_on": timezone.localdate()}, "look_again_past", "look_again_on"),
        ({"will_do": ""}, "will_do_missing", "will_do"),
        ({"options": []}, "options_missing", "options"),
        ({**NO, "options": [OptionDetails("Pay for it")]}, "option_why_missing", "options"),
        ({"answer": "yes", "options": [OptionDetails("a", why="b")]}, "option_not_chosen", "options"),
        ({"options": [OptionDetails("a", chosen=True)]}, "option_not_refused", "options"),
        ({"evidence": [EvidenceDetails(" ")]}, "evidence_missing", "evidence"),
        ({"evidence": [EvidenceDetails("x", kind="gossip")]}, "evidence_kind_unknown", "evidence"),
        ({"points": []}, "answers_nothing", "themes"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(changes, code, field, world):
    details = decision_details(world, **{"points": [a_point(world)], **changes})
    with pytest.raises(InputBlocked) as refused:
        record_decision(actor=world.amina, details=details)
    assert (code, field) in {(blocker.code, blocker.field) for blocker in refused.value.blockers}
    assert not Decision.objects.exists()


def test_it_answers_what_its_themes_hold_and_nothing_said_after_it(world):
    before, after = a_point(world, occurred_on=timezone.localdate() - LONG_AGO), a_point(world)
    inner = a_theme(world, after, name="Inner")
    outer = a_theme(world, before, name="Outer")
    with writing_allowed():
        Theme.objects.filter(pk=inner.pk).update(parent=outer)
    yesterday = timezone.localdate() - timedelta(days=1)
    early = a_decision(world, themes=[outer], decided_on=yesterday)
    assert [row.point for row in early.answered.all()] == [before]
    late = a_decision(world, themes=[outer])
    assert {row.point for row in late.answered.all()} == {before, after}
    assert {row.theme for row in late.answered.all()} == {inner, outer}


def test_correcting_keeps_what_it_said_and_ends_what_it_answers_no_more(world):
    first, second = a_point(world), a_point(world, "Another.")
    decision = a_decision(world, first)
    changed = decision_details(world, points=[second], **NO)
    fresh = correct_decision(actor=world.lead, decision=decision, details=changed, reason="Misread", expected_version=1)
    note = fresh.corrections.get()
    assert note.reason == "Misread"
    assert ["the answer", "In part"] in note.before
    assert any(name == "the options" and "The first letter in Urdu (chosen" in words for name, words in note.before)
    rows = {row.point: row.until for row in AnsweredPoint.objects.all()}
    assert rows == {first: timezone.localdate(), second: None}
    with pytest.raises(Stale):
        correct_decision(actor=world.lead, decision=decision, details=changed, reason="x", expected_version=1)
    with pytest.raises(InputBlocked, match="Say why it is changed"):
        correct_decision(actor=world.lead, decision=fresh, details=changed, reason=" ")


def test_a_withdrawn_decision_stays_readable_and_is_not_changed(world, signed_in):
    decision = a_decision(world)
    with pytest.raises(InputBlocked):
        withdraw_decision(actor=world.amina, decision=decision, reason="")
    gone = withdraw_decision(actor=world.amina, decision=decision, reason="The board never met")
    with pytest.raises(Blocked, match="already withdrawn"):
        withdraw_decision(actor=world.amina, decision=gone, reason="Again")
    with pytest.raises(Blocked, match="can be read, not changed"):
        correct_decision(actor=world.amina, decision=gone, details=decision_details(world), reason="x")
    assert not AnsweredPoint.objects.standing().exists()
    browser = signed_in(world.chen)
    assert "The board never met" in browser.get(f"/workspace/decisions/{decision.pk}/").content.decode()
    assert decision.question not in browser.get("/workspace/decisions/").content.decode()


def test_only_who_keeps_it_corrects_it(world):
    decision = a_decision(world)
    for stranger in (world.joe, world.chen, world.analyst):
        with pytest.raises(Refused):
            withdraw_decision(actor=stranger, decision=decision, reason="No")
    correct_decision(
        actor=world.manager, decision=decision, details=decision_details(world, points=[a_point(world)]), reason="Yes"
    )


def test_words_of_restricted_contacts_are_shown_to_their_readers_alone(world, signed_in, caller):
    point = a_point(world, "A secret.")
    decision = a_decision(world, point)
    restrict_event(actor=world.amina, event=point.event, readers=[world.amina])
    address = f"/workspace/decisions/{decision.pk}/"
    assert "A secret." in signed_in(world.amina).get(address).content.decode()
    assert "A secret." not in signed_in(world.manager).get(address).content.decode()
    assert caller(world.manager).get(f"/decisions/{decision.pk}/").json()["points"] == []


@pytest.mark.once
def test_hard_words_are_noticed_and_stop_nobody():
    plain = "We cannot do this. The law does not let us. We will ask again next year."
    hard = (
        "Notwithstanding considerable organisational deliberation, implementation necessitates comprehensive "
        "prioritisation of statutory responsibilities."
    )
    assert reading_age(plain) <= 11
    assert not hard_to_read(plain)
    assert "everyday words" in hard_to_read(hard)
    assert reading_age("ہم یہ نہیں کر سکتے") is None
    assert reading_age("") is None


def _sent(point: Any, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "question": "Do letters come in Urdu?", "answer": "no", "reason": NO["reason"], "decided_by": "The board",
        "authority": "The vote", "decided_on_day": day.day, "decided_on_month": day.month, "decided_on_year": day.year,
        "points": [str(point.pk)], "options-rows": "1", "options-0-words": "=1+1 🙂", "options-0-why": "اردو",
        "evidence-rows": "1", "evidence-0-kind": "people", "evidence-0-words": "They asked", "once": "a", **changes,
    }  # fmt: skip


def test_the_page_records_warns_once_and_loses_nothing(world, signed_in):
    browser, point = signed_in(world.amina), a_point(world)
    address = f"/workspace/decisions/new/?point={point.pk}&point=nonsense"
    assert point.words in browser.get(address).content.decode()
    wrong = browser.post(address, _sent(point, reason="", once="b")).content.decode()
    assert "Say why, so that whoever asked can read it" in wrong
    assert "=1+1 🙂" in wrong
    longer = browser.post(address, _sent(point, more="options")).content.decode()
    assert 'name="options-1-words"' in longer
    assert "اردو" in longer
    hard = "Notwithstanding considerable organisational deliberation, ring 0113 496 0100 for comprehensive information."
    warned = browser.post(address, _sent(point, reason=hard)).content.decode()
    assert "Look at this again" in warned
    assert "a phone number" in warned
    assert not Decision.objects.exists()
    for _ in range(2):
        led = browser.post(address, _sent(point, reason=hard, seen="yes"))
    decision = Decision.objects.get()
    assert led["Location"] == f"/workspace/decisions/{decision.pk}/"
    page = browser.get(led["Location"]).content.decode()
    assert "=1+1 🙂" in page
    assert point.words in page
    corrected = browser.post(
        f"/workspace/decisions/{decision.pk}/correct/",
        _sent(point, version="1", correction_reason="Too hard", reason=NO["reason"], once="c"),
    )
    assert corrected.status_code == 302, corrected.content.decode()
    assert "Before, why: Notwithstanding" in browser.get(led["Location"]).content.decode()
    browser.post(f"/workspace/decisions/{decision.pk}/withdraw/", {"version": "2", "reason": "Wrong", "once": "d"})
    decision.refresh_from_db()
    assert decision.is_withdrawn


def test_the_api_does_the_same(world, caller):
    api, point = caller(world.amina), a_point(world)
    body: dict[str, Any] = {
        "question": "Do letters come in Urdu?", "answer": "not_yet", "decided_on": str(timezone.localdate()),
        "decided_by": "The board", "authority": "The vote", "points": [str(point.pk)],
        "options": [{"words": "Now", "why": "Nobody checks it"}], "evidence": [{"words": "They asked"}],
    }  # fmt: skip
    refused = api.post("/decisions/", body)
    assert refused.status_code == 400
    assert {"reason_missing", "look_again_missing"} <= {one["code"] for one in refused.json()["errors"]}
    body |= {"reason": NO["reason"], "look_again_on": "2099-01-01"}
    made = [api.post("/decisions/", body, key="one") for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    pk = made[0].json()["id"]
    assert Decision.objects.count() == 1
    assert caller(world.amina, "read").post("/decisions/", body).status_code == 403
    assert caller(world.chen).post("/decisions/", body).status_code == 403
    row = api.get(f"/decisions/{pk}/").json()
    assert row["points"] == [str(point.pk)]
    assert row["reading_age"] <= 11
    assert len(api.get(f"/decisions/?point={point.pk}&without_outcome=true").json()["results"]) == 1
    changed = api.patch(f"/decisions/{pk}/", {"answer": "no", "correction_reason": "Misread"}, match='"1"')
    assert changed.status_code == 200, changed.content
    whole = api.get(f"/decisions/{pk}/").json()
    assert whole["answer"] == "no"
    assert whole["points"] == [str(point.pk)]
    assert whole["corrections"][0]["before"] == [["the answer", "Not yet"]]
    assert api.post(f"/decisions/{pk}/withdraw/", {"reason": "Wrong"}, match='"2"').status_code == 200
    assert api.get("/decisions/").json()["results"] == []
    assert len(api.get("/decisions/?withdrawn=true").json()["results"]) == 1


def test_correcting_does_not_let_go_of_points_one_may_not_read(world):
    hidden, open_ = a_point(world, "A secret."), a_point(world)
    decision = a_decision(world, hidden, open_)
    restrict_event(actor=world.amina, event=hidden.event, readers=[world.amina])
    details = decision_details(world, points=[open_], authority="The vote")
    correct_decision(actor=world.manager, decision=decision, details=details, reason="The minutes say so")
    assert {row.point for row in AnsweredPoint.objects.filter(decision=decision, until=None)} == {hidden, open_}
