"""Arrangements on the pages and in the API, and what leaves them as numbers."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.audit.models import AuditEvent
from crm.base.writing import writing_allowed
from engagement.forums.actions.arrangements import let_fall_through
from engagement.forums.actions.forums import cancel_forum
from engagement.forums.actions.ready import mark_ready
from engagement.forums.models import Arrangement, Forum
from engagement.forums.reports.arrangements import arrangements_report
from engagement.needs.reports import whole_year
from tests import grounds
from tests.api.conftest import token_for
from tests.engagement.forums.coming import an_arrangement, an_open_forum, confirmed, on_its_day, somebody, told

LIST = 15


def page(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def press(browser, path, **sent):
    return browser.post(path, {"version": "", **sent}, follow=True).content.decode()


def test_an_officer_works_through_the_list_to_the_end(world, signed_in):
    row, browser = an_arrangement(world), signed_in(world.amina)
    assert "BSL interpreter, for <bdi>Amina Diallo</bdi>" in page(browser, "/workspace/arrangements/")
    assert "Arrangements to make" in page(browser, "/workspace/")
    at = f"/workspace/arrangements/{row.pk}/"
    assert "Write with whom it is booked" in press(browser, f"{at}book/", cost="180")
    assert "Write the cost in pounds" in press(browser, f"{at}book/", supplier="Sign Here", cost="a lot")
    assert "Booked. Ask next" in press(browser, f"{at}book/", supplier="Sign Here", cost="180.50")
    assert "Confirmed. Tell the person next" in press(browser, f"{at}confirm/")
    assert "Choose how they are told" in press(browser, f"{at}tell/")
    assert "Saved." in press(browser, f"{at}tell/", how="told")
    assert "It must be booked again" in press(browser, f"{at}fall-through/", reason="She is ill")
    row.refresh_from_db()
    assert (row.state, row.fell_through, row.supplier) == ("asked", True, "Sign Here")
    assert "Fell through: book it again" in page(browser, at)
    on_its_day(row)
    assert "Saved." in press(browser, f"{at}note/", there="no", met="not_met", why="none_free")
    assert Arrangement.objects.get(pk=row.pk).outcome.why == "none_free"


def test_nobody_is_asked_how_it_went_before_its_day_or_where_it_was_cancelled(world, signed_in):
    browser, row = signed_in(world.amina), an_arrangement(world)
    where = f"/workspace/arrangements/{row.pk}/"
    answer = browser.get(f"{where}note/", follow=True)
    assert answer.redirect_chain == [(where, 302)]
    assert "The day of the forum is still to come." in answer.content.decode()
    cancel_forum(actor=world.amina, forum=row.forum, reason="The hall flooded")
    assert "can be arranged for it any more" in browser.get(f"{where}note/", follow=True).content.decode()


def test_the_page_says_beforehand_what_is_missing_and_a_reason_overrides_it(world, signed_in):
    row, browser = an_arrangement(world), signed_in(world.amina)
    at = f"/workspace/forums/{row.forum_id}/ready/"
    assert "Arrange for Amina Diallo: BSL interpreter" in page(browser, at)
    assert "Arrange for Amina Diallo: BSL interpreter" in press(browser, at)
    row.forum.refresh_from_db()
    assert row.forum.state == "open"
    told_ = press(browser, at, reason="Her sister signs")
    assert "Her sister signs" in told_
    assert "Her sister signs" in page(browser, f"/workspace/forums/{row.forum_id}/")
    assert "somebody who is coming: Book a BSL interpreter" in page(
        signed_in(world.joe), f"/workspace/forums/{row.forum_id}/arrangements/"
    )


def test_what_the_forum_offers_anyway_stands_as_already_there(world, signed_in):
    row = an_arrangement(world, "step-free")
    shown = page(signed_in(world.amina), f"/workspace/forums/{row.forum_id}/arrangements/")
    assert "Already there" in shown
    assert "checked at Mill Street Centre" in shown


def test_it_says_that_a_forum_is_no_longer_ready(world, signed_in):
    row = told(world)
    mark_ready(actor=world.amina, forum=row.forum)
    let_fall_through(actor=world.amina, arrangement=row, reason="She is ill")
    browser = signed_in(world.amina)
    assert "No longer ready" in page(browser, f"/workspace/forums/{row.forum_id}/arrangements/")
    assert "Fell through" in page(browser, "/workspace/")


def test_the_pages_of_a_forum_cost_the_same_for_one_who_comes_and_for_five(world, signed_in):
    row, browser = an_arrangement(world), signed_in(world.amina)
    paths = [f"/workspace/forums/{row.forum_id}/arrangements/", "/workspace/arrangements/"]
    few = [_queries(browser, path) for path in paths]
    for number in range(4):
        an_arrangement(world, forum=row.forum, person=somebody(world, f"Person {number}"))
    assert [_queries(browser, path) for path in paths] == few
    assert max(few) <= LIST, few


def _queries(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured.captured_queries)


class TestApi:
    """The same through the API."""

    @pytest.fixture
    def call(self, client, world):
        key = {"HTTP_AUTHORIZATION": f"Bearer {token_for(world.amina, scope='log').name}"}

        def send(method, path, body=None):
            headers = {}
            if method == "POST":
                row = call_up(client, path, key)
                headers = {"HTTP_IF_MATCH": row.headers["ETag"]} if "ETag" in row.headers else {"HTTP_IF_MATCH": '"1"'}
            return client.generic(
                method, f"/api/v1/{path}", data=_json(body), content_type="application/json", **key, **headers
            )

        return send

    def test_it_is_refused_with_the_same_words_and_goes_step_by_step(self, world, call):
        row = an_arrangement(world)
        refused = call("POST", f"forums/{row.forum_id}/ready/", {})
        assert refused.status_code == 409
        assert "Arrange for Amina Diallo: BSL interpreter" in refused.content.decode()
        [found] = call("GET", "arrangements/").json()["results"]
        assert (found["for_whom"], found["to_do"], found["already_there"]) == ("Amina Diallo", True, False)
        for verb, body in (("book", {"supplier": "Sign Here", "cost": "180.00"}), ("confirm", {}), ("tell", {})):
            assert call("POST", f"arrangements/{row.pk}/{verb}/", body).status_code == 200, verb
        done = call("POST", f"forums/{row.forum_id}/ready/", {})
        assert done.status_code == 200, done.content
        assert call("GET", f"forums/{row.forum_id}/").json()["state"] == "ready"
        assert call("POST", f"arrangements/{row.pk}/fall-through/", {"reason": "Ill"}).status_code == 200
        assert call("GET", f"forums/{row.forum_id}/").json()["state"] == "open"

    def test_what_is_hidden_is_missing(self, world, call):
        row = an_arrangement(world, person=somebody(world, "Lee", area=world.south_ward, by=world.joe), actor=world.joe,
                             forum=an_open_forum(world, owner=world.joe))  # fmt: skip
        assert call("GET", f"arrangements/{row.pk}/").status_code == 404
        assert call("POST", f"arrangements/{row.pk}/book/", {"supplier": "x"}).status_code == 404


def call_up(client, path, key):
    """The record a verb is sent to."""
    return client.get(f"/api/v1/{path.rsplit('/', 2)[0]}/", **key)


def _json(body):
    return json.dumps(body) if body is not None else ""


def last_month():
    """Every forum took place on the last day the report tells of."""
    day = whole_year()[1]
    with writing_allowed():
        Forum.objects.update(on=day)
        Arrangement.objects.exclude(confirmed_for=None).update(confirmed_for=day)
    return arrangements_report()


def test_many_times_of_one_person_are_hidden(world):
    person = somebody(world)
    for _ in range(11):
        an_arrangement(world, forum=an_open_forum(world), person=person)
    report = last_month()
    assert report.total.numbers["asked"].is_hidden


@pytest.fixture(scope="class")
def many(django_db_setup, django_db_blocker):
    """Eleven whose interpreter is confirmed, eleven for whom nobody booked Easy Read, eleven with a way in, and one
    who needs a lipspeaker: made once for the tests that read them."""
    with grounds.with_more(django_db_blocker) as world:
        forum = an_open_forum(world, communities=[world.community])
        for number in range(11):
            person = somebody(world, f"Person {number}")
            confirmed(world, forum=forum, person=person)
            an_arrangement(world, "easy-read", forum=forum, person=person)
            an_arrangement(world, "step-free", forum=forum, person=person)
        an_arrangement(world, "lipspeaker", forum=forum, person=somebody(world, "Alone"))
        last_month()
        yield


@pytest.fixture
def made(many, world):
    """The report of them."""
    return arrangements_report()


class TestReport:
    """Numbers only: small ones hidden, and many times of few people like few people."""

    def test_small_numbers_and_what_would_give_them_away_are_hidden(self, world, made):
        lines = {(line.by, line.name): line for line in made.lines}
        whole = lines["all", "All"]
        assert [whole.numbers[name].value for name in ("asked", "there", "arranged", "missing")] == [35, 10, 10, 10]
        assert whole.numbers["fell"].is_hidden
        assert (whole.cost, whole.days["to_book"]) == (1980, 0.0)
        assert ("type", "Lipspeaker") not in lines
        shown = [line for line in made.types if not line.numbers["asked"].is_hidden]
        assert len(shown) < 3  # the one hidden is not what is left of the whole
        assert lines["community", world.community.name].numbers["arranged"].value == 10

    def test_the_page_the_api_and_the_file(self, world, made, signed_in, client):
        browser = signed_in(world.analyst)
        assert "By type of need" in page(browser, "/workspace/reports/arrangements/")
        sent = browser.post("/workspace/reports/arrangements/export/", {})
        assert "text/csv" in sent.headers["Content-Type"]
        assert AuditEvent.objects.filter(verb="arrangement.report_exported").count() == 1
        key = {"HTTP_AUTHORIZATION": f"Bearer {token_for(world.analyst).name}"}
        body = client.get("/api/v1/reports/arrangements/", **key).json()
        assert body["results"][0]["arranged"] == 10
