"""What tests of signing in share: an app as the second step, the code it shows now, and browsers half and fully in."""

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.world import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret=SECRET):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def with_app(user):
    totp.TOTP.activate(user, SECRET)
    return user


def password_only(user):
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return browser


def fully(user):
    browser = password_only(user)
    assert browser.post("/accounts/2fa/authenticate/", {"code": code_now()}).status_code == 302
    return browser
