"""Sessions: kept as Django keeps them, and asked for with a question that is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts.sessions import SessionStore
from crm.base import kept as keeping

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def browser(world, signed_in):
    return signed_in(world.amina)


def a_session(**held):
    session = SessionStore()
    session.update(held)
    session.create()
    return session.session_key


def loaded(key):
    return dict(SessionStore(key).items())


def runs_out(key, *, seconds):
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(seconds=seconds))


def is_in(browser):
    return browser.get("/workspace/").status_code == 200


def test_pages_ask_for_the_session_with_a_question_that_is_written_once(browser):
    keeping.forget()
    with CaptureQueriesContext(connection) as asked:
        assert is_in(browser)
        assert is_in(browser)
    about = [query["sql"] for query in asked if "django_session" in query["sql"]]
    assert len(about) == 2, "each page asks once"
    written = [written.sql for written in keeping._written.values() if "django_session" in written.sql]
    assert len(written) == 1
    assert not any(key in written[0] for key in Session.objects.values_list("pk", flat=True))


def test_a_session_holds_what_was_put_into_it_and_each_browser_has_its_own():
    mine, theirs = a_session(draft="Mine"), a_session(draft="Theirs")
    assert (loaded(mine), loaded(theirs)) == ({"draft": "Mine"}, {"draft": "Theirs"})


def test_a_session_reads_what_another_process_wrote_meanwhile():
    key = a_session(draft="First")
    other = SessionStore(key)
    other["draft"] = "Second"
    other.save()
    assert loaded(key) == {"draft": "Second"}


def test_a_session_that_ran_out_is_not_loaded_and_its_key_is_not_used_again():
    key = a_session(draft="Mine")
    runs_out(key, seconds=60)
    assert loaded(key) == {"draft": "Mine"}
    runs_out(key, seconds=-1)
    session = SessionStore(key)
    assert (dict(session.items()), session.session_key) == ({}, None)
    session.save()
    assert session.session_key != key


@pytest.mark.parametrize(
    "key", ["nobodys-session-key", "' OR 1=1 --", "%s%s%s%s%s", "8 chars?", "ключ от сессии", "x" * 500]
)
def test_nobody_chooses_the_key_of_their_session(key):
    session = SessionStore(key)
    assert (session.get("draft"), session.session_key) == (None, None)


def test_a_key_too_short_for_a_session_is_asked_of_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert SessionStore("short").get("draft") is None


def test_whose_session_ran_out_signs_in_again(browser):
    assert is_in(browser)
    runs_out(browser.session.session_key, seconds=-1)
    assert not is_in(browser)


@pytest.mark.parametrize("broken", ["", "nonsense", "eyJhIjoxfQ:1abcde:0000000000000000000000000000000000000000000"])
def test_whose_session_is_broken_signs_in_again(browser, broken):
    assert is_in(browser)
    Session.objects.update(session_data=broken)
    assert not is_in(browser)


def test_a_session_that_was_ended_is_over_and_is_not_written_again(browser):
    key = browser.session.session_key
    session = SessionStore(key)
    session["draft"] = "Mine"
    Session.objects.filter(pk=key).delete()
    with pytest.raises(UpdateError):
        session.save()
    assert not SessionStore().exists(key)
    assert not is_in(browser)


def test_a_session_django_wrote_is_read_here_and_one_of_ours_there():
    """Sessions from before the change go on, and so would they without it."""
    theirs = DjangosStore()
    theirs["draft"] = "Mine"
    theirs.create()
    assert loaded(theirs.session_key) == {"draft": "Mine"}
    assert dict(DjangosStore(a_session(draft="Ours")).items()) == {"draft": "Ours"}


def test_every_night_sessions_that_ran_out_go():
    over, goes_on = a_session(), a_session()
    runs_out(over, seconds=-1)
    call_command("clearsessions")
    assert [SessionStore().exists(key) for key in (over, goes_on)] == [False, True]
