"""A promise that was settled by a slip of the finger is opened again, with the reason; at both doors alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from engagement.coproduction.telling.actions import publish_promise
from engagement.coproduction.telling.models import PublicPromise
from engagement.log.actions import keep_promise, reopen_promise, withdraw_event, withdraw_promise
from engagement.log.models import Promise

SLIP = "I pressed the wrong button"


def settled(world, verb, **made):
    promise = world.promise(**made)
    if verb == "withdraw":
        return withdraw_promise(actor=world.amina, promise=promise, reason="They found one")
    return keep_promise(actor=world.amina, promise=promise, words="Took it round")


def test_a_promise_kept_by_mistake_is_opened_again_from_its_page_and_says_what_it_said_before(world, signed_in):
    promise, browser = settled(world, "keep"), signed_in(world.amina)
    page = f"/workspace/promises/{promise.pk}/"
    assert f'href="{page}reopen/"' in browser.get(page).content.decode()
    form = browser.get(f"{page}reopen/").content.decode()
    assert "What it says now stays in its history." in form
    refused = browser.post(f"{page}reopen/", {"version": 2}).content.decode()
    assert "Say why, in a few words" in refused
    shown = browser.post(f"{page}reopen/", {"reason": SLIP, "version": 2}, follow=True).content.decode()
    promise.refresh_from_db()
    assert (promise.state, promise.settled_on, promise.settled_words) == ("open", None, "")
    today = f"{timezone.localdate():%-d %B %Y}"
    for words in (
        "Promise opened again.",
        "Why it is open again: ",
        f"Before: Kept on {today}: Took it round.",
        SLIP,
        "We kept it",
    ):
        assert words in shown


def test_opening_a_promise_again_has_a_line_of_its_own_in_the_audit(world):
    promise = settled(world, "keep")
    reopen_promise(actor=world.amina, promise=promise, reason=SLIP)
    line = AuditEvent.objects.get(verb="promise.reopened", subject_id=str(promise.pk))
    assert (line.actor, line.fields) == (world.amina, ["settled_on", "settled_words", "state"])


def test_a_promise_is_opened_again_through_the_api_with_the_version_that_was_read(world, caller):
    promise, amina = settled(world, "withdraw"), caller(world.amina)
    address = f"/promises/{promise.pk}/reopen/"
    assert amina.post(address, {"reason": SLIP}).status_code == 428
    assert amina.post(address, {"reason": SLIP}, match='"1"').status_code == 412
    missing = amina.post(address, {}, match='"2"')
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (400, "/reason")
    since = timezone.now().isoformat().replace("+00:00", "Z")
    opened = amina.post(address, {"reason": SLIP}, match='"2"')
    assert (opened.status_code, opened.headers["ETag"]) == (200, '"3"')
    (row,) = amina.get(f"/promises/?changed_since={since}").json()["results"]
    assert (row["state"], row["settled_on"], row["settled_words"]) == ("open", None, "")


def test_a_promise_that_is_open_is_not_opened_again_and_both_doors_say_so(world, signed_in, caller):
    promise, words = world.promise(), "This promise is open"
    answer = caller(world.amina).post(f"/promises/{promise.pk}/reopen/", {"reason": SLIP}, match='"1"')
    assert (answer.status_code, answer.json()["detail"]) == (409, words)
    sent = {"reason": SLIP, "version": 1}
    assert words in signed_in(world.amina).post(f"/workspace/promises/{promise.pk}/reopen/", sent).content.decode()


def test_a_promise_of_a_contact_that_was_withdrawn_stays_as_it_is(world, signed_in):
    promise = settled(world, "keep")
    withdraw_event(actor=world.amina, event=promise.event, reason="Logged twice")
    with pytest.raises(Blocked, match="This contact was withdrawn"):
        reopen_promise(actor=world.amina, promise=promise, reason=SLIP)
    assert "/reopen/" not in signed_in(world.amina).get(f"/workspace/promises/{promise.pk}/").content.decode()


def test_who_may_settle_a_promise_may_open_it_again_and_nobody_else(world, signed_in, caller):
    promise = settled(world, "keep")
    address = f"/promises/{promise.pk}/reopen/"
    assert signed_in(world.joe).get(f"/workspace{address}").status_code == 404
    assert caller(world.joe).post(address, {"reason": SLIP}, match='"2"').status_code == 404
    assert signed_in(world.analyst).get(f"/workspace{address}").status_code == 403
    assert caller(world.lead).post(address, {"reason": SLIP}, match='"2"').status_code == 200


def test_whoever_opens_the_promise_of_a_colleague_who_left_keeps_it(world):
    promise = settled(world, "keep")
    with writing_allowed():
        Promise.objects.update(owner=world.leaver)
    promise.refresh_from_db()
    assert reopen_promise(actor=world.lead, promise=promise, reason=SLIP).owner == world.lead


def test_a_promise_in_public_is_open_there_again_and_the_form_says_so_first(world, signed_in, settings, client):
    settings.PUBLIC_PROMISES = True
    promise = world.promise(days=-3)
    publish_promise(actor=world.amina, promise=promise, words="A leaflet in Urdu")
    keep_promise(actor=world.amina, promise=promise)
    (shown,) = client.get("/api/v1/public/you-said/").json()["promises"]
    assert shown["state"] == "kept"
    form = signed_in(world.amina).get(f"/workspace/promises/{promise.pk}/reopen/").content.decode()
    assert "It stands in the public list: anyone then reads there that it is not kept yet." in form
    reopen_promise(actor=world.amina, promise=promise, reason=SLIP)
    (shown,) = client.get("/api/v1/public/you-said/").json()["promises"]
    assert shown["state"] == "late"


def test_a_promise_that_was_withdrawn_does_not_come_back_into_public_by_itself(world):
    promise = world.promise()
    publish_promise(actor=world.amina, promise=promise, words="A leaflet in Urdu")
    withdraw_promise(actor=world.amina, promise=promise, reason="No money")
    reopen_promise(actor=world.amina, promise=promise, reason=SLIP)
    assert not PublicPromise.objects.public().exists()
    promise.refresh_from_db()
    publish_promise(actor=world.amina, promise=promise, words="A leaflet in Urdu")
    assert PublicPromise.objects.public().exists()


def test_a_promise_that_is_opened_again_after_its_day_is_late_at_once(world):
    promise = settled(world, "keep", days=-3)
    assert reopen_promise(actor=world.amina, promise=promise, reason=SLIP).days_late == timedelta(days=3).days
