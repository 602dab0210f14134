"""The server's door: headers alone for whoever asks for them alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from settings.wsgi import application


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """The server looks after each request whether its connection is still good; here it is the tests' own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("address", ["/healthz", "/en/", "/calendars/all/forums.ics", "/workspace/"])
def test_whoever_asks_for_the_headers_alone_gets_the_length_and_no_body(public_pages, address):
    told = {}
    for method in ("GET", "HEAD"):
        environ = RequestFactory().generic(method, address).environ
        body = application(environ, lambda status, headers, method=method: told.update({method: (status, headers)}))
        assert bool(b"".join(body)) is (method == "GET" and not told[method][0].startswith("302"))
    length = dict(told["GET"][1]).get("Content-Length")
    assert dict(told["HEAD"][1]).get("Content-Length") == length
