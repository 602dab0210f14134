"""A machine that knows only the schema tries every operation, with sense and with nonsense: nothing may break, and
every answer must be one that the schema tells of."""

from __future__ import annotations

import os
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.schema import whole_schema
from tests.api.conftest import token_for
from tests.house.addresses import IDS, our_addresses

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance]  # fmt: skip
TRIES = int(os.environ.get("SCHEMA_TRIES", "2"))  # for each operation; a longer hunt is a matter of patience


def _as_the_schema_says_it(route: str) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route.replace("<uuid:pk>", "{id}"))


# From the addresses, because making the schema takes seconds, and every worker reads this file.
OPERATIONS = [
    (_as_the_schema_says_it(address.route), method.lower())
    for address in our_addresses()
    if hasattr(address.view, "operations")
    for method in address.rows()
]


def test_every_operation_of_the_schema_is_tried_and_no_other():
    told = {(path, method) for path, methods in whole_schema()["paths"].items() for method in methods}
    assert set(OPERATIONS) == told


@pytest.fixture(autouse=True)
def _one_connection():
    """A server closes its connection with the request; here it holds the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="session")
def schema():
    """The schema as Schemathesis reads it, once: it looks through all our code for words to try."""
    read = schemathesis.openapi.from_dict(whole_schema())
    read.app = get_wsgi_application()
    return read


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_operation_breaks_whatever_is_sent(world, schema, path, method):
    resource = path.split("/")[3]
    known = str(IDS[resource](world)["pk"]) if "{id}" in path else ""
    key = token_for(world.lead).name
    operation = schema[path][method.upper()]

    @settings(
        max_examples=TRIES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=_either(operation))
    def attempt(data):
        if data.path_parameters and "id" in data.path_parameters:
            data.path_parameters["id"] = known
        response = data.call(headers={"Authorization": f"Bearer {key}"})
        data.validate_response(response, checks=CHECKS)

    attempt()


def _either(operation):
    sense = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    return sense | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
