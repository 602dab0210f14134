"""Settings come from the environment, and a start with a wrong one stops loudly."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from settings import env
from tests import databases

# Each starts Heard anew on a database of its own, whichever the other tests use.
pytestmark = pytest.mark.only_on("sqlite")

GOOD = {
    "DJANGO_SETTINGS_MODULE": "settings.production",
    "SECRET_KEY": "k7!pQ2#vX9@mL4$wR8^tN1&yB6*zC3(dF5)gH0-jK_sA+uE=oI",
    "ALLOWED_HOSTS": "heard.example.gov.uk",
    "SITE_ADDRESS": "https://heard.example.gov.uk",
    "EMAIL_URL": "smtp+tls://heard:secret@mail.example.gov.uk:587",
    "EMAIL_FROM": "heard@example.gov.uk",
}
CODES = {"heard.E001", "heard.E003", "heard.E004", "heard.E006", "heard.E007"}
DEPLOY = ["check", "--deploy", "--fail-level", "WARNING"]


def manage(*command, **changes):
    """Run a command as an operator would, with production settings and nothing else of Heard's in the environment."""
    # With the place of the compiled code: without it each start would compile all of it, for longer than it runs.
    names = ("PATH", "HOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    env = {**kept, **GOOD, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in env.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    """A council's database as it is before anybody has been invited: every table, no row."""
    file = tmp_path_factory.mktemp("council") / "heard.sqlite3"
    shutil.copyfile(databases.sqlite_template(), file)
    return f"sqlite:///{file}"


def test_limits_on_guessing_are_remembered_however_full_the_cache_is(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_URL", raising=False)
    kept = FileBasedCache(str(tmp_path), env.cache("CACHE_URL", f"filecache://{tmp_path}"))
    kept.set_many({f"guesses-{number}": number for number in range(9)})
    for number in range(400):
        (tmp_path / f"{number}.djcache").touch()
    kept.set("another", 1)
    assert len(kept.get_many(f"guesses-{number}" for number in range(9))) == 9


def test_a_cache_whose_library_is_missing_stops_the_start_and_not_the_first_sign_in(monkeypatch):
    monkeypatch.setenv("CACHE_URL", "rediscache://localhost:6379/1")
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must be"):
        env.cache("CACHE_URL", "filecache:///a")


def test_a_councils_settings_pass_every_check_of_deploy(empty_database):
    done = manage(*DEPLOY, DATABASE_URL=empty_database)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_wrong_setting_stops_every_command_and_keeps_its_value_quiet_in_all_that_led_to_it():
    done = manage("check", SMALL_NUMBERS_UNDER="hunter2")
    assert done.returncode != 0
    assert "SMALL_NUMBERS_UNDER must be a whole number" in done.stderr
    assert "hunter2" not in done.stderr


def test_the_server_says_a_wrong_setting_in_one_line():
    gunicorn = Path(sys.executable).with_name("gunicorn")
    done = subprocess.run(
        [gunicorn, "-c", "settings/gunicorn.py", "settings.wsgi", "--check-config"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "WEB_WORKERS": "two"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr == "WEB_WORKERS must be a whole number from 1 to 100, for example 4.\n"


@pytest.fixture
def given(monkeypatch):
    """A council's settings, read in this process from what it gives."""

    def read(**changes):
        for name in env.SETTINGS:
            monkeypatch.delenv(name, raising=False)
        for name, value in {**GOOD, **changes}.items():
            if value is not None and name != "DJANGO_SETTINGS_MODULE":
                monkeypatch.setenv(name, value)
        files = [
            settings.BASE_DIR / "settings" / f"{name}.py" for name in ("keeping", "listening", "base", "production")
        ]
        keeping, listening, base, production = (runpy.run_path(str(file)) for file in files)
        proxies = production["ALLAUTH_TRUSTED_PROXY_COUNT"]  # the rest of the base it took was read before
        return {**production, **base, **keeping, **listening, "ALLAUTH_TRUSTED_PROXY_COUNT": proxies}

    return read


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS", "EMAIL_URL", "EMAIL_FROM"])
def test_a_missing_setting_stops_the_start_and_is_named_with_an_example(name, given):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is missing. It is .* for example: {name}=") as stop:
        given(**{name: None})
    assert GOOD[name] not in str(stop.value) or GOOD[name] == env.SETTINGS[name].example


WRONG = {
    "SECOND_FACTOR_REQUIRED": ["flase"],
    "SHOW_UNREVIEWED_LANGUAGES": ["si"],
    "PUBLIC_PROMISES": ["perhaps"],
    "SECRET_KEY": [
        "short",
        "a" * 60,
        "django-insecure-" + "abcdefghijklmno" * 4,
        "demonstration-only-not-a-secret-" + "x" * 32,
    ],
    "ALLOWED_HOSTS": ["*", "heard.example.gov.uk,*", "https://heard.example.gov.uk", ",", "heard.example.gov.uk:443"],
    "SITE_ADDRESS": [
        "http://heard.example.gov.uk",
        "heard.example.gov.uk",
        "https://other.example.gov.uk",
        "https://heard.example.gov.uk/heard",
        "https://heard.example.gov.uk:port",
    ],
    "DATABASE_URL": ["mysql://heard:hunter2@localhost/heard", "postgres://heard:hunter2@localhost"],
    "CACHE_URL": ["nonsense"],
    "EMAIL_URL": ["post.northbrook", "smtp://:25", "smtp+tls://:587"],
    "EMAIL_FROM": ["heard", "heard@", "Heard heard@example.gov.uk", "a@example.org, b@example.org"],
    "FORMAT_REQUESTS_TO": ["amina", "Amina <amina@example.org>"],
    "REPLIES_MAILBOX": ["replies"],
    "API_RATE": ["many", "600", "600/fortnight", "600/month", "0/min", "-5/min", "9/min", "600/min/min"],
    "SMALL_NUMBERS_UNDER": ["ten", "0", "-1", "2"],
    "SMALL_NUMBERS_ROUND_TO": ["0", "-5", "2.5"],
    "MESSAGES_KEPT_DAYS": ["-1", "0", "99999999"],
    "APPLICATIONS_KEPT_DAYS": ["-180", "0"],
    "ERASURES_FILE": ["erased.jsonl", "/no such folder/erased.jsonl", "/"],
    "FORMAT_ANSWER_DAYS": ["0", "-2"],
    "FORMAT_READY_DAYS": ["0", "4"],
    "EQUALITY_QUESTIONS_LEFT_OUT": ["sex,gender_identity", "nothing", ","],
    "PROXIES": ["one", "-1", "0"],
    "WEB_WORKERS": ["two", "0", "-1"],
    "PORT": ["99999", "0", "http"],
    "LISTEN_ON": ["nonsense", "127.0.0.1:8000", "1.2.3"],
    "FORWARDED_ALLOW_IPS": ["nonsense", "10.0.0.7/8", "proxy.example"],
}


def test_a_wrong_value_is_tried_for_every_setting():
    assert set(WRONG) == set(env.SETTINGS)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, many in WRONG.items() for value in many])
def test_a_malformed_setting_stops_the_start_is_named_and_keeps_its_value_quiet(name, value, given):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must ") as stop:
        given(**{name: value})
    told = str(stop.value).removesuffix(f", for example {env.SETTINGS[name].example}.")
    assert len(value) < 4 or value not in told
    assert stop.value.__suppress_context__ or stop.value.__context__ is None


def test_where_a_council_gives_nothing_what_the_documents_say_holds(given):
    found = given()
    read = {**found, "PROXIES": found["ALLAUTH_TRUSTED_PROXY_COUNT"]}
    for name, setting in env.SETTINGS.items():
        if name in read and setting.default and "/srv/" not in setting.default:
            value = read[name]
            told = ",".join(value) if isinstance(value, list) else {True: "yes", False: "no"}.get(value, str(value))
            told = str(value) if isinstance(value, int) and not isinstance(value, bool) else told
            assert told == setting.default, name


def test_what_a_council_may_want_is_taken(given, tmp_path):
    found = given(
        ALLOWED_HOSTS="heard.example.gov.uk, .northbrook.example,[::1]",
        SITE_ADDRESS="https://heard.example.gov.uk/",
        EMAIL_FROM="Heard at Northbrook <heard@example.gov.uk>",
        API_RATE="5000/hour",
        EQUALITY_QUESTIONS_LEFT_OUT="none",
        ERASURES_FILE=str(tmp_path / "erased.jsonl"),
        LISTEN_ON="::1, 0.0.0.0",
        FORWARDED_ALLOW_IPS="10.0.0.0/8,::1",
        PROXIES="2",
    )
    assert found["ALLOWED_HOSTS"] == ["heard.example.gov.uk", ".northbrook.example", "[::1]"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://heard.example.gov.uk"], "no stroke at its end: none would match"
    assert found["DEFAULT_FROM_EMAIL"].startswith("Heard at Northbrook")
    assert (found["API_RATE"], found["EQUALITY_QUESTIONS_LEFT_OUT"]) == ("5000/hour", [])
    assert found["LISTEN_ON"] == "[::1],0.0.0.0"
    assert (found["FORWARDED_ALLOW_IPS"], found["ALLAUTH_TRUSTED_PROXY_COUNT"]) == ("10.0.0.0/8,::1", 2)
    assert found["ERASURES_FILE"] == str(tmp_path / "erased.jsonl")


def test_sqlite_warns_of_no_rule_that_it_need_not_keep():
    told = run_checks(tags=[Tags.models], databases=["default"])
    assert not [message for message in told if message.id == "models.W047" and not message.is_silenced()]


def test_deploy_refuses_what_belongs_to_the_demonstration(empty_database):
    changes = {
        "SECOND_FACTOR_REQUIRED": "no",
        "SHOW_UNREVIEWED_LANGUAGES": "yes",
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "consolemail://",
    }
    done = manage(*DEPLOY, DATABASE_URL=empty_database, **changes)
    assert done.returncode != 0
    assert {code for code in CODES if code in done.stderr} == CODES - {"heard.E001"}


@pytest.mark.parametrize("kept", [True, False])
def test_deploy_refuses_the_demonstrations_own_settings(kept, settings, db):
    """In this process: that `check --deploy` starts and asks, the tests above have shown."""
    own = runpy.run_path(str(settings.BASE_DIR / "settings" / "local.py"))
    settings.DEMONSTRATION = own["DEMONSTRATION"] if kept else False
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert ("heard.E001" in {message.id for message in found if message.is_serious()}) is kept
