"""The schema describes the API as it is, and the page shows it without a script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from drf_spectacular import validation

from api.schema import whole_schema
from engagement.log.details import PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from tests.crm.access.helpers import a_need
from tests.engagement.needs.helpers import an_outcome
from tests.house.addresses import community_fact

OPENAPI = json.loads((Path(validation.__file__).parent / "openapi_3_1_schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_valid_openapi_without_a_warning(tmp_path):
    """The command's own `validate` compares with the same file, but takes half a minute for it."""
    file = tmp_path / "schema.json"
    call_command("spectacular", fail_on_warn=True, format="openapi-json", file=str(file))
    made = json.loads(file.read_text(encoding="utf-8"))
    assert made["openapi"].startswith("3.1")
    jsonschema_rs.validator_for(OPENAPI).validate(made)
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(OPENAPI).validate({**made, "paths": {"/people/": {"get": {"responses": "none"}}}})


def test_it_is_served_as_yaml_and_as_json_to_anyone(client, db):
    assert client.get("/api/v1/schema/").content.startswith(b"openapi: 3.1")
    for address in ("/api/v1/schema/?format=json", "/api/v1/schema.json"):
        assert json.loads(client.get(address).content)["openapi"].startswith("3.1")


def operations():
    for path, methods in whole_schema()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_operation_says_what_it_does_who_may_and_shows_an_example():
    for path, method, operation in operations():
        assert operation["summary"], path
        assert "Who may:" in operation["description"]
        assert operation["tags"], path
        text = json.dumps([operation.get("requestBody"), operation["responses"]])
        assert '"examples"' in text, f"{method} {path}"
        assert '"format": "time"' not in text, "a time of the day has no offset, which that format asks for (RFC 3339)"
        assert {"400", "401", "403", "429"} <= set(operation["responses"])
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names)) > 40


def test_every_post_that_changes_something_takes_a_key_and_every_change_a_version():
    for path, method, operation in operations():
        headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
        if method == "post":
            assert ("Idempotency-Key" in headers) != path.endswith(("/search/", "/similar/")), path
        if method == "patch":
            assert "If-Match" in headers


def test_every_post_and_list_shows_an_answer():
    for path, method, operation in operations():
        for status, response in operation["responses"].items():
            answer = response.get("content", {}).get("application/json")
            assert answer is None or answer.get("examples"), (method, path, status)


# What the rules ask for only in some cases: whom, one of several links, a reason where something is left open.
SOMETIMES = {
    ("EventInput", "people"), ("AppointmentInput", "name"), ("DecisionRecordInput", "themes"), ("GoneInput", "there"),
    ("MoveInput", "on"), ("NatureInput", "kind"), ("MaybeReasonInput", "reason"),
}  # fmt: skip


@pytest.mark.once
def test_the_schema_requires_of_a_new_record_what_is_always_refused_without_it(world, caller):
    parts, checked = whole_schema()["components"]["schemas"], 0
    callers = [caller(user) for user in (world.lead, world.amina, world.administrator)]
    for path, method, operation in operations():
        if method != "post" or "{" in path or "requestBody" not in operation:
            continue
        name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        known, required = parts[name]["properties"], parts[name].get("required", [])
        answers = [one for asking in callers if (one := asking.post(path, {})).status_code == 400]
        if not answers:
            continue
        missing = {error.get("pointer", "").removeprefix("/") for error in answers[0].json()["errors"]} & set(known)
        missing -= {field for shape, field in SOMETIMES if shape == name}
        assert missing <= set(required), path
        checked += len(missing)
    assert checked > 60


def test_what_comes_in_holds_no_field_more_and_a_change_asks_for_none_again():
    parts = whole_schema()["components"]["schemas"]
    assert set(parts["EventInput"]["required"]) == {"occurred_on", "points"}
    assert set(parts["PromiseInput"]["required"]) == {"event", "words", "due_on"}
    assert parts["PointPart"]["required"] == ["words"]
    for name in ("PersonInput", "OrganisationInput", "CommunityInput", "ListEntryInput"):
        assert parts[name]["required"] == ["name"]
        assert parts[name]["additionalProperties"] is False
    for path, method, operation in operations():
        if "requestBody" in operation:
            name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
            assert parts[name]["additionalProperties"] is False, path
            assert method == "post" or "required" not in parts[name], path


def test_the_headers_of_answers_are_told_where_they_are_sent(world, caller):
    paths, lead = whole_schema()["paths"], caller(world.lead)

    def told(path, method, status):
        return set(paths[path][method]["responses"][status].get("headers", {}))

    made = lead.post("/topics/", {"name": "Parks"}, key="one")
    again = lead.post("/topics/", {"name": "Parks"}, key="one")
    for answer in (made, again):
        sent = set(answer.headers) & {"ETag", "Location", "Idempotent-Replayed"}
        assert sent <= told("/api/v1/topics/", "post", "201") == {"ETag", "Location", "Idempotent-Replayed"}
    assert again.headers["Idempotent-Replayed"] == "true"
    assert told("/api/v1/topics/{id}/", "get", "200") == told("/api/v1/topics/{id}/", "get", "304") == {"ETag"}
    assert told("/api/v1/topics/{id}/", "patch", "200") == {"ETag"}
    assert told("/api/v1/topics/", "get", "429") == {"Retry-After"}
    assert told("/api/v1/topics/", "get", "401") == {"WWW-Authenticate"}
    assert told("/api/v1/people/search/", "post", "200") == set()


def test_no_parameter_of_any_address_takes_a_name_or_words():
    for path, _, operation in operations():
        for one in operation.get("parameters", []):
            if one["in"] == "query" and one["name"] != "cursor":
                kind = one["schema"]
                assert kind.get("format") or kind.get("enum") or kind["type"] in ("boolean", "integer"), (path, one)


def shape_of(path, method="get"):
    operation = whole_schema()["paths"][path][method]
    found = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {**found, "components": whole_schema()["components"]}


PATHS = {
    "engagement-events": "event", "points": "point", "promises": "promise", "people": "person",
    "organisations": "group", "communities": "community", "topics": "topic", "areas": "east",
    "access-needs": "need", "need-types": "type", "need-outcomes": "outcome", "community-facts": "fact",
}  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
def test_what_goes_out_is_what_the_schema_says_no_field_more_or_less(world, caller, name):
    event = world.contact(
        people=[world.person],
        topics=[world.topic],
        reach=[ReachDetails(community=world.nested, people=3, voice="through", through=world.group)],
        points=[PointDetails(words="x", raised_by=world.person, language=world.urdu)],
        promises=[PromiseDetails(words="x", due_on=timezone.localdate())],
        safeguarding=SafeguardingDetails(passed_on_at=timezone.now(), to_team="x"),
    )
    amina = caller(world.amina)
    need = a_need(world)
    ids = {"event": event, "point": event.points.get(), "promise": event.promises.get(), "need": need,
           "type": need.type, "outcome": an_outcome(world, need), "fact": community_fact(world)}  # fmt: skip
    record = ids.get(PATHS[name]) or getattr(world, PATHS[name])
    path = f"/api/v1/{name}/"
    for address, template in ((path, path), (f"{path}?changed_since=2020-01-01T00:00:00Z", path)):
        body = amina.get(address).json()
        assert body["results"]
        jsonschema.validate(body, shape_of(template))
    one = amina.get(f"{path}{record.pk}/").json()
    shape = shape_of(f"{path}{{id}}/")
    jsonschema.validate(one, shape)
    named = shape["$ref"].rsplit("/", 1)[-1]
    assert set(one) == set(shape["components"]["schemas"][named]["properties"])


@pytest.mark.parametrize("report", ["hearing", "quiet"])
def test_a_report_is_what_the_schema_says_no_column_more_or_less(world, caller, report):
    world.contact(topics=[world.topic])
    path = f"/api/v1/reports/{report}/"
    body = caller(world.amina).get(path).json()
    shape = shape_of(path)
    jsonschema.validate(body, shape)
    columns = shape["components"]["schemas"][{"hearing": "HearingRow", "quiet": "QuietRow"}[report]]["properties"]
    assert {tuple(sorted(row)) for row in body["results"]} == {tuple(sorted(columns))}


def test_every_example_of_an_answer_fits_its_own_shape():
    checked = 0
    for path, method, operation in operations():
        for status, response in operation["responses"].items():
            content = response.get("content", {}).get("application/json", {})
            for example in content.get("examples", {}).values():
                shape = {**content["schema"], "components": whole_schema()["components"]}
                jsonschema.validate(example["value"], shape)
                checked += 1
                assert status in ("200", "201"), (path, method)
    assert checked > 150


def test_every_example_of_a_request_fits_its_own_shape():
    for path, method, operation in operations():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        examples = list(content.get("examples", {}).values())
        assert examples or method == "get" or "requestBody" not in operation, path
        for example in examples:
            jsonschema.validate(example["value"], {**content["schema"], "components": whole_schema()["components"]})


def test_the_pages_show_every_operation_to_anyone_without_a_script(client, db):
    whole = client.get(reverse("api:docs")).content.decode()
    pages: dict[str, str] = {}
    for path, _, operation in operations():
        address = reverse("api:about", args=[operation["tags"][0]])
        assert f'href="{address}"' in whole, path
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        assert f'id="{operation["operationId"]}"' in pages[address], path
    assert "Muhamad finds Mohammed" in pages[reverse("api:about", args=["people"])]
    for words in (whole, *pages.values()):
        assert "<script" not in words
        assert "style=" not in words
        assert len(words) < 100_000, "a phone reads it"
        ids, wanted = set(re.findall(r' id="([^"]+)"', words)), set(re.findall(r'href="#([^"]+)"', words))
        assert wanted <= ids, "a link on the page leads nowhere"


def test_a_resource_that_is_not_there_has_no_page(client, db):
    assert client.get(reverse("api:about", args=["secrets"])).status_code == 404
