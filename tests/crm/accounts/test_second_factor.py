"""No way into an office, or into the API by a page's session, past the second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from api.authentication import PageSession
from crm.accounts.actions import end_role
from crm.accounts.groups import PUBLISHERS
from crm.accounts.models import RoleGrant, User
from crm.base.actors import Role
from crm.base.writing import writing_allowed
from tests.crm.accounts.helpers import code_now, fully, password_only, with_app
from tests.world import PASSWORD

CMS_PAGES = ["/cms/", "/cms/pages/", "/cms/account/", "/cms/images/", "/cms/api/main/pages/"]


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


class PageSessionWithoutForms(PageSession):
    """As the API's own, without the check that only concerns forms."""

    def enforce_csrf(self, request):
        return None


def whoami(request):
    request._request = request
    found = PageSessionWithoutForms().authenticate(request)
    return HttpResponse(found[0].email if found else "nobody")


urlpatterns = [path("api/whoami/", whoami)]


def _api_user_of(browser):
    """Who the API takes this session for: asked through the authentication that every API view uses."""
    with override_settings(ROOT_URLCONF=__name__):
        return browser.get("/api/whoami/").content.decode()


@pytest.mark.parametrize("address", ["/workspace/", "/workspace/keys/", "/cms/", "/cms/pages/", "/accounts/2fa/"])
def test_a_password_alone_is_half_signed_in_and_reaches_nothing(world, address):
    browser = password_only(with_app(world.publisher))
    answer = browser.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_half_signed_in_is_nobody_to_the_api(world):
    browser = password_only(with_app(world.amina))
    assert _api_user_of(browser) == "nobody"


def test_password_and_code_open_the_workspace(world, required):
    assert fully(with_app(world.amina)).get("/workspace/").status_code == 200


def test_a_wrong_code_opens_nothing_and_guesses_are_counted(world, required):
    browser = password_only(with_app(world.amina))
    for _ in range(5):
        body = browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
        assert "govuk-error-summary" in body
    late = browser.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert late.status_code != 302
    assert browser.get("/workspace/").status_code == 302


def test_whoever_has_no_passkey_is_offered_none(world, required):
    app = password_only(with_app(world.amina)).get("/accounts/2fa/authenticate/").content.decode()
    assert "6 numbers from your app" in app
    assert "Use my passkey" not in app


@pytest.mark.parametrize("address", ["/workspace/", "/workspace/keys/", "/workspace/staff/"])
def test_staff_without_a_second_factor_reach_only_the_page_that_sets_one_up(world, required, address):
    browser = password_only(world.administrator)
    assert browser.get(address).headers["Location"] == "/accounts/2fa/"
    assert browser.post(address, {"name": "x"}).headers["Location"] == "/accounts/2fa/"
    assert "Set up an app" in browser.get("/accounts/2fa/").content.decode()


@pytest.mark.parametrize("address", CMS_PAGES)
def test_the_editor_is_closed_without_a_second_factor(world, required, address):
    assert password_only(world.publisher).get(address).headers["Location"] == "/accounts/2fa/"


def test_help_and_privacy_stay_open_to_anyone(world, required):
    assert password_only(world.amina).get("/workspace/help/").status_code == 200


def test_a_session_without_the_factor_is_nobody_to_the_api(world, required):
    assert _api_user_of(password_only(world.amina)) == "nobody"


def test_a_session_with_the_factor_is_its_user_to_the_api(world, required):
    assert _api_user_of(fully(with_app(world.amina))) == world.amina.email


def test_setting_an_app_up_opens_the_workspace_in_the_same_session(world, required):
    browser = password_only(world.amina)
    assert browser.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    body = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", body)[1]
    wrong = browser.post("/accounts/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong
    done = browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}, follow=True)
    assert "Your backup codes" in done.content.decode()
    assert browser.get("/workspace/").status_code == 200


def sets_an_app_up(browser):
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    body = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", body)[1]
    return browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}, follow=True).content.decode()


def test_what_a_tick_means_is_said_below_it(world, required):
    browser = password_only(world.amina)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/webauthn/add/").content.decode()
    assert page.index("Sign in with this passkey alone") < page.index("For a phone, computer or key that only you use.")
    assert 'aria-describedby="id_passwordless-hint"' in page


def test_the_page_that_was_wanted_comes_after_the_setting_up(world, required):
    browser = password_only(world.amina)
    browser.get("/workspace/contacts/?words=tea&topic=1")
    browser.post("/workspace/keys/", {"name": "x"})
    browser.get("/accounts/2fa/?next=https://evil.example/")
    body = sets_an_app_up(browser)
    assert 'href="/workspace/contacts/?words=tea&amp;topic=1">I have kept them. Go on</a>' in body
    assert (
        'href="/workspace/contacts/?words=tea&amp;topic=1">Go on</a>' in browser.get("/accounts/2fa/").content.decode()
    )
    browser.get("/workspace/contacts/")
    assert "I have kept them. Go to Home" in browser.get("/accounts/2fa/recovery-codes/").content.decode()


def test_the_page_says_that_the_council_asks_for_it_where_it_does(world, settings):
    browser = password_only(world.amina)
    assert "Your council" not in browser.get("/accounts/2fa/").content.decode()
    settings.SECOND_FACTOR_REQUIRED = True
    body = browser.get("/accounts/2fa/").content.decode()
    assert "Set up an app or a passkey before you can go on. Your council asks for it" in body
    assert "may ask" not in body


def test_a_session_opened_by_password_before_the_factor_was_set_up_must_prove_it(world, required):
    """Whoever knew the password first must not profit from the owner's setting up."""
    thief = password_only(world.amina)
    with_app(world.amina)
    answer = thief.get("/workspace/")
    assert answer.headers["Location"] == "/accounts/2fa/reauthenticate/?next=/workspace/"
    assert _api_user_of(thief) == "nobody"
    for address in ("/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/", "/accounts/password/change/"):
        assert thief.get(address).headers["Location"].startswith("/accounts/2fa/reauthenticate/")
        assert thief.post(address).headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.filter(user=world.amina, type="totp").exists()


def test_proving_it_lets_such_a_session_in(world, required):
    browser = password_only(world.amina)
    with_app(world.amina)
    browser.post("/accounts/2fa/reauthenticate/", {"code": code_now(), "next": "/workspace/"})
    assert browser.get("/workspace/").status_code == 200


def test_a_removed_factor_closes_the_workspace_again(world, required):
    browser = fully(with_app(world.amina))
    Authenticator.objects.filter(user=world.amina).delete()
    assert browser.get("/workspace/").headers["Location"] == "/accounts/2fa/"


def test_backup_codes_alone_are_no_second_factor(world, required):
    Authenticator.objects.create(user=world.amina, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert password_only(world.amina).get("/workspace/").headers["Location"] == "/accounts/2fa/"


def test_the_demonstration_lets_a_password_alone_in(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert password_only(world.amina).get("/workspace/").status_code == 200


@pytest.mark.parametrize("address", ["/cms/login/", "/cms/login/?next=/cms/"])
def test_the_editors_own_sign_in_leads_to_ours(world, address):
    given = {"username": world.publisher.email, "password": PASSWORD}
    for answer in (Client().get(address), Client().post(address, given)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address",
    ["/cms/password_reset/", "/cms/password_reset/confirm/x/y/", "/cms/users/", "/cms/users/add/", "/cms/groups/",
     "/cms/groups/new/", "/cms/bulk/crm/user/delete/"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["publisher", "administrator", "nobody"])
def test_the_editors_own_pages_for_accounts_are_closed(world, signed_in, who, address):
    assert signed_in(world.everybody()[who]).get(address).status_code == 404
    assert signed_in(world.everybody()[who]).post(address, {}).status_code == 404


EDITORS = {"publisher", "translator", "checker"}


def test_the_editor_opens_for_todays_content_roles_and_for_nobody_else(world, signed_in):
    found = {name: signed_in(user).get("/cms/").status_code for name, user in world.everybody().items()}
    for name, status in found.items():
        assert status == (302 if name == "nobody" else 200 if name in EDITORS else 403), name


def test_a_role_that_ended_closes_the_editor_though_the_group_is_still_stored(world, signed_in):
    browser = signed_in(world.publisher)
    assert browser.get("/cms/").status_code == 200
    assert set(world.publisher.groups.values_list("name", flat=True)) == {PUBLISHERS}
    with writing_allowed():
        RoleGrant.objects.filter(user=world.publisher).update(last_day="2020-02-01")
    lapsed = User.objects.get(pk=world.publisher.pk)
    assert lapsed.groups.exists()
    assert not lapsed.has_perm("wagtailadmin.access_admin")
    assert browser.get("/cms/").status_code == 403


def test_entering_the_editor_takes_away_a_group_whose_role_has_ended(world, signed_in):
    with writing_allowed():
        RoleGrant.objects.filter(user=world.publisher).update(last_day="2020-02-01")
        RoleGrant.objects.create(user=world.publisher, role=Role.TRANSLATOR, first_day="2020-01-01")
    world.publisher.groups.set(Group.objects.filter(name=PUBLISHERS))
    assert signed_in(world.publisher).get("/cms/").status_code == 200
    assert set(world.publisher.groups.values_list("name", flat=True)) == {"Translators"}


def test_ending_the_role_takes_the_group_away_at_once(world, signed_in):
    signed_in(world.publisher).get("/cms/")
    end_role(actor=world.administrator, grant=world.publisher.grants.get())
    assert not world.publisher.groups.exists()


def test_a_permission_written_into_the_database_by_hand_opens_nothing(world, signed_in):
    enter = Permission.objects.get(codename="access_admin")
    world.amina.user_permissions.add(enter)
    world.amina.groups.set(Group.objects.filter(name=PUBLISHERS))
    assert not User.objects.get(pk=world.amina.pk).has_perm("wagtailadmin.access_admin")
    assert signed_in(world.amina).get("/cms/").status_code == 403


def test_a_superuser_does_not_enter_the_editor(world, signed_in):
    with writing_allowed():
        User.objects.filter(pk=world.publisher.pk).update(is_superuser=True)
    assert signed_in(world.publisher).get("/cms/").status_code == 403


def test_no_key_can_be_made_without_the_second_factor(world, required):
    browser = password_only(world.amina)
    browser.post("/workspace/keys/", {"name": "Back door", "scope": "read", "days": "90"})
    assert not world.amina.keys.exists()
