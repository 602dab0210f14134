"""Signing in with a real browser: passkeys work under the strict policy, and axe finds nothing on any page."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from crm.accounts.actions import invite_person
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.base.actors import Role
from tests.crm.accounts.helpers import with_app
from tests.looking import nothing_found_by_axe as found_nothing
from tests.world import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(site, settings):
    """Whoever signs in needs a second step."""
    settings.SECOND_FACTOR_REQUIRED = True
    return site


@pytest.fixture
def page(cast, open_page):
    """A phone-sized page that fails the test on any violation of the policy."""
    return open_page(viewport={"width": 390, "height": 844})


def nothing_found_by_axe(page):
    found_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def arrives_at(page, heading):
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def is_refused(page):
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def a_key_in_this_device(page):
    """A passkey that always says yes, as a finger on a sensor would."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/login/" not in address)


def confirm_password(page):
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def sign_out(page):
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "logout" not in address)


def adds_a_passkey_and_signs_out(page, user):
    a_key_in_this_device(page)
    sign_in(page, user)
    page.get_by_role("button", name="Add a passkey").click()
    confirm_password(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/logout/")
    sign_out(page)


def test_a_passkey_is_added_and_then_signs_in_alone(page, cast, site):
    a_key_in_this_device(page)
    sign_in(page, cast.amina)
    arrives_at(page, "Second step of signing in")
    nothing_found_by_axe(page)
    page.get_by_role("button", name="Add a passkey").click()
    arrives_at(page, "Show that it is you")
    nothing_found_by_axe(page)
    confirm_password(page)
    arrives_at(page, "Add a passkey")
    nothing_found_by_axe(page)
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    nothing_found_by_axe(page)
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/workspace/")
    for address in ("/accounts/", "/accounts/2fa/webauthn/", "/accounts/sessions/", "/accounts/logout/"):
        page.goto(address)
        nothing_found_by_axe(page)
    page.goto("/accounts/logout/")
    sign_out(page)
    page.goto("/accounts/login/?next=/workspace/keys/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{site}/workspace/keys/")
    nothing_found_by_axe(page)


def test_a_passkey_is_the_second_step_after_the_password(page, cast):
    adds_a_passkey_and_signs_out(page, cast.amina)
    sign_in(page, cast.amina)
    arrives_at(page, "One more step")
    nothing_found_by_axe(page)
    buttons = page.get_by_role("main").get_by_role("button")
    expect(buttons).to_have_text(["Use my passkey", "Sign in", "Stop and go back"])
    expect(page.get_by_label("Backup code")).to_be_visible()
    expect(page.get_by_text("your app")).to_have_count(0)  # there is none that could show a code
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/workspace/")


NO_FINGER = """navigator.credentials.get = navigator.credentials.create =
    () => Promise.reject(new DOMException("The operation was not allowed.", "NotAllowedError"));"""


def test_a_passkey_that_fails_or_is_stopped_says_so_in_plain_words(page, cast):
    """As when somebody presses Cancel: the browser tells the script, and the script must tell the reader."""
    page.add_init_script(NO_FINGER)
    page.goto("/accounts/login/")
    said = page.get_by_role("alert")
    page.get_by_role("button", name="Use my passkey").click()
    expect(said).to_contain_text("Your passkey did not sign you in.")
    expect(said).to_contain_text("sign in with your password")
    nothing_found_by_axe(page)
    sign_in(page, cast.amina)
    page.get_by_role("button", name="Add a passkey").click()
    confirm_password(page)
    page.get_by_role("button", name="Add the passkey").click()
    expect(said).to_contain_text("The passkey was not added.")
    nothing_found_by_axe(page)


def test_a_passkey_that_fails_at_the_second_step_says_so(page, cast):
    adds_a_passkey_and_signs_out(page, cast.amina)
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.add_init_script(NO_FINGER)
    sign_in(page, cast.amina)
    arrives_at(page, "One more step")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Your passkey was not used.")
    expect(page.get_by_text("Lost your phone? Use a backup code, or ask an administrator of Heard.")).to_be_visible()
    nothing_found_by_axe(page)


def test_without_a_script_the_passkeys_button_gives_way_to_words(cast, site, open_page):
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/accounts/login/")
    expect(page.get_by_role("main").get_by_text("A passkey needs JavaScript in your browser.")).to_be_visible()
    expect(page.get_by_role("button", name="Use my passkey")).to_be_hidden()


def test_an_administrator_takes_a_second_step_away_and_axe_finds_nothing(page, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with_app(cast.amina)
    sign_in(page, cast.administrator)
    page.goto(f"/workspace/staff/{cast.amina.pk}/")
    page.get_by_role("link", name="Take their second step away").click()
    arrives_at(page, "Take away the second step of Amina?")
    nothing_found_by_axe(page)
    page.get_by_role("button", name="Take their second step away").click()
    expect(page.get_by_text("Their second step is taken away, and they are signed out everywhere.")).to_be_visible()
    expect(page.get_by_text("They have not set one up.")).to_be_visible()
    nothing_found_by_axe(page)


def test_an_invitation_is_taken_up_on_a_phone(page, cast, site):
    role = RoleDetails(role=Role.OFFICER, locality=cast.east)
    invite_person(actor=cast.administrator, details=InvitationDetails("Sam Okoro", "sam@northbrook.example", role))
    page.goto(re.search(r"(/accounts/invitation/\S+)", mail.outbox[-1].body)[1])
    nothing_found_by_axe(page)
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Open my account").click()
    is_refused(page)
    nothing_found_by_axe(page)
    page.get_by_label("Choose a password").fill("purple kettle marathon")
    page.get_by_role("button", name="Open my account").click()
    page.get_by_role("button", name="Set up an app").click()
    arrives_at(page, "Set up an app")
    nothing_found_by_axe(page)


def test_axe_finds_nothing_on_the_pages_of_administrators_and_auditors(page, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(page, cast.administrator)
    member = f"/workspace/staff/{cast.amina.pk}/"
    ending = f"/workspace/staff/roles/{cast.amina.grants.get().pk}/end/"
    for address in ("/workspace/staff/", "/workspace/staff/invite/", member, ending, "/accounts/password/change/"):
        page.goto(address)
        nothing_found_by_axe(page)
    page.goto("/workspace/staff/invite/")
    page.get_by_role("button", name="Send the invitation").click()
    is_refused(page)
    nothing_found_by_axe(page)
    page.goto("/workspace/keys/")
    page.get_by_label("What is the key for?").fill("Report")
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#new-key")).to_have_value(re.compile("^heard_"))
    nothing_found_by_axe(page)
    page.goto("/workspace/keys/")
    page.get_by_role("link", name="Revoke Report").click()
    arrives_at(page, "Revoke the key “Report”?")
    nothing_found_by_axe(page)
    page.get_by_role("button", name="Revoke this key").click()
    expect(page.get_by_text("Key revoked. It does not work any more.")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, cast.auditor)
    page.goto("/workspace/audit/")
    nothing_found_by_axe(page)


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"])
def test_axe_finds_nothing_before_signing_in(page, address):
    page.goto(address)
    nothing_found_by_axe(page)
    if page.locator("main form button").count():
        page.locator("main form button").first.click()
        is_refused(page)
        nothing_found_by_axe(page)
