"""What every test of the API can ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from crm.accounts.models import ApiToken, User
from crm.base.writing import writing_allowed


class Caller:
    """Another system that calls the API in somebody's name: `caller.get("/topics/")`."""

    def __init__(self, key: str) -> None:
        self.client, self.key = Client(raise_request_exception=False), key

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Send a request; `body` is made JSON unless it is bytes already."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        path = path if path.startswith(("/api/", "http")) else f"/api/v1{path}"
        sent = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return self.client.generic(
            method, path, data, content_type="application/json", headers={**sent, **(headers or {})}
        )

    def get(self, path: str, **kwargs: Any) -> Any:
        """GET."""
        return self.send("GET", path, **kwargs)

    def post(self, path: str, body: Any = None, *, key: str = "", match: str = "") -> Any:
        """POST, with an Idempotency-Key and an If-Match where one is given."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", path, body, {**headers, **({"If-Match": match} if match else {})})

    def patch(self, path: str, body: Any, *, match: str = "") -> Any:
        """PATCH."""
        return self.send("PATCH", path, body, {"If-Match": match} if match else {})


def token_for(user: User, scope: str = "admin", **changes: Any) -> ApiToken:
    """A working token whose key is its name."""
    fields = {"name": f"key-{user.pk}-{scope}", "scope": scope, "expires_at": timezone.now() + timedelta(days=1)}
    fields |= changes
    with writing_allowed():
        return ApiToken.objects.create(user=user, digest=ApiToken.digest_of(fields["name"]), start="key", **fields)


@pytest.fixture
def caller():
    """`caller(world.amina)` calls in Amina's name; `caller(world.amina, "read")` with a token that only reads."""

    def make(user: User, scope: str = "admin", **changes: Any) -> Caller:
        return Caller(token_for(user, scope, **changes).name)

    return make


@pytest.fixture
def within_a_minute() -> Iterator[None]:
    """A minute has just begun. Requests are counted by the minute: a test that runs from one into the next would find
    the count begun anew."""
    begins = (timezone.now() + timedelta(minutes=1)).replace(second=0, microsecond=0)
    with time_machine.travel(begins):
        yield
