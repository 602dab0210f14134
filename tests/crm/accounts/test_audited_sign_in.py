"""Whatever changes how somebody signs in stands in the audit, without the secret."""

import json
import re

import pytest
from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core import mail
from django.test import Client

from crm.accounts import factor_views
from crm.accounts.factor_views import Noted
from crm.audit.models import AuditEvent
from tests.crm.accounts.helpers import code_now, password_only, with_app
from tests.house.addresses import every_address
from tests.world import PASSWORD

NEW = "purple kettle marathon"
CHANGING = [
    account.PasswordChangeView, account.PasswordSetView, account.PasswordResetFromKeyView, app.ActivateTOTPView,
    app.DeactivateTOTPView, passkeys.AddWebAuthnView, passkeys.RemoveWebAuthnView, codes.GenerateRecoveryCodesView,
]  # fmt: skip


def told():
    """Who did what in the audit about signing in, oldest first."""
    found = AuditEvent.objects.filter(verb__startswith="account.").order_by("at", "id").select_related("actor")
    return [(event.actor, event.verb) for event in found if event.subject_type == "user"]


def just_asked_again(user):
    browser = password_only(user)
    if Authenticator.objects.filter(user=user).exists():
        browser.post("/accounts/2fa/authenticate/", {"code": code_now()})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def a_passkey(user):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Work phone", "credential": {}})


@pytest.mark.parametrize("theirs", CHANGING, ids=lambda view: view.__name__)
def test_no_page_that_changes_how_one_signs_in_is_reached_but_through_ours(theirs):
    """Of two views at one address the first answers: it must be ours."""
    seen, bare = set(), []
    for address in every_address():
        if address.view is theirs and address.route not in seen:
            bare.append(address.route)
        elif isinstance(address.view, type) and issubclass(address.view, (theirs, Noted)):
            seen.add(address.route)
    assert not bare, f"{bare}: allauth's own page, which leaves no line in the audit. Put ours before it."


def test_changing_the_password_is_noted(world):
    browser = password_only(world.amina)
    browser.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert told() == []
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert told() == [(world.amina, "account.password_changed")]


@pytest.mark.parametrize("who", ["amina", "stranger"])
def test_a_new_password_by_e_mail_is_noted_also_of_somebody_without_a_role(world, who):
    user = world.everybody()[who]
    Client().post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    browser = Client()
    choose = browser.get(link, follow=True).redirect_chain[-1][0]
    assert told() == []
    browser.post(choose, {"password1": NEW, "password2": NEW})
    assert told() == [(user, "account.password_reset")]
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_an_app_set_up_and_the_codes_that_come_with_it_are_noted_without_their_secrets(world):
    browser = just_asked_again(world.amina)
    secret = re.search(r"Key: <code>(\w+)</code>", browser.get("/accounts/2fa/totp/activate/").content.decode())[1]
    browser.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert told() == []
    browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert told() == [(world.amina, "account.app_set_up"), (world.amina, "account.backup_codes_made")]
    events = list(AuditEvent.objects.values("fields", "revision__values"))
    assert secret not in json.dumps(events)
    assert all(not event["fields"] and not event["revision__values"] for event in events)


def test_an_app_removed_is_noted(world):
    browser = just_asked_again(with_app(world.amina))
    browser.post("/accounts/2fa/totp/deactivate/")
    assert told() == [(world.amina, "account.app_removed")]


def test_a_passkey_added_is_noted(world, monkeypatch):
    browser = just_asked_again(world.amina)
    monkeypatch.setattr(webauthn.WebAuthn, "add", lambda user, name, credential: a_passkey(user).wrap())
    monkeypatch.setattr(webauthn, "complete_registration", lambda credential: None)
    monkeypatch.setattr(webauthn, "parse_registration_response", lambda response: response)
    browser.get("/accounts/2fa/webauthn/add/")
    browser.post("/accounts/2fa/webauthn/add/", {"name": "Work phone", "credential": json.dumps({"id": "x"})})
    assert told() == [(world.amina, "account.passkey_added"), (world.amina, "account.backup_codes_made")]


def test_a_passkey_removed_is_noted(world):
    key = a_passkey(with_app(world.amina))
    browser = just_asked_again(world.amina)
    browser.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert told() == [(world.amina, "account.passkey_removed")]
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_new_backup_codes_are_noted(world):
    browser = just_asked_again(with_app(world.amina))
    browser.post("/accounts/2fa/recovery-codes/generate/")
    assert told() == [(world.amina, "account.backup_codes_made")]


def test_what_cannot_be_noted_is_not_done(world, monkeypatch):
    def fail(**given):
        raise ZeroDivisionError

    browser = password_only(world.amina)
    monkeypatch.setattr(factor_views, "note_sign_in_change", fail)
    with pytest.raises(ZeroDivisionError):
        browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    world.amina.refresh_from_db()
    assert world.amina.check_password(PASSWORD)


def test_the_auditor_reads_it_in_words(world, signed_in):
    password_only(world.amina).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    body = signed_in(world.auditor).get("/workspace/audit/").content.decode()
    assert "Changed their own password" in body
