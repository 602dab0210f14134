"""Requests for other formats in the workspace and the API."""

from __future__ import annotations

from engagement.formats.models import FormatRequest
from tests.api.conftest import Caller, token_for
from tests.engagement.formats.helpers import a_request

LIST = "/workspace/format-requests/"


def test_a_request_is_written_down_read_answered_and_given_away(world, signed_in):
    browser = signed_in(world.amina)
    wanted = {"about": "Letter about transport", "format": "large_print", "reach_by": "post", "reach_at": "=1+1 Mill",
              "once": "one"}  # fmt: skip
    answer = browser.post(f"{LIST}new/", wanted)
    assert browser.post(f"{LIST}new/", wanted).url == answer.url, "pressed twice, saved once"
    request = FormatRequest.objects.get()
    assert request.owner == world.amina
    page = browser.get(answer.url).content.decode()
    assert "Letter about transport" in page
    assert "=1+1 Mill" in page
    assert "Letter about transport" in browser.get("/workspace/").content.decode(), "on her home page"
    missing = browser.post(f"{answer.url}answer/", {"state": "", "outcome": "", "version": request.version})
    assert "Choose what happened" in missing.content.decode()
    browser.post(f"{answer.url}give/", {"owner": world.joe.pk, "version": request.version})
    assert "Letter about transport" in signed_in(world.joe).get("/workspace/").content.decode()
    request.refresh_from_db()
    browser.post(f"{answer.url}answer/", {"state": "done", "outcome": "Posted", "version": request.version})
    assert "Letter about transport" not in browser.get(LIST).content.decode()
    assert "Letter about transport" in browser.get(f"{LIST}?state=done").content.decode()


def test_nothing_typed_is_lost_when_something_is_missing(world, signed_in):
    shown = signed_in(world.amina).post(f"{LIST}new/", {"about": "قرآن", "reach_by": "email", "reach_at": "x"})
    text = shown.content.decode()
    assert "قرآن" in text
    assert "Choose how you want it" in text
    assert "Enter an e-mail address" in text


def test_the_api_lists_takes_and_answers_requests(world):
    caller, reader = Caller(token_for(world.amina).name), Caller(token_for(world.joe, "read").name)
    body = {"about": "Come and talk", "format": "braille", "reach_by": "text", "reach_at": "07700 900123"}
    made = caller.post("/format-requests/", body, key="k1")
    assert made.status_code == 201
    assert caller.post("/format-requests/", body, key="k1").json() == made.json()
    assert reader.post("/format-requests/", body).status_code == 403, "a token that only reads"
    a_request(world)
    rows = reader.get("/format-requests/?in_format=braille").json()["results"]
    assert [(row["about"], row["state"], row["owner"]["name"]) for row in rows] == [
        ("Come and talk", "waiting", world.amina.name)
    ]
    address = made.json()["url"]
    assert caller.post(f"{address}answer/", {"state": "done", "outcome": "Sent"}).status_code == 428
    assert caller.post(f"{address}answer/", {"state": "done"}, match='"1"').status_code == 400
    assert caller.post(f"{address}answer/", {"state": "done", "outcome": "Sent"}, match='"1"').status_code == 200
    assert caller.post(f"{address}give/", {"owner": str(world.joe.pk)}, match='"2"').status_code == 409
    assert caller.get(address).json()["state"] == "done"
    assert Caller(token_for(world.chen).name).get(address).status_code in (403, 404)
