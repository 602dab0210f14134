"""Settings come from the environment, and a start with a wrong one stops loudly."""

import os
import runpy
import shutil
import subprocess
import sys

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


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_ADDRESS", "EMAIL_URL", "EMAIL_FROM"])
def test_a_missing_setting_stops_the_start_and_is_named_with_an_example(name):
    done = manage("check", **{name: None})
    assert done.returncode != 0
    assert f"{name} is missing. It is the" in done.stderr or f"{name} is missing. It is" in done.stderr
    assert f"{name}=" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_FACTOR_REQUIRED", "flase"),
        ("SHOW_UNREVIEWED_LANGUAGES", "si"),
        ("SMALL_NUMBERS_UNDER", "ten"),
        ("PROXIES", "one"),
        ("DATABASE_URL", "mysql://heard:hunter2@localhost/heard"),
        ("CACHE_URL", "nonsense"),
        ("EMAIL_URL", "post.northbrook"),
    ],
)
def test_a_malformed_setting_stops_the_start_and_keeps_its_value_quiet(name, value):
    done = manage("check", **{name: value})
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert f"{name} must be" in last
    assert value not in last


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
