"""Co-production projects through the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.base.writing import writing_allowed
from engagement.coproduction.projects.models import FeltRound
from tests.engagement.coproduction.helpers import a_place, a_project, a_round, felt, rung, themed

PROJECTS = "/projects/"


def pointers(answer):
    return {(error.get("pointer"), error["code"]) for error in answer.json()["errors"]}


def test_a_project_is_opened_once_changed_moved_and_closed(world, caller):
    amina, level = caller(world.amina), rung()
    body = {"name": "Breaks", "question": "Which?", "can_change": "Much", "cannot_change": "Little",
            "themes": [str(themed(world).pk)], "budget_open": "2500.00"}  # fmt: skip
    assert pointers(amina.post(PROJECTS, body)) == {("/level", "level_missing")}
    made = amina.post(PROJECTS, {**body, "level": str(level.pk)}, key="one")
    assert made.status_code == 201, made.content
    assert amina.post(PROJECTS, {**body, "level": str(level.pk)}, key="one").json() == made.json()
    url = made.json()["url"]
    row = amina.get(url).json()
    assert (row["level"]["name"], row["stage"], row["budget_open"]) == ("Co-design", "commission", "2500.00")
    assert amina.patch(url, {"name": "Rest"}, match='"1"').status_code == 200
    assert amina.get(url).json()["themes"] == row["themes"]
    assert amina.post(f"{url}move/", {"stage": "design"}, match='"1"').status_code == 412
    assert amina.post(f"{url}move/", {"stage": "design"}, match='"2"').status_code == 200
    declared = {"level": str(rung("engagement").pk), "reason": "The law leaves less open"}
    assert amina.post(f"{url}declare-level/", declared, match="*").status_code == 200
    assert pointers(amina.post(f"{url}close/", {"words": "Done"}, match="*")) == {("", "nothing_decided")}
    assert amina.patch(url, {"themes": []}, match="*").status_code == 200
    assert pointers(amina.post(f"{url}close/", {}, match="*")) == {("/words", "ending_missing")}
    assert amina.post(f"{url}close/", {"words": "Done"}, match="*").status_code == 200
    answer = amina.post(f"{url}move/", {"stage": "deliver"}, match="*")
    assert (answer.status_code, pointers(answer)) == (409, {("", "project_closed")})
    assert amina.get(f"{PROJECTS}?current=true").json()["results"] == []
    assert len(amina.get("/ladder/").json()["results"]) == 7
    assert caller(world.joe).patch(url, {"name": "Mine"}, match="*").status_code == 403


def test_people_take_part_leave_and_are_asked_how_it_felt(world, caller):
    amina, project = caller(world.amina), a_project(world)
    body = {"project": str(project.pk), "person": str(world.person.pk), "part": "carer"}
    made = amina.post("/project-people/", body)
    assert made.status_code == 201, made.content
    assert pointers(amina.post("/project-people/", body)) == {("/person", "takes_part_already")}
    leave = f"/project-people/{made.json()['id']}/leave/"
    assert pointers(amina.post(leave, {}, match="*")) == {("/because", "because_missing")}
    assert amina.post(leave, {"because": "cost"}, match="*").status_code == 200
    assert caller(world.joe).get(made.json()["url"]).status_code == 404
    ask = f"{PROJECTS}{project.pk}/ask/"
    assert pointers(amina.post(ask, {})) == {("/links", "links_missing"), ("/closes_on", "day_missing")}
    soon = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert amina.post(ask, {"links": 12, "closes_on": soon}).status_code == 200
    asked = amina.get("/felt-rounds/").json()["results"][0]
    assert len(amina.get(f"/felt-rounds/{asked['id']}/links/").json()["results"]) == 12
    assert caller(world.analyst).get(f"/felt-rounds/{asked['id']}/links/").status_code == 403
    assert caller(world.amina, scope="read").post(ask, {"links": 1}).status_code == 403


def test_declared_stands_beside_felt_and_small_numbers_are_hidden(world, caller):
    project = a_project(world)
    felt(a_round(world, 30, project=project), consultation=15, co_production=10)
    a_place(world, project=project)
    address = f"{PROJECTS}{project.pk}/felt/"
    analyst = caller(world.analyst)
    shown = analyst.get(address).json()["results"][0]
    assert (shown["over"], shown["answers"], shown["felt"]) == (False, None, [])
    with writing_allowed():
        FeltRound.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    shown = analyst.get(address).json()["results"][0]
    assert (shown["answers"], shown["gap"], shown["middle"]["name"]) == (25, -2, "Consultation")
    assert {row["felt"]: row["answers"] for row in shown["felt"]} == {"below": 15, "as_declared": None, "above": None}
