"""How the API answers: who is asking, how far a token goes, and what it says to nonsense."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from crm.accounts.models import ApiToken, IdempotencyKey
from crm.audit.models import AuditEvent
from crm.base.caches import CountingFiles
from crm.base.writing import writing_allowed
from engagement.log.models import EngagementEvent, Topic
from tests.api.conftest import Caller, token_for

EVENTS, TOPICS = "/engagement-events/", "/topics/"


def test_without_a_token_one_is_told_to_bring_one(world):
    answer = Caller("").get(EVENTS)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "changes",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}],
    ids=["revoked", "past its day"],
)
def test_a_token_that_does_not_work_opens_nothing(world, caller, changes):
    assert caller(world.amina, **changes).get(EVENTS).status_code == 401


def test_an_unknown_token_and_one_of_a_closed_account_are_refused_alike(world, caller):
    closed = caller(world.amina)
    world.amina.is_active = False
    world.amina.save()
    answers = [closed.get(EVENTS), Caller("made up").get(EVENTS), Caller("\xff").get(EVENTS)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


def test_the_last_use_is_remembered_once_an_hour_and_is_no_change_of_the_token(world, caller):
    amina = caller(world.amina)
    amina.get(TOPICS)
    token = ApiToken.objects.get()
    first = token.last_used_at
    amina.get(TOPICS)
    token.refresh_from_db()
    assert first is not None
    assert (token.last_used_at, token.version) == (first, 1)
    with writing_allowed():
        ApiToken.objects.update(last_used_at=first - timedelta(minutes=61))
    amina.get(TOPICS)
    token.refresh_from_db()
    assert token.last_used_at >= first
    assert not AuditEvent.objects.exists()


def test_a_token_that_reads_cannot_log_and_one_that_logs_can(world, caller):
    body = {"occurred_on": str(timezone.localdate()), "met_in_words": "A neighbour", "points": [{"words": "x"}]}
    refused = caller(world.amina, "read").post(EVENTS, body)
    assert (refused.status_code, "“log”" in refused.json()["detail"]) == (403, True)
    assert caller(world.amina, "log").post(EVENTS, body).status_code == 201


def test_a_token_is_never_more_than_its_user(world, caller):
    assert caller(world.analyst, "admin").get(EVENTS).status_code == 403
    assert caller(world.amina, "admin").post(TOPICS, {"name": "Transport"}).status_code == 403


def test_a_scope_nobody_knows_reaches_nothing(world, caller):
    assert caller(world.amina, "everything").get(EVENTS).status_code == 403


@pytest.mark.once
def test_whoever_the_row_refuses_is_refused_by_every_address(world, settings):
    """With a key. Rows that refuse the same people meet each of them once, and each address one of them, by turns: that
    it refuses all the others too is tried by tests/house/test_addresses.py, signed in."""
    from api.v1.urls import urlpatterns

    settings.API_RATE = "100000/min"  # refusals are counted too
    cast = {name: Caller("" if name == "nobody" else token_for(user).name) for name, user in world.everybody().items()}
    met, checked = set(), 0
    for pattern in urlpatterns:
        view = getattr(pattern.callback, "cls", None)
        for method, permission in getattr(view, "permissions_by_method", {}).items():
            path = "/" + str(pattern.pattern).replace("<uuid:pk>", str(world.group.pk)).replace("<slug:kind>", "point")
            refused = tuple(name for name, user in world.everybody().items() if not permission.row.open_to(user))
            turn = refused[checked % len(refused)] if refused else ""
            for name in refused:
                if name != turn and (refused, name) in met:
                    continue
                answer = cast[name].send(method, path, {} if method != "GET" else None)
                assert answer.status_code == (401 if name == "nobody" else 403), path
                met.add((refused, name))
                checked += 1
    assert checked > 400


def test_every_method_of_every_address_has_a_row_and_words():
    from api.v1.urls import urlpatterns
    from api.views import ApiView

    views = [pattern.callback.cls for pattern in urlpatterns if hasattr(pattern.callback, "cls")]
    for view in views:
        if issubclass(view, ApiView):
            methods = {name.upper() for name in ("get", "post", "patch", "put", "delete") if hasattr(view, name)}
            assert methods == set(view.permissions_by_method) == set(view.operations), view


def test_a_method_without_a_row_is_closed(world, caller, monkeypatch):
    from api.v1.kept_lists import Topics

    monkeypatch.setattr(Topics, "permissions_by_method", {})
    assert caller(world.lead).get(TOPICS).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_there_is_no_put_and_no_delete(world, caller, method):
    topic = f"{TOPICS}{world.topic.pk}/"
    answer = caller(world.lead).send(method, topic)
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("path", ["/nothing/", "/engagement-events", "/people/not-an-id/", "/../x"])
def test_an_address_that_is_none_is_404_as_everything_else(world, caller, path):
    answer = caller(world.lead).post(path, {})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


NONSENSE = {
    "not JSON": b"{",
    "not UTF-8": b'{"name": "\xff"}',
    "not a number": b'{"name": NaN}',
    "endless nesting": b"[" * 100_000,
    "nested objects": b'{"a":' * 50_000,
    "a list": b"[]",
    "a word": b'"x"',
    "nothing": b"null",
    "a NUL": json.dumps({"name": "a\x00b"}).encode(),
    "half a character": b'{"name": "\\ud800"}',
    "half a character as a field": b'{"\\ud800": 1}',
    "a field too many": b'{"name": "x", "colour": "red"}',
    "a huge number": json.dumps({"name": "x", "order": 10**30}).encode(),
    "an endless number": b'{"name": "x", "order": ' + b"9" * 5000 + b"}",
    "a number too big for its column": b'{"name": "x", "order": 40000}',
    "less than nothing": b'{"name": "x", "order": -1}',
    "an object for a word": b'{"name": {"a": 1}}',
    "too long a word": json.dumps({"name": "x" * 81}).encode(),
    "an empty word": b'{"name": " "}',
    "a field twice": b'{"name": "x", "name": "y"}',
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_a_400_that_says_where(world, caller, what):
    answer = caller(world.lead).post(TOPICS, NONSENSE[what])
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json"), answer.content
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"organisations": "x"}, {"organisations": [1]}, {"organisations": [None]}, {"occurred_on": 3},
        {"occurred_on": "2026-02-30"}, {"occurred_at": "25:00"}, {"reach": [{"people": 2**31}]}, {"points": {}},
        {"points": ["x"]}, {"points": [{"words": "x\x00"}]}, {"points": [{"words": "x", "colour": 1}]},
        {"kind": ["in_person"]}, {"kind": {}}, {"restricted": "perhaps"}, {"place": None}, {"promises": [[]]},
        {"safeguarding": {"passed_on_at": "0000"}}, {"safeguarding": {"passed_on_at": "9999-12-31T23:59:59-23:59"}},
        {"occurred_on": "0001-01-01", "promises": [{"words": "x", "due_on": "9999-12-31"}]},
    ],
)  # fmt: skip
def test_wrong_types_inside_a_contact_are_clean_refusals(world, caller, body):
    answer = caller(world.amina).post(EVENTS, body)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert not EngagementEvent.objects.exists()


def test_a_pointer_leads_to_the_very_place(world, caller):
    points = [{"words": "x"}, {"words": "y", "colour": "red"}, {"words": "z", "kind": "shout"}]
    errors = caller(world.amina).post(EVENTS, {"points": points}).json()["errors"]
    assert {error["pointer"] for error in errors} == {"/points/1/colour", "/points/2/kind"}


def test_ten_megabytes_are_too_long(world, caller):
    body = json.dumps({"name": "x" * 10_000_000}).encode()
    for path in (TOPICS, "/people/search/"):
        answer = caller(world.lead, "admin" if path == TOPICS else "read").post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_long")
    patch = caller(world.lead, "log").patch(f"{TOPICS}{world.topic.pk}/", body, match='"1"')
    assert patch.status_code == 413


def test_only_json_is_understood_and_spoken(world, caller):
    lead = caller(world.lead)
    form = lead.client.post(
        "/api/v1/topics/", {"name": "x"}, headers={"Authorization": f"Bearer {lead.key}"}
    )  # multipart
    assert (form.status_code, form.json()["code"]) == (415, "unsupported_media_type")
    assert lead.get(TOPICS, headers={"Accept": "text/html"}).status_code == 406
    for anything in ("", " ", ",", "text/html, ", "*/*;q=0.1"):
        expected = 406 if "html" in anything else 200
        assert lead.get(TOPICS, headers={"Accept": anything}).status_code == expected, anything


@pytest.mark.parametrize("key", ["x" * 256])
def test_a_key_too_long_is_refused_by_name(world, caller, key):
    answer = caller(world.lead).post(TOPICS, {"name": "x"}, key=key)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "Idempotency-Key")


def test_a_kept_answer_holds_no_words_of_anybody(world, caller):
    body = {"occurred_on": str(timezone.localdate()), "met_in_words": "A neighbour", "points": [{"words": "Secret"}]}
    caller(world.amina).post(EVENTS, body, key="abc")
    assert "Secret" not in json.dumps(IdempotencyKey.objects.get().answer)


@pytest.mark.usefixtures("within_a_minute")
def test_too_many_requests_are_told_when_to_come_again(world, caller, settings):
    settings.API_RATE = "2/min"
    amina, joe = caller(world.amina), caller(world.joe)
    answers = [amina.get(TOPICS) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].json()["code"] == "too_many"
    assert joe.get(TOPICS).status_code == 200
    settings.API_RATE = "20/min"
    open_to_all = [Client(REMOTE_ADDR=f"192.0.2.{n}").get("/api/v1/public/you-said/") for n in (1, 1, 1, 2)]
    assert [answer.status_code for answer in open_to_all] == [200, 200, 429, 200], "one visitor used up everybody's"


@pytest.mark.usefixtures("within_a_minute")
def test_refused_requests_are_counted_too(world, caller, settings):
    settings.API_RATE = "20/min"
    publisher = caller(world.publisher)
    assert [publisher.get("/people/").status_code for _ in range(21)] == [403] * 20 + [429]
    guessing = Caller("heard_of_no_such_key")
    assert [guessing.get(TOPICS).status_code for _ in range(3)] == [401, 401, 429]
    long = Client(REMOTE_ADDR="192.0.2.9")
    sent = [long.post("/api/v1/topics/", b" " * 2_600_000, content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in sent] == [413, 413, 429]
    guess = Client(REMOTE_ADDR="192.0.2.10", headers={"Authorization": "Bearer heard_of_no_such_key"})
    sent = [guess.post("/api/v1/topics/", b" " * 2_600_000, content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in sent] == [401, 401, 429], "a guess is counted however long it is"
    assert caller(world.amina).get(TOPICS).status_code == 200, "whose token works is counted by the token"


def test_many_requests_at_once_are_all_counted_in_a_cache_of_files(tmp_path):
    kept = CountingFiles(str(tmp_path), {})
    with ThreadPoolExecutor(8) as together:
        begun = list(together.map(lambda _: kept.add("count", 0, 60), range(40)))
        list(together.map(lambda _: kept.incr("count"), range(40)))
    assert (begun.count(True), kept.get("count")) == (1, 40)


def test_a_count_goes_on_in_its_own_file_and_one_that_is_missing_over_or_broken_is_begun_anew(tmp_path):
    kept = CountingFiles(str(tmp_path / "made" / "when needed"), {})
    kept.add("count", 998, 60)
    [file] = Path(kept._dir).glob("*.djcache")
    before = file.stat().st_ino
    assert [kept.incr("count"), kept.incr("count"), kept.incr("count", -999), kept.get("count")] == [999, 1000, 1, 1]
    assert file.stat().st_ino == before, "no file beside it for each request"
    kept.set("over", 1, -1)
    file.write_bytes(file.read_bytes()[:-4])
    for key in ("count", "over", "missing"):
        with pytest.raises(ValueError, match="Nothing is counted"):
            kept.incr(key)


def test_a_page_may_ask_in_the_name_of_who_is_signed_in(world, signed_in):
    assert signed_in(world.amina).get("/api/v1/topics/").status_code == 200


def test_a_page_cannot_change_anything_without_its_csrf_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.lead)
    answer = client.post("/api/v1/topics/", {"name": "Transport"}, content_type="application/json")
    assert answer.status_code == 403
    client.cookies["csrftoken"] = token = "a" * 32
    headers = {"X-CSRFToken": token}
    answer = client.post("/api/v1/topics/", {"name": "Transport"}, content_type="application/json", headers=headers)
    assert answer.status_code == 201


def test_nobody_passes_by_a_page_before_the_second_factor(world, signed_in, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    answer = signed_in(world.amina).get("/api/v1/topics/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_answers_about_people_are_kept_by_no_cache(world, caller):
    answer = caller(world.amina).get("/people/")
    assert answer.headers["Cache-Control"] == "no-store, private"
