"""Outcomes: what is different since a decision, or as plainly what is not, and how we know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked, Stale
from engagement.coproduction.decisions.actions import (
    check_outcome,
    correct_outcome,
    finish_outcome,
    record_outcome,
    withdraw_decision,
    withdraw_outcome,
)
from engagement.coproduction.decisions.details import CheckDetails
from engagement.coproduction.decisions.following import untold
from engagement.coproduction.decisions.models import Outcome
from engagement.coproduction.frameworks.details import PartDetails
from tests.engagement.coproduction.deciding import a_decision, a_framework, an_outcome, outcome_details


@pytest.fixture
def nobody_to_tell():
    """Who is due an answer is tried in another file."""
    kept = dict(untold._entries)
    untold._entries.clear()
    yield
    untold._entries.update(kept)


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effect": "wonderful"}, "effect_missing"),
        ({"words": " "}, "words_missing"),
        ({"for_whom": ""}, "for_whom_missing"),
        ({"since": None}, "since_missing"),
        ({"since": date(2099, 1, 1)}, "since_in_future"),
        ({"measure": "", "measure_before": "", "measure_after": ""}, "not_known"),
        ({"measure_after": ""}, "measure_incomplete"),
    ],
)
def test_what_is_missing_is_said(changes, code, world):
    decision = a_decision(world)
    with pytest.raises(InputBlocked) as refused:
        record_outcome(actor=world.amina, decision=decision, details=outcome_details(**changes))
    assert code in {blocker.code for blocker in refused.value.blockers}
    assert not Outcome.objects.exists()


def test_that_nothing_changed_is_said_as_plainly(world):
    same = an_outcome(
        world, effect="same", since=None, measure="", measure_before="", measure_after="", account="Nobody had one."
    )
    assert same.state == "open"


def test_nothing_is_added_to_a_withdrawn_decision(world):
    decision = withdraw_decision(actor=world.amina, decision=a_decision(world), reason="Never met")
    with pytest.raises(Blocked, match="Nothing can be added"):
        an_outcome(world, decision)


def test_it_is_checked_by_those_who_asked_and_a_no_is_kept(world, nobody_to_tell):
    outcome = an_outcome(world)
    with pytest.raises(InputBlocked, match="Write who looked at it"):
        check_outcome(actor=world.chen, outcome=outcome, details=CheckDetails(" "))
    later = timezone.localdate() + timedelta(days=1)
    with pytest.raises(InputBlocked, match="today or in the past"):
        check_outcome(actor=world.chen, outcome=outcome, details=CheckDetails("Carers", checked_on=later))
    checked = check_outcome(
        actor=world.chen, outcome=outcome, details=CheckDetails("Four carers", "disagree", words="Mine was in English.")
    )
    assert checked.version == 2
    done = finish_outcome(actor=world.amina, outcome=checked)
    assert done.state == "done"
    with pytest.raises(Blocked, match="done already"):
        finish_outcome(actor=world.amina, outcome=done)


def test_it_counts_for_what_says_the_same_in_another_framework(world, caller):
    first = a_framework(world, key="first")
    from_second = a_framework(world, key="second", parts=first_parts_mapped())
    outcome = an_outcome(world, parts=[first.parts.get(code="1")])
    mapped = from_second.parts.get(code="a")
    api = caller(world.analyst)
    rows = api.get(f"/outcomes/?part={mapped.pk}").json()["results"]
    assert [row["id"] for row in rows] == [str(outcome.pk)]
    other = from_second.parts.get(code="b")
    assert api.get(f"/outcomes/?part={other.pk}").json()["results"] == []


def first_parts_mapped():
    return [PartDetails("a", "Hear everybody", maps_to=["first/1"]), PartDetails("b", "Something else")]


def test_pages_and_api_record_correct_and_withdraw(world, signed_in, caller, nobody_to_tell):
    decision, browser, day = a_decision(world), signed_in(world.amina), timezone.localdate()
    sent = {
        "effect": "partly", "words": "پہلا خط اردو میں ہے 🙂", "for_whom": "=1+1", "since_day": day.day,
        "since_month": day.month, "since_year": day.year, "account": "They say so.", "once": "a",
    }  # fmt: skip
    address = f"/workspace/decisions/{decision.pk}/outcomes/new/"
    wrong = browser.post(address, {**sent, "account": "", "once": "b"}).content.decode()
    assert "Say how we know" in wrong
    assert "پہلا خط" in wrong
    for _ in range(2):
        led = browser.post(address, sent)
    outcome = Outcome.objects.get()
    assert led["Location"] == f"/workspace/outcomes/{outcome.pk}/"
    assert "They say so." in browser.get(led["Location"]).content.decode()
    assert "پہلا خط" in browser.get("/workspace/outcomes/").content.decode()
    corrected = {**sent, "version": "1", "correction_reason": "Counted", "account": "Most say so.", "once": "c"}
    assert browser.post(f"{led['Location']}correct/", corrected).status_code == 302
    assert "They say so." in browser.get(led["Location"]).content.decode()
    browser.post(f"{led['Location']}check/", {"version": "2", "by_whom": "Carers", "verdict": "agree", "once": "d"})
    browser.post(f"{led['Location']}finish/", {"version": "3", "reason": "", "once": "e"})
    outcome.refresh_from_db()
    assert outcome.done_on == day
    api = caller(world.amina)
    assert api.get(f"/outcomes/{outcome.pk}/").json()["checks"][0]["verdict"] == "agree"
    body = {"decision": str(decision.pk), "effect": "same", "words": "Nothing.", "for_whom": "All", "account": "So."}
    made = api.post("/outcomes/", body, key="k")
    assert made.status_code == 201
    assert api.post("/outcomes/", {**body, "words": ""}).json()["errors"][0]["code"] == "words_missing"
    pk = made.json()["id"]
    assert api.patch(f"/outcomes/{pk}/", {"words": "Still nothing."}, match='"1"').status_code == 400
    patched = api.patch(f"/outcomes/{pk}/", {"words": "Still nothing.", "correction_reason": "x"}, match='"1"')
    assert patched.status_code == 200
    assert api.post(f"/outcomes/{pk}/check/", {"by_whom": "Us", "verdict": "agree"}, match='"2"').status_code == 200
    assert api.post(f"/outcomes/{pk}/finish/", {}, match='"3"').status_code == 200
    assert api.post(f"/outcomes/{pk}/finish/", {}, match='"4"').status_code == 409
    assert api.post(f"/outcomes/{pk}/withdraw/", {"reason": "Wrong"}, match='"4"').status_code == 200
    assert len(api.get("/outcomes/").json()["results"]) == 1
    assert caller(world.joe).post(f"/outcomes/{pk}/withdraw/", {"reason": "x"}, match='"5"').status_code == 403


def test_others_do_not_change_it_and_no_change_is_lost(world):
    outcome = an_outcome(world)
    with pytest.raises(Refused):
        withdraw_outcome(actor=world.joe, outcome=outcome, reason="No")
    with pytest.raises(Stale):
        correct_outcome(actor=world.lead, outcome=outcome, details=outcome_details(), reason="x", expected_version=9)
    gone = withdraw_outcome(actor=world.lead, outcome=outcome, reason="Another year")
    with pytest.raises(Blocked, match="can be read"):
        check_outcome(actor=world.amina, outcome=gone, details=CheckDetails("Us"))
