"""A key for reading writes nothing: not by any verb of champions, panels and recruitment."""

from __future__ import annotations

import re

from django.urls import URLPattern

from api.v1.urls import urlpatterns
from crm.base.ids import new_id
from tests.api.conftest import Caller, token_for

ROOMS = ("appointments/", "champions/", "coverage", "governance-roles/", "panels/", "seats/", "memberships/",
         "recruitment-calls/", "applications/")  # fmt: skip
WRITES = [
    (method, str(pattern.pattern))
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern) and str(pattern.pattern).startswith(ROOMS)
    for method, row in pattern.callback.view_class.permissions_by_method.items()  # type: ignore[attr-defined]
    if row.row.scope != "read"
]


def test_a_key_for_reading_is_refused_before_anything_is_looked_up(world):
    assert len(WRITES) > 30
    caller = Caller(token_for(world.lead, scope="read").name)
    for method, pattern in WRITES:
        address = re.sub("<[^>]*>", str(new_id()), pattern)
        answer = caller.send(method, f"/{address}", {}, {"Idempotency-Key": str(new_id())})
        assert answer.status_code == 403, (method, pattern, answer.content)
