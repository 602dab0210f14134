"""Signing in: guesses, e-mail addresses, and nothing to learn for a guesser."""

import re

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.core.cache import caches
from django.test import Client, RequestFactory

from crm.accounts.models import User
from crm.base.writing import writing_allowed
from tests.world import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(email, password=PASSWORD, browser=None, **headers):
    browser = browser or Client()
    return browser, browser.post(LOGIN, {"login": email, "password": password}, **headers)


def is_in(browser):
    return browser.get("/workspace/").status_code == 200


@pytest.mark.parametrize(
    "typed", ["amina@northbrook.example", "Amina@Northbrook.Example", " AMINA@NORTHBROOK.EXAMPLE "]
)
def test_the_address_is_found_however_it_is_typed(world, typed):
    browser, answer = sign_in(typed)
    assert answer.status_code == 302
    assert is_in(browser)


def test_signing_in_leads_back_to_where_one_was_going(world):
    browser = Client()
    asked = browser.get("/workspace/keys/")
    assert asked.headers["Location"] == "/accounts/login/?next=/workspace/keys/"
    page = browser.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/workspace/keys/"' in page
    answer = browser.post(LOGIN, {"login": world.amina.email, "password": PASSWORD, "next": "/workspace/keys/"})
    assert answer.headers["Location"] == "/workspace/keys/"


def test_signing_in_leads_to_no_other_site(world):
    browser = Client()
    given = {"login": world.amina.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert browser.post(LOGIN, given).headers["Location"] == "/workspace/"


def test_a_wrong_password_an_unknown_address_and_a_closed_account_read_the_same(world):
    with writing_allowed():
        User.objects.filter(pk=world.joe.pk).update(is_active=False)
    tries = [(world.amina.email, "wrong"), ("nobody@northbrook.example", "wrong"), (world.joe.email, "wrong")]
    pages = set()
    for email, password in tries:
        _, answer = sign_in(email, password)
        body = answer.content.decode().replace(email, "(address)")
        pages.add(re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", body))
    assert len(pages) == 1
    assert "The e-mail address or the password is not right" in pages.pop()


def test_an_empty_form_says_what_to_do_and_links_to_the_fields(world):
    _, answer = sign_in("", "")
    body = answer.content.decode()
    assert "<title>Error: Sign in" in body
    assert '<a href="#id_login">Enter your e-mail address</a>' in body
    assert '<a href="#id_password">Enter your password</a>' in body


def test_what_does_not_fit_is_said_beside_the_password_and_the_summary_leads_there(world):
    body = sign_in(world.amina.email, "wrong")[1].content.decode()
    said = "The e-mail address or the password is not right. Check both and try again"
    assert f'<a href="#id_password">{said}</a>' in body
    beside = re.search(r'<p id="id_password-error" class="govuk-error-message">(.*?)</p>', body, re.DOTALL)[1]
    assert said in beside
    assert 'aria-describedby="id_password-error"' in body
    assert "wrong" not in body.split("<form", 1)[1].split("</form>")[0].replace(said, "")


def test_guesses_at_one_account_stop_it_for_a_while_whoever_guesses(world):
    for number in range(5):
        sign_in(world.amina.email.upper() if number % 2 else world.amina.email, "wrong", REMOTE_ADDR=f"10.0.0.{number}")
    browser, answer = sign_in(world.amina.email, REMOTE_ADDR="10.0.9.9")
    assert "Too many tries" in answer.content.decode()
    assert not is_in(browser)
    assert is_in(sign_in(world.joe.email, REMOTE_ADDR="10.0.9.9")[0])


def test_guesses_from_one_address_stop_it_whichever_account_it_tries(world):
    for number in range(10):
        sign_in(f"guess{number}@northbrook.example", "wrong", REMOTE_ADDR="10.1.1.1")
    browser, answer = sign_in(world.amina.email, REMOTE_ADDR="10.1.1.1")
    assert "Too many tries" in answer.content.decode() or answer.status_code == 429
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("10.1.1.1", "10.1.1.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:3::6", "2001:db8:1:3::"),
        ("::ffff:10.1.1.1", "10.1.1.1"), ("fe80::1%eth0", "fe80::"),
    ],
)  # fmt: skip
def test_the_addresses_that_one_connection_has_are_counted_as_one(seen, counted):
    assert get_adapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR=seen)) == counted


def test_guesses_are_counted_across_server_processes(world, settings, tmp_path):
    """Another process shares nothing but the cache's folder: a new cache object stands for it."""
    settings.CACHES = {"default": {"BACKEND": "crm.base.caches.CountingFiles", "LOCATION": str(tmp_path)}}
    for _ in range(5):
        sign_in(world.amina.email, "wrong")
        del caches["default"]
    browser, answer = sign_in(world.amina.email)
    assert "Too many tries" in answer.content.decode()
    assert not is_in(browser)


def test_a_reader_behind_the_councils_proxy_is_counted_by_their_own_address(world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        # what the reader claims stands first; what our proxy saw stands last
        sign_in(f"guess{number}@x.example", "wrong", HTTP_X_FORWARDED_FOR=f"1.1.1.{number}, 10.2.2.2")
    _, answer = sign_in(world.amina.email, HTTP_X_FORWARDED_FOR="9.9.9.9, 10.2.2.2")
    assert "Too many tries" in answer.content.decode() or answer.status_code == 429
    assert is_in(sign_in(world.joe.email, HTTP_X_FORWARDED_FOR="9.9.9.9, 10.3.3.3")[0])


def test_asking_for_a_new_password_reads_the_same_for_known_and_unknown(world):
    answers = []
    for email in (world.amina.email, "nobody@northbrook.example"):
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        answers.append(answer.content.decode())
    assert answers[0] == answers[1]
    assert [sent.to for sent in mail.outbox] == [[world.amina.email]]
    assert mail.outbox[0].subject == "Choose a new password"


def test_the_link_in_the_e_mail_chooses_a_new_password_once(world):
    Client().post("/accounts/password/reset/", {"email": world.amina.email.upper()})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    browser = Client()
    form = browser.get(link, follow=True)
    choose = form.redirect_chain[-1][0]
    weak = browser.post(choose, {"password1": "short", "password2": "short"}).content.decode()
    assert "govuk-error-message" in weak
    new = "purple kettle marathon"
    assert browser.post(choose, {"password1": new, "password2": new}).status_code == 302
    assert not is_in(browser)  # a link in an e-mail alone signs nobody in
    assert is_in(sign_in(world.amina.email, new)[0])
    assert "This link does not work any more" in Client().get(link, follow=True).content.decode()


def test_changing_the_password_signs_out_everywhere_else_and_is_told_by_e_mail(world):
    here, there = sign_in(world.amina.email)[0], sign_in(world.amina.email)[0]
    new = "purple kettle marathon"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", given).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_the_link_for_a_new_password_leads_to_our_own_address_whatever_host_was_named(world):
    Client().post("/accounts/password/reset/", {"email": world.amina.email}, headers={"host": "localhost"})
    assert "http://testserver/accounts/password/reset/key/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_the_list_of_sessions_signs_out_the_others(world):
    here, there = sign_in(world.amina.email)[0], sign_in(world.amina.email)[0]
    assert "Sign out everywhere else" in here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_takes_a_press_not_a_link(world):
    browser, _ = sign_in(world.amina.email)
    assert "Sign out" in browser.get("/accounts/logout/").content.decode()
    assert is_in(browser)
    said = browser.post("/accounts/logout/", follow=True).content.decode()
    assert "You are signed out." in said
    assert '<h1 class="govuk-heading-l">Sign in</h1>' in said
    assert not is_in(browser)


def test_signing_out_leads_to_no_other_site_and_is_said_to_nobody_who_was_not_in(world):
    browser, _ = sign_in(world.amina.email)
    assert browser.post("/accounts/logout/", {"next": "https://evil.example/"}).headers["Location"] == LOGIN
    browser.get(LOGIN)
    assert "You are signed out" not in browser.post("/accounts/logout/", follow=True).content.decode()


def test_without_a_script_words_stand_where_the_passkeys_button_would_be(world):
    body = Client().get(LOGIN).content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    assert "A passkey needs JavaScript in your browser." in main
    assert main.index("<div data-passkey hidden>") < main.index('id="passkey_login"')
    assert "With a passkey that signs you in alone, you do not need your password." in main


PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/"]
OWN_PAGES = ["/accounts/", "/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]


@pytest.mark.parametrize("address", [*PAGES, *OWN_PAGES])
def test_every_page_about_signing_in_wears_our_layout(world, address):
    browser = sign_in(world.amina.email)[0] if address in OWN_PAGES else Client()
    body = browser.get(address).content.decode()
    assert '<html lang="en-GB" dir="ltr"' in body
    assert body.count("<h1") == body.count('<main class="govuk-main-wrapper" id="main">') == 1
    assert "heard/vendor/govuk.css" in body
    assert re.search(r"<title>\S.* – Northbrook Council</title>", body)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", body)
    assert " style=" not in body
