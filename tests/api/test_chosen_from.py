"""Whatever a body names by its id can be read in a list before."""

from __future__ import annotations

import pytest
from django.utils import timezone

from api.inputs import Input, Link
from api.v1.urls import urlpatterns
from api.views import Collection
from crm.base.writing import writing_allowed
from crm.sending.models import LetterVersion
from engagement.coproduction.frameworks.models import FrameworkPart
from tests.house.calls_of_lists import a_barrier, a_support

LISTS = {"barriers": a_barrier, "access-support": a_support}
INSIDE = {LetterVersion, FrameworkPart}  # read inside the letter and the framework they are parts of


def shapes(of=Input):
    for shape in of.__subclasses__():
        yield shape
        yield from shapes(shape)


def links_in(field):
    inside = getattr(field, "child", None)
    if isinstance(field, Link):
        yield field.model
    elif inside is not None:
        yield from links_in(inside)


@pytest.mark.once
def test_every_id_that_a_body_takes_is_given_by_a_list():
    views = {getattr(pattern.callback, "cls", object) for pattern in urlpatterns}
    listed = {view.model for view in views if issubclass(view, Collection)}
    taken = {model for shape in shapes() for field in shape().fields.values() for model in links_in(field)}
    assert len(taken) > 30
    assert taken - listed == INSIDE


def test_a_contact_is_logged_with_what_the_lists_give(world, caller):
    a_barrier(world), a_support(world)
    amina = caller(world.amina)
    first = {
        name: amina.get(f"/{name}/").json()["results"][0]["id"]
        for name in ("barriers", "access-support", "languages", "topics", "colleagues")
    }
    body = {
        "occurred_on": str(timezone.localdate()), "met_in_words": "A neighbour", "points": [{"words": "Too dear"}],
        "barriers": [{"barrier": first["barriers"]}], "support_used": [first["access-support"]],
        "languages_used": [first["languages"]], "topics": [first["topics"]],
    }  # fmt: skip
    made = amina.post("/engagement-events/", body)
    assert made.status_code == 201, made.content
    assert amina.get(made.json()["url"]).json()["barriers"][0]["id"] == first["barriers"]


@pytest.mark.parametrize("name", LISTS)
def test_barriers_and_kinds_of_support_are_kept_as_topics_are(world, caller, name):
    entry, lead, amina = LISTS[name](world), caller(world.lead), caller(world.amina)
    one = amina.get(f"/{name}/{entry.pk}/")
    assert one.json() == amina.get(f"/{name}/").json()["results"][0]
    assert set(one.json()) == {"id", "version", "name", "order", "retired", "created_at", "modified_at"}
    assert amina.post(f"/{name}/", {"name": "Noise"}).status_code == 403
    made = lead.post(f"/{name}/", {"name": "Noise", "order": 5})
    assert made.status_code == 201, made.content
    assert lead.post(f"/{name}/", {"name": "noise"}).status_code == 400
    changed = lead.patch(made.json()["url"], {"retired": True}, match=made.headers["ETag"])
    assert changed.status_code == 200
    row = amina.get(made.json()["url"]).json()
    assert (row["name"], row["order"], row["retired"], row["version"]) == ("Noise", 5, True, 2)


def test_colleagues_are_read_by_id_and_name_alone_and_only_those_whose_account_is_open(world, caller):
    with writing_allowed():
        world.joe.is_active = False
        world.joe.save()
    answer = caller(world.analyst).get("/colleagues/?page_size=100")
    found = {row["name"]: set(row) for row in answer.json()["results"]}
    assert {"Amina", "Chen"} <= set(found)
    assert "Joe" not in found
    assert set(map(frozenset, found.values())) == {frozenset({"id", "name"})}
    assert caller(world.stranger).get("/colleagues/").status_code == 403
    assert caller(world.analyst, "read").get("/colleagues/?changed_since=2026-01-01").status_code == 400
