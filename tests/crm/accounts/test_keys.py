"""Keys for other systems."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.accounts.actions import make_token, revoke_token
from crm.accounts.models import ApiToken
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked


def test_a_key_is_shown_once_and_only_its_hash_is_kept(world):
    token, key = make_token(actor=world.amina, name="Monthly report", scope="read")
    assert re.fullmatch(r"heard_[\w-]{43}", key)
    assert token.digest == ApiToken.digest_of(key)
    assert key.startswith(token.start)
    assert key not in str(list(ApiToken.objects.values_list()) + list(AuditEvent.objects.values_list()))


def test_a_key_expires_after_ninety_days_unless_told_otherwise(world):
    token, _ = make_token(actor=world.amina, name="Report", scope="read")
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)
    longest, _ = make_token(actor=world.amina, name="Report", scope="read", days=366)
    assert longest.expires_at - timezone.now() > timedelta(days=365)


@pytest.mark.parametrize("days", [0, -1, 367, None])
def test_refused_for_a_time_that_is_too_long_or_none(world, days):
    with pytest.raises(InputBlocked, match="from 1 to 366"):
        make_token(actor=world.amina, name="Report", scope="read", days=days)


def test_everything_missing_is_said_at_once(world):
    with pytest.raises(InputBlocked) as refusal:
        make_token(actor=world.amina, name=" ", scope="everything", days=0)
    assert set(refusal.value.by_field()) == {"name", "scope", "days"}


@pytest.mark.parametrize("who", ["leaver", "stranger", "nobody"])
def test_who_holds_no_role_makes_no_key(world, who):
    with pytest.raises(Refused):
        make_token(actor=world.everybody()[who], name="Report", scope="read")


def test_only_its_owner_sees_and_revokes_a_key(world, signed_in):
    token, _ = make_token(actor=world.amina, name="Report of Amina", scope="read")
    with pytest.raises(Refused):
        revoke_token(actor=world.administrator, token=token)
    other = signed_in(world.administrator)
    assert "Report of Amina" not in other.get("/workspace/keys/").content.decode()
    assert other.post(f"/workspace/keys/{token.pk}/revoke/").status_code == 404
    revoke_token(actor=world.amina, token=token)
    assert not ApiToken.objects.working().exists()
    revoke_token(actor=world.amina, token=token)
    assert AuditEvent.objects.filter(verb="token.revoked").count() == 1


def test_before_a_key_is_revoked_its_page_says_which_it_is_and_nothing_has_happened(world, signed_in):
    token, _ = make_token(actor=world.amina, name="Report of Amina", scope="read")
    browser, address = signed_in(world.amina), f"/workspace/keys/{token.pk}/revoke/"
    assert address in browser.get("/workspace/keys/").content.decode()
    asked = browser.get(address).content.decode()
    assert "Revoke the key “Report of Amina”?" in asked
    assert token.start in asked
    assert ApiToken.objects.working().exists()
    assert signed_in(world.administrator).get(address).status_code == 404
    assert browser.post(address, follow=True).redirect_chain == [("/workspace/keys/", 302)]
    assert not ApiToken.objects.working().exists()
    assert "does not work any more already" in browser.get(address).content.decode()


def test_the_page_shows_a_new_key_once_and_lets_nobody_store_it(world, signed_in):
    browser = signed_in(world.amina)
    made = browser.post("/workspace/keys/", {"name": "Report", "scope": "log", "days": "30"})
    key = re.search(r"heard_[\w-]{43}", made.content.decode())[0]
    assert "no-store" in made.headers["Cache-Control"]
    assert "Location" not in made.headers
    listed = browser.get("/workspace/keys/")
    assert key not in listed.content.decode()
    assert key[:12] in listed.content.decode()
    assert key not in str(dict(browser.session))
    browser.post(f"/workspace/keys/{ApiToken.objects.get().pk}/revoke/")
    assert "Revoked" in browser.get("/workspace/keys/").content.decode()


def test_a_form_with_a_mistake_comes_back_full(world, signed_in):
    answer = signed_in(world.amina).post("/workspace/keys/", {"name": "My report", "scope": "read", "days": "many"})
    body = answer.content.decode()
    assert 'value="My report"' in body
    assert "Enter a number of days from 1 to 366" in body
    assert not ApiToken.objects.exists()
