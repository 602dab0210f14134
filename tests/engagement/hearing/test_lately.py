"""Numbers that take long to count are kept a while and say so; others are right to the last saved contact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts.models import User
from engagement.hearing.reports import lately
from tests.world import World

SignIn = Callable[[User], Client]


def contacts_by_api(client: Client) -> tuple[int, str]:
    """How many contacts the API counts, and when it counted them."""
    told = client.get("/api/v1/reports/hearing/").json()
    return sum(row["contacts"] for row in told["results"]), told["counted_at"]


def test_a_contact_counts_at_once_where_counting_is_quick(world: World, signed_in: SignIn) -> None:
    lead = signed_in(world.lead)
    before, _ = contacts_by_api(lead)
    world.contact()
    after, _ = contacts_by_api(lead)
    assert after > before
    assert "counted now" in lead.get(reverse("workspace:hearing")).content.decode()


def test_numbers_that_took_long_are_kept_with_their_time(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lately, "LONG", 0.0)  # as in a council with a million contacts
    lead = signed_in(world.lead)
    first = contacts_by_api(lead)
    world.contact()
    assert contacts_by_api(lead) == first, "the same numbers, and the time they are of"
    lead.get(reverse("workspace:hearing"))
    with CaptureQueriesContext(connection) as asked:
        page = lead.get(reverse("workspace:hearing")).content.decode()
    assert "counted at" in page
    assert "less than a minute ago. What was saved since is not in them yet." in page
    assert not [query for query in asked if "COUNT(DISTINCT" in query["sql"]]


def test_other_filters_are_never_answered_with_kept_numbers(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lately, "LONG", 0.0)
    world.contact()
    analyst = signed_in(world.analyst)
    whole = analyst.get("/api/v1/reports/hearing/").json()["results"]
    south = analyst.get(f"/api/v1/reports/hearing/?locality={world.south.pk}").json()["results"]
    assert {row["locality"] for row in south} <= {"South"}
    assert {row["locality"] for row in whole} > {"South"}
