"""What is no JSON of its field's kind is refused beside the field, in words of the house and never of the framework."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from rest_framework.exceptions import ValidationError

from api.inputs import Input
from api.problems import faults_in
from api.strict import faults_of_form
from crm.accounts.models import IdempotencyKey
from engagement.log.models import EngagementEvent, Topic
from tests.api.conftest import Caller
from tests.api.test_events import EVENTS, told

FRAMEWORK = re.compile(
    r"\b(this field|ensure|not? (a )?valid|valid|expected|wrong format|this list|does not exist)\b", re.I
)
NO_FIELD = "There is no field of this name here."
ODD = [None, 3, 1.5, True, "", "x" * 6000, "a\x00b", "\ud800", "x@", "-1", 10**30, -(10**9), [], {}, [[]], [None], [{}],
       ["x" * 6000], [3] * 600, {"a": 1}, [1.5], "10:00+14:00", "2026-02-30", "25:00"]  # fmt: skip


def shapes(of=Input):
    for shape in of.__subclasses__():
        yield shape
        yield from shapes(shape)


@pytest.mark.once
def test_no_shape_of_a_request_speaks_in_the_words_of_the_framework():
    import api.v1.urls  # noqa: F401  # reads every shape

    checked = 0
    for shape in {one for one in shapes() if one.__module__.startswith("api.")}:
        made = shape()
        bodies = [{}, [], "x", 3, *({name: odd} for name in made.fields for odd in ODD)]
        for body in bodies:
            try:
                made.run_validation(body)
            except ValidationError as refusal:
                for fault in faults_in(refusal.get_full_details()):
                    assert not FRAMEWORK.search(fault.detail), (shape.__name__, body, fault)
                    checked += 1
    assert checked > 5000


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"place": 1.5}, "/place", "Write words, like"),
        ({"place": True}, "/place", "Write words, like"),
        ({"restricted": "yes"}, "/restricted", "Say true or false."),
        ({"restricted": "off"}, "/restricted", "Say true or false."),
        ({"restricted": 1}, "/restricted", "Say true or false."),
        ({"occurred_at": "10:00+14:00"}, "/occurred_at", "Write a time, like 14:30. It is the time on the clock there"),
        ({"occurred_at": "10:00Z"}, "/occurred_at", "Write a time, like 14:30. It is the time on the clock there"),
        ({"reach": [{"people": "3"}]}, "/reach/0/people", "Write a number, like 12"),
        ({"reach": [{"people": True}]}, "/reach/0/people", "Write a number, like 12"),
        ({"topics": [3]}, "/topics/0", "There is no such record"),
        ({"points": [{"words": 3}]}, "/points/0/words", "Write words, like"),
        ({"points": [3]}, "/points/0", "Send an object, like {}"),
        ({"points": 3}, "/points", "Send a list, like []"),
        ({"place": None}, "/place", "This cannot be null"),
        ({"occurred_on": "24 11 2026"}, "/occurred_on", "Enter a real date, like 2026-11-24"),
        ({"occurred_on": "20261124"}, "/occurred_on", "Enter a real date, like 2026-11-24"),
        ({"occurred_on": "2026-W48-2"}, "/occurred_on", "Enter a real date, like 2026-11-24"),
        ({"occurred_at": "14"}, "/occurred_at", "Write a time, like 14:30"),
        ({"occurred_at": "1430"}, "/occurred_at", "Write a time, like 14:30"),
        ({"safeguarding": {"passed_on_at": "2026-11-24", "to_team": "x"}}, "/safeguarding/passed_on_at",
         "Write a day and a time, like 2026-11-24T14:30:00Z"),
        ({"occurred_on": None}, "/occurred_on", "Enter a real date, like 2026-11-24"),
        ({"safeguarding": {"passed_on_at": "soon", "to_team": "x"}}, "/safeguarding/passed_on_at",
         "Write a day and a time, like 2026-11-24T14:30:00Z"),
        ({"safeguarding": {"passed_on_at": "2026-11-24T14:30:00Z"}}, "/safeguarding/to_team", "This must be sent"),
        ({"reach": [{}]}, "/reach/0/community", "Say which community, or how many people"),
        ({"reach": [{"voice": "direct"}]}, "/reach/0/community", "Say which community, or how many people"),
    ],
)  # fmt: skip
def test_another_kind_of_value_is_refused_beside_its_field(world, caller, body, pointer, words):
    answer = caller(world.amina).post(EVENTS, told(world, **body))
    assert answer.status_code == 400
    assert [(e["pointer"], e["detail"][: len(words)]) for e in answer.json()["errors"]] == [(pointer, words)]
    assert not EngagementEvent.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": -1}, "Write words, like"),
        ({"name": "Carers"}, "“Carers” is on the list already"),
        ({"name": ""}, "Write a name"),
        ({"name": " "}, "Write a name"),
        ([], "Send an object, like {}"),
    ],
)
def test_a_topic_is_refused_in_words_of_the_house(world, caller, body, words):
    answer = caller(world.lead).post("/topics/", body)
    assert (answer.status_code, answer.json()["detail"][: len(words)]) == (400, words)
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "parameter", "words"),
    [
        ("/points/?event=", "event", "Say which, or leave this out."),
        ("/engagement-events/?kind=", "kind", "Say which, or leave this out."),
        ("/engagement-events/?mine=", "mine", "Say true or false."),
        ("/reports/hearing/?locality=", "locality", "Say which, or leave this out."),
        ("/engagement-events/?topic=x", "topic", "There is no such record, or you may not see it."),
        ("/engagement-events/?kind=telepathy", "kind", "Use one of these: in_person, "),
        ("/engagement-events/?occurred_from=soon", "occurred_from", "Enter a real date, like 2026-11-24"),
        ("/topics/?format=json", "format", "There is no filter of this name here."),
        ("/topics/?format=xml", "format", "There is no filter of this name here."),
        (
            "/topics/?changed_since=2026-11-24&ordering=created_at",
            "ordering",
            "What changed comes oldest change first.",
        ),
    ],
)
def test_a_filter_that_is_empty_or_none_is_refused_by_name(world, caller, path, parameter, words):
    answer = caller(world.amina).get(path)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["parameter"], error["detail"][: len(words)]) == (400, parameter, words)


@pytest.mark.once
def test_no_filter_speaks_in_the_words_of_the_framework(world):
    from api.v1.urls import urlpatterns

    asking = SimpleNamespace(user=world.lead)
    found = {getattr(getattr(pattern.callback, "cls", None), "filter_class", None) for pattern in urlpatterns} - {None}
    for one in found:
        for name in one.base_filters:
            for odd in ("x", "a\x00b", str(world.group.pk)):
                filters = one(data={name: odd}, queryset=one._meta.model.objects.none() if one._meta.model else
                              Topic.objects.none(), request=asking)  # fmt: skip
                for fault in faults_of_form(filters.form):
                    assert not FRAMEWORK.search(fault.detail), (one, name, fault)
    assert len(found) > 30


def test_whoever_understands_problems_alone_is_answered_too(world, caller):
    amina, headers = caller(world.amina), {"Accept": "application/problem+json"}
    assert amina.get("/topics/", headers=headers).status_code == 200
    missing = amina.get(f"/topics/{world.group.pk}/", headers=headers)
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("purpose", ["", "%00", "nonsense", "x" * 3000])
def test_a_purpose_that_is_none_is_refused_by_name(world, caller, purpose):
    answer = caller(world.amina).get(f"/people/{world.person.pk}/ways/?purpose={purpose}")
    (error,) = answer.json()["errors"]
    told = (answer.status_code, error["parameter"], error["detail"])
    assert told == (400, "purpose", "There is no purpose with this key.")


def test_a_filter_is_refused_where_there_is_no_list(world, caller):
    lead, topic = caller(world.lead), f"/topics/{world.topic.pk}/?locality={world.east.pk}"
    searched = f"/people/search/?locality={world.east.pk}"
    answers = [
        lead.get(topic),
        lead.patch(topic, {"order": 3}, match="*"),
        lead.post(searched, {"words": "Parveen"}),
        lead.post("/topics/?locality=x", {"name": "Parks"}),
    ]
    for answer in answers:
        (error,) = answer.json()["errors"]
        told = (answer.status_code, error["parameter"], error["detail"])
        assert told == (400, "locality", "There is no filter of this name here.")
    assert not Topic.objects.exclude(version=1).exists()


def test_what_is_no_json_is_told_whether_its_key_was_used_before(world, caller):
    lead = caller(world.lead)
    assert lead.post("/topics/", {"name": "Transport"}, key="one").status_code == 201
    assert lead.post("/topics/", b"{", key="one").json()["code"] == "key_reused"
    fresh = lead.post("/topics/", b"{", key="two")
    assert (fresh.status_code, fresh.json()["detail"]) == (400, "This is not JSON that can be read.")
    assert IdempotencyKey.objects.count() == 1
    assert lead.post("/topics/", {"name": "Parks"}, key="two").status_code == 201


@pytest.mark.parametrize("path", ["/people/search/", "/people/similar/", "/topics/"])
def test_a_key_that_is_too_long_is_refused_by_every_post(world, caller, path):
    answer = caller(world.lead).post(path, {"words": "x"}, key="x" * 256)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("path", ["/people/similar/", "/organisations/similar/"])
def test_a_token_that_reads_may_look_for_names_like_one(world, caller, path):
    assert caller(world.amina, "read").post(path, {"name": "Parveen"}).status_code == 200
    assert caller(world.analyst, "admin").post(path, {"name": "Parveen"}).status_code == 403


@pytest.mark.usefixtures("within_a_minute")
def test_refusals_of_the_framework_are_told_in_plain_words(world, caller, client, settings):
    amina = caller(world.amina)
    assert amina.send("PUT", "/topics/").json()["detail"] == "This address has no such method."
    assert amina.get("/topics/", headers={"Accept": "text/html"}).json()["detail"].startswith("Ask for JSON")
    client.handler.enforce_csrf_checks = True
    client.force_login(world.lead)
    answer = client.post("/api/v1/topics/", {"name": "x"}, content_type="application/json")
    assert answer.json()["detail"] == (
        "A page that asks for a change sends its CSRF token with it, in the header X-CSRFToken."
    )
    settings.API_RATE = "1/min"
    answers = [Caller(amina.key).get("/topics/") for _ in range(2)]
    assert re.fullmatch(r"Too many requests. Come again in \d+ seconds.", answers[1].json()["detail"])
