"""Somebody lost their phone and every backup code: they are let in again, and whoever holds the phone is not."""

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from crm.accounts.actions import report_phone_lost, take_second_step_away
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from tests.crm.accounts.helpers import code_now, fully, password_only, with_app
from tests.world import PASSWORD

TAKEN = "account.second_step_taken_away"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def with_everything(user):
    """An app, a passkey and backup codes."""
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Work phone", "credential": {}})
    RecoveryCodes.activate(with_app(user))
    return user


def steps_of(user):
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def page_of(member):
    return f"/workspace/staff/{member.pk}/"


def step_page_of(member):
    return f"{page_of(member)}second-step/"


@pytest.mark.parametrize("way", [take_second_step_away, report_phone_lost])
def test_everything_on_the_lost_phone_stops_working_and_they_are_signed_out(world, way):
    browser = fully(with_everything(world.amina))
    assert browser.get("/workspace/").status_code == 200
    way(actor=world.administrator, user=world.amina)
    assert steps_of(world.amina) == set()
    assert browser.get("/workspace/").headers["Location"].startswith("/accounts/login/")
    [taken] = AuditEvent.objects.filter(verb=TAKEN)
    assert (taken.actor, taken.subject_id) == (world.administrator, str(world.amina.pk))
    assert taken.fields == ["recovery_codes", "totp", "webauthn"]


@pytest.mark.parametrize("way", [take_second_step_away, report_phone_lost])
def test_at_the_next_sign_in_they_set_up_a_new_one_and_nothing_else(world, way):
    way(actor=world.administrator, user=with_everything(world.amina))
    browser = password_only(world.amina)
    assert browser.get("/workspace/").headers["Location"].startswith("/accounts/2fa/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    body = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", body)[1]
    browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert browser.get("/workspace/").status_code == 200


def test_who_gave_the_password_and_waits_for_a_code_does_not_get_in_with_the_old_one(world):
    thief = password_only(with_everything(world.amina))
    take_second_step_away(actor=world.administrator, user=world.amina)
    thief.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert thief.get("/workspace/").status_code == 302


@pytest.mark.parametrize("way", [take_second_step_away, report_phone_lost])
def test_the_owner_is_told_by_e_mail(world, way, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        way(actor=world.administrator, user=with_app(world.amina))
    [sent] = mail.outbox
    assert sent.to == [world.amina.email]
    assert "tell your administrator now" in sent.body
    assert "http://testserver/accounts/login/" in sent.body


def test_a_phone_without_a_second_step_is_reported_lost_without_a_word_about_one(world):
    report_phone_lost(actor=world.administrator, user=world.amina)
    assert not AuditEvent.objects.filter(verb=TAKEN).exists()


@pytest.mark.parametrize("who", ["amina", "lead", "manager", "auditor", "publisher", "stranger", "nobody"])
def test_nobody_but_an_administrator_takes_a_colleagues_second_step_away(world, signed_in, who):
    actor = world.everybody()[who]
    with pytest.raises(Refused):
        take_second_step_away(actor=actor, user=with_app(world.joe))
    assert steps_of(world.joe) == {"totp"}


def test_an_administrator_resets_another_administrator_but_not_themselves(world):
    """A page left open must not open the account: their own they change where Heard asks again."""
    with pytest.raises(Refused):
        take_second_step_away(actor=world.administrator, user=with_app(world.administrator))
    assert steps_of(world.administrator) == {"totp"}


def test_where_there_is_none_the_reason_is_said(world):
    with pytest.raises(Blocked, match="They have no second step"):
        take_second_step_away(actor=world.administrator, user=world.amina)


def test_the_members_page_leads_to_a_page_that_asks_first(world, signed_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = signed_in(world.administrator)
    assert step_page_of(world.amina) not in browser.get(page_of(world.amina)).content.decode()
    with_everything(world.amina)
    assert step_page_of(world.amina) in browser.get(page_of(world.amina)).content.decode()
    asked = browser.get(step_page_of(world.amina)).content.decode()
    assert "Take away the second step of Amina?" in asked
    assert "set up a new second step" in asked
    assert steps_of(world.amina)
    done = browser.post(step_page_of(world.amina), follow=True)
    assert done.redirect_chain[-1][0] == page_of(world.amina)
    assert "Their second step is taken away" in done.content.decode()
    assert steps_of(world.amina) == set()
    again = browser.post(step_page_of(world.amina), follow=True).content.decode()
    assert "They have no second step" in again


def test_on_their_own_page_administrators_are_led_to_their_own_second_step(world):
    browser = fully(with_app(world.administrator))
    assert (
        'href="/accounts/2fa/">Change your own second step'
        in browser.get(page_of(world.administrator)).content.decode()
    )
    assert "This is your own account" in browser.get(step_page_of(world.administrator)).content.decode()
    assert browser.post(step_page_of(world.administrator)).status_code == 403


def test_ones_own_lost_phone_is_locked_after_the_password_again_and_in_one_go(world):
    browser = fully(with_everything(world.amina))
    address = f"{page_of(world.amina)}lost-phone/"
    asked = browser.post(address)
    assert asked.headers["Location"] == f"/accounts/reauthenticate/?next={address.replace('/', '%2F')}"
    assert steps_of(world.amina)
    done = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": address}, follow=True)
    assert done.redirect_chain[-1][0].startswith("/accounts/login/")
    assert "Signed out everywhere" in done.content.decode()
    assert steps_of(world.amina) == set()
    assert browser.get("/workspace/").status_code == 302


def test_without_a_second_step_ones_own_lost_phone_is_locked_at_once(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = password_only(world.amina)
    assert browser.post(f"{page_of(world.amina)}lost-phone/").headers["Location"].startswith("/accounts/login/")


def test_the_second_step_says_whom_to_ask(world):
    body = password_only(with_app(world.amina)).get("/accounts/2fa/authenticate/").content.decode()
    assert "Lost your phone? Use a backup code, or ask an administrator of Heard." in body
    assert "Ask an administrator of Heard" in Client().get("/workspace/help/").content.decode()


def test_a_command_lets_the_only_administrator_in_again(world):
    with_everything(world.administrator)
    said = io.StringIO()
    call_command("take_second_step_away", "Administrator@Northbrook.Example", stdout=said)
    assert "Taken away" in said.getvalue()
    assert steps_of(world.administrator) == set()
    [taken] = AuditEvent.objects.filter(verb=TAKEN)
    assert (taken.actor, taken.door) == (None, "command")


@pytest.mark.parametrize(
    ("email", "words"), [("who@northbrook.example", "No account"), ("amina@northbrook.example", "no second step")]
)
def test_the_command_does_nothing_to_an_account_that_it_does_not_know(world, email, words):
    with_app(world.joe)
    with pytest.raises(CommandError, match=words):
        call_command("take_second_step_away", email)
    assert steps_of(world.joe) == {"totp"}
