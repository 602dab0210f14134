"""What every answer says to the browser, and what no log line says about anybody."""

import io
import json
import logging

import pytest
from django.conf import settings
from django.test import Client

from crm.base.logs import JsonLine, WithoutPersonalData
from tests.world import PASSWORD

OURS = ["/accounts/login/", "/workspace/", "/workspace/keys/", "/workspace/help/", "/accounts/", "/brand.css"]


def policy_of(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in (part.split() for part in parts) if words}


@pytest.mark.parametrize("address", [*OURS, "/no-such-page/", "/accounts/invitation/guess/"])
def test_every_page_forbids_what_comes_from_elsewhere(world, signed_in, address):
    answer = signed_in(world.amina).get(address)
    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == policy["frame-ancestors"] == policy["script-src"] == ["'self'"]
    assert not any("unsafe" in word or "*" in word for words in policy.values() for word in words)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_only_the_editor_may_write_scripts_into_its_pages(world, signed_in):
    policy = policy_of(signed_in(world.publisher).get("/cms/"))
    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["default-src"] == ["'none'"]
    assert not any("unsafe-eval" in word for words in policy.values() for word in words)


@pytest.mark.parametrize("address", ["/workspace/", "/workspace/keys/", "/accounts/"])
def test_pages_about_people_stay_in_no_cache(world, signed_in, address):
    assert "no-store" in signed_in(world.amina).get(address).headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world):
    browser = Client()
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": world.amina.email, "password": PASSWORD})
    session, csrf = browser.cookies[settings.SESSION_COOKIE_NAME], browser.cookies[settings.CSRF_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == csrf["samesite"] == "Lax"


def test_a_form_without_its_token_saves_nothing(world):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.amina)
    assert browser.post("/workspace/keys/", {"name": "x", "scope": "read", "days": "9"}).status_code == 403
    assert not world.amina.keys.exists()


@pytest.fixture
def log():
    """Everything that is logged, as the production handler writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    handler.addFilter(WithoutPersonalData())
    loggers = [logging.getLogger(name) for name in ("", "heard", "heard.requests", "django", "django.request")]
    before = [(logger, logger.level) for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    yield written
    loggers[0].removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


def test_the_log_of_a_request_names_nobody(world, log):
    secret = "Zm9v" * 11
    browser = Client(raise_request_exception=False)
    browser.get("/workspace/help/", {"q": "Parveen Begum", "email": "parveen@example.org", "phone": "0113 496 0100"})
    browser.post("/accounts/login/?next=/workspace/?q=Parveen", {"login": world.amina.email, "password": "wrong pass"})
    browser.get(f"/accounts/invitation/{secret}/")
    browser.get("/workspace/help/parveen@example.org/")
    logging.getLogger("heard").warning("Could not write to %s at /x/?q=Parveen", "parveen@example.org")
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/accounts/invitation/{secret}/")
    said = log.getvalue()
    lines = [json.loads(line) for line in said.splitlines()]
    assert any(line.get("route") == "accounts/invitation/<str:secret>/" for line in lines)
    for hidden in ("Parveen", "parveen", "0113", world.amina.email, "wrong pass", secret, "q="):
        assert hidden not in said, hidden


def test_a_page_that_breaks_is_logged_by_its_route_and_not_by_whose_it_was(world, log, signed_in, monkeypatch):
    def breaks(*given, **named):
        raise RuntimeError

    monkeypatch.setattr("crm.people.models.Person.objects.visible_to", breaks)
    browser = signed_in(world.amina)
    browser.raise_request_exception = False
    assert browser.get(f"/workspace/people/{world.person.pk}/").status_code == 500
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert "Internal Server Error: workspace/people/<uuid:pk>/" in [line["message"] for line in lines]
    assert str(world.person.pk) not in log.getvalue()
    logging.getLogger("heard").warning("Nothing at %s", f"/api/v1/people/{world.person.pk}/")
    assert str(world.person.pk) not in log.getvalue()


def test_a_traceback_is_logged_without_the_values_that_caused_it(log):
    try:
        raise ValueError("Parveen Begum, 0113 496 0100")
    except ValueError:
        logging.getLogger("heard").exception("It went wrong")
    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["error"], line["message"]) == ("ValueError", "It went wrong")
    assert any("test_security" in place for place in line["where"])
    assert "Parveen" not in log.getvalue()
