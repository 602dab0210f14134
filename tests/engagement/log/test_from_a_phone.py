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

from crm.accounts.actions import end_role, give_role
from crm.accounts.details import RoleDetails
from crm.areas.models import Council
from crm.audit.models import AuditEvent
from crm.base.ids import new_id
from engagement.log.models import EngagementEvent, Promise
from tests.engagement.log.test_logging_page import NEW, told
from tests.world import PASSWORD

PHONE, KEY, SEND = "/workspace/contacts/phone/", "/workspace/contacts/phone/key/", "/workspace/contacts/phone/send/"


def send(client, key, sent):
    return client.post(SEND, {name: value for name, value in sent.items() if name != "key"},
                       headers={"Idempotency-Key": str(key)})  # fmt: skip


def a_browser(user):
    """Signed in as somebody would: by the page."""
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


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


def test_an_officer_whose_role_ended_is_told_what_holds_the_contact_back_and_still_sees_that_it_waits(world, signed_in):
    client = signed_in(world.amina)
    give_role(actor=world.administrator, user=world.amina, details=RoleDetails(role="analyst"))
    end_role(actor=world.administrator, grant=world.amina.grants.get(role="officer"))
    for answer in (send(client, new_id(), told(world)), client.get(KEY)):
        assert answer.status_code == 403
        assert "You may not log contacts any more" in answer.json()["reasons"][0]
        assert "Ask your administrator" in answer.json()["reasons"][0]
    assert client.get(PHONE).status_code == 200
    assert not EngagementEvent.objects.exists()


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


def test_a_phone_reported_lost_is_signed_out_and_its_key_is_given_to_nobody_again(world, signed_in):
    phone, desk, joes = a_browser(world.amina), a_browser(world.amina), signed_in(world.joe).get(KEY).json()["key"]
    before = phone.get(KEY).json()["key"]
    assert "Lock my lost phone" in desk.get("/accounts/").content.decode()
    answer = desk.post(f"/workspace/staff/{world.amina.pk}/lost-phone/", follow=True)
    assert "What waited on the lost phone cannot be opened any more." in answer.content.decode()
    assert [browser.get(KEY).status_code for browser in (phone, desk)] == [401, 401]
    assert signed_in(world.amina).get(KEY).json()["key"] != before
    assert signed_in(world.joe).get(KEY).json()["key"] == joes
    assert AuditEvent.objects.get(verb="account.phone_lost").actor == world.amina


def test_an_administrator_locks_the_phone_of_whoever_rings_and_a_colleague_does_not(world, signed_in):
    phone, where = a_browser(world.amina), f"/workspace/staff/{world.amina.pk}/lost-phone/"
    assert signed_in(world.joe).post(where).status_code == 403
    assert phone.get(KEY).status_code == 200
    answer = signed_in(world.administrator).post(where, follow=True)
    assert "Signed out everywhere." in answer.content.decode()
    assert "Lock their lost phone" in answer.content.decode()
    assert phone.get(KEY).status_code == 401


def test_the_home_screen_shows_the_council_s_name_and_opens_the_page_of_the_log(world, client, signed_in):
    answer = client.get("/workspace/heard.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == f"Heard {Council.objects.get().name}"
    assert (answer.json()["start_url"], answer.json()["scope"]) == (NEW, "/workspace/")
    for icon in answer.json()["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    assert 'rel="manifest"' in signed_in(world.amina).get(NEW).content.decode()
    assert 'rel="manifest"' not in client.get("/accounts/login/").content.decode()


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
