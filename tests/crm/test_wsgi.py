"""The server's door: headers alone for whoever asks for them alone, and whole what comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_file

from engagement.log.models import Topic
from settings.wsgi import application, take_pieces_together
from tests.api.conftest import token_for


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


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize(
    ("body", "status"),
    [(b'{"name": "Parking"}', "201 Created"), (b"not json", "400 Bad Request"), (b" " * 2_600_000, "413 ")],
)
def test_a_body_that_comes_in_pieces_is_read_like_any_other(world, body, status):
    """.NET's and Java's clients send so by themselves: no length, and the server knows where it ends."""
    environ = RequestFactory().generic("POST", "/api/v1/topics/", body, content_type="application/json").environ
    del environ["CONTENT_LENGTH"]
    bearer = f"Bearer {token_for(world.lead).name}"
    environ.update({"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_AUTHORIZATION": bearer, "wsgi.input": BytesIO(body)})
    told = []
    b"".join(application(environ, lambda status, headers: told.append(status)))
    assert told[0].startswith(status)
    assert Topic.objects.filter(name="Parking").exists() is (status == "201 Created")


def test_of_a_form_with_a_file_that_is_too_long_nothing_is_kept_rather_than_its_beginning():
    file = encode_file(BOUNDARY, "file", SimpleUploadedFile("long.pdf", b"x" * 3_000_000))
    sent = b"\r\n".join([*file, f"--{BOUNDARY}--".encode()])
    environ = RequestFactory().generic("POST", "/", b"", content_type=MULTIPART_CONTENT).environ
    environ.pop("CONTENT_LENGTH", None)
    environ.update({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(sent)})
    take_pieces_together(environ)
    with pytest.raises(RequestDataTooBig):
        _ = WSGIRequest(environ).POST
