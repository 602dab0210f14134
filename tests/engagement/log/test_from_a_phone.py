"""The door for contacts that waited on a phone without signal: same form, same action, same words as the page."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.base.ids import new_id
from engagement.log.models import EngagementEvent, Promise
from tests.engagement.log.test_logging_page import NEW, told

PHONE, KEY, SEND = "/workspace/contacts/phone/", "/workspace/contacts/phone/key/", "/workspace/contacts/phone/send/"


def send(client, key, sent):
    return client.post(SEND, {name: value for name, value in sent.items() if name != "key"},
                       headers={"Idempotency-Key": str(key)})  # fmt: skip


def waited(world, **changes):
    """What an officer wrote three days ago."""
    return told(world, saved_on=str(timezone.localdate() - timedelta(days=3)), **changes)


def test_what_was_written_three_days_ago_stands_on_that_day_with_its_promise(world, signed_in):
    answer = send(signed_in(world.amina), new_id(), waited(world))
    event, promise = EngagementEvent.objects.get(), Promise.objects.get()
    assert (answer.status_code, answer.json()["address"]) == (201, f"/workspace/contacts/{event.pk}/")
    assert event.occurred_on == timezone.localdate() - timedelta(days=3)
    assert promise.due_on == event.occurred_on + timedelta(days=7)


def test_yesterday_is_the_day_before_it_was_saved(world, signed_in):
    send(signed_in(world.amina), new_id(), waited(world, when="yesterday"))
    assert EngagementEvent.objects.get().occurred_on == timezone.localdate() - timedelta(days=4)


def test_a_phone_that_hears_of_it_a_week_later_still_makes_one_contact(world, signed_in):
    key, sent, client = new_id(), waited(world), signed_in(world.amina)
    first = send(client, key, sent)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        call_command("forget_old_keys")
        client.force_login(world.amina)
        again = send(client, key, sent)
    assert (again.status_code, again.json()) == (200, first.json())
    assert EngagementEvent.objects.count() == 1


def test_the_page_and_the_door_know_each_others_keys(world, signed_in):
    client, sent = signed_in(world.amina), told(world)
    client.post(NEW, sent)
    assert send(client, sent["key"], sent).status_code == 200
    assert EngagementEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met": ""}, "Select who you met"),
        ({"words": ""}, "Write what people told you. One sentence is enough"),
        ({"promise_words": ""}, "Write what you promised"),
        ({"saved_on": "2999-01-01"}, "The date must be today or in the past"),
        ({"words": "Ring 07700 900123"}, "You may have written a phone number. Check and remove it, or save anyway."),
        ({"who_writes": "made up"}, "Another person wrote this contact. They must sign in to send it."),
    ],
)  # fmt: skip
def test_what_must_change_is_said_in_the_words_of_the_page_and_nothing_is_logged(world, signed_in, changes, words):
    answer = send(signed_in(world.amina), new_id(), told(world, **changes))
    assert (answer.status_code, answer.json()["reasons"]) == (422, [words])
    assert not EngagementEvent.objects.exists()


def test_other_words_under_the_key_of_a_sent_contact_do_not_replace_it(world, signed_in):
    key, client = new_id(), signed_in(world.amina)
    send(client, key, told(world))
    answer = send(client, key, told(world, words="Something else."))
    assert (answer.status_code, answer.json()["code"]) == (422, "sent_before")
    assert EngagementEvent.objects.get().points.get().words == told(world)["words"]


def test_a_contact_that_another_officer_wrote_is_not_logged_as_mine(world, signed_in):
    assert send(signed_in(world.joe), new_id(), told(world)).status_code == 422
    assert not EngagementEvent.objects.exists()


def test_whoever_is_signed_out_is_told_to_sign_in_and_gets_no_key(world, client):
    for answer in (send(client, new_id(), told(world)), client.get(KEY)):
        assert answer.status_code == 401
        assert answer.json()["reasons"] == ["Sign in to send it. It is still saved on this phone."]


def test_a_forged_request_is_refused_and_one_with_a_fresh_token_is_not(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.amina)
    assert send(browser, new_id(), told(world)).status_code == 403
    token = browser.get(KEY).json()["csrf"]
    headers = {"Idempotency-Key": str(new_id()), "X-CSRFToken": token}
    assert browser.post(SEND, told(world), headers=headers).status_code == 201


def test_every_officer_has_one_key_of_their_own_that_no_cache_keeps(world, signed_in):
    first, again = (signed_in(world.amina).get(KEY) for _ in range(2))
    assert first.json()["key"] == again.json()["key"] != signed_in(world.joe).get(KEY).json()["key"]
    assert len(base64.b64decode(first.json()["key"])) == 32  # AES-256
    assert "no-store" in first.headers["Cache-Control"]


def test_the_worker_looks_after_the_workspace_alone_and_knows_its_addresses(client):
    answer = client.get("/workspace/phone-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    script = Path(finders.find("heard/phone.js")).read_text()
    for name in ("log-contact", "contacts-on-this-phone"):
        assert f'"{reverse(f"workspace:{name}")}"' in answer.content.decode()
        assert f'"{reverse(f"workspace:{name}")}"' in script
    assert reverse("workspace:phone-key") == f"{PHONE}key/"
    assert reverse("workspace:send-from-phone") == f"{PHONE}send/"


def test_the_list_of_a_phone_says_without_javascript_that_a_contact_is_sent_at_once(world, signed_in):
    assert "With signal, a contact is sent as soon as you choose" in signed_in(world.amina).get(PHONE).content.decode()
