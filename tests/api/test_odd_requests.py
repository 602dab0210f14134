"""Odd names, huge fields, tokens that may only read, and strangers, at the doors of people, needs and panels."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.api.conftest import token_for

pytestmark = pytest.mark.both

ODD = '😀 \u202eاسم =HYPERLINK("x") <b>'
LISTS = ("people", "access-needs", "community-facts", "venues", "services", "appointments", "memberships",
         "declared-communities", "objections", "applications")  # fmt: skip


def asking(user, scope="log"):
    """A program with a token of this user."""
    client = Client()
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_for(user, scope=scope).name}"
    return client


def post(client, path, body, **headers):
    return client.post(f"/api/v1/{path}/", json.dumps(body), content_type="application/json", headers=headers)


def test_an_odd_name_is_kept_as_typed_and_shown_as_words(world, signed_in):
    amina = asking(world.amina)
    made = post(amina, "people", {"name": ODD})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert amina.get(f"/api/v1/people/{pk}/").json()["name"] == ODD
    for tail in ("", "print/", "privacy/"):
        page = signed_in(world.amina).get(f"/workspace/people/{pk}/{tail}")
        assert (page.status_code, "<b>" in page.content.decode()) == (200, False)
        assert signed_in(world.joe).get(f"/workspace/people/{pk}/{tail}").status_code == 404
    for other in (world.joe, world.chen):
        assert asking(other).get(f"/api/v1/people/{pk}/ways/").status_code == 404


@pytest.mark.parametrize("path", ["people", "community-facts", "panels"])
def test_ten_megabytes_are_refused_before_anything_is_done(world, path):
    assert post(asking(world.amina), path, {"name": "x" * 10_000_000}).status_code == 413


@pytest.mark.parametrize("path", LISTS)
def test_a_token_that_reads_writes_nothing_and_a_stranger_reads_nothing(world, path):
    assert post(asking(world.amina, "read"), path, {}).status_code == 403
    assert Client().get(f"/api/v1/{path}/").status_code == 401
