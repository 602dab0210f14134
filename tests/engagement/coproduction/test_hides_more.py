"""A council that decides to hide more from today on: what was counted until now is still there to be added up."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.counting.actions import release_figures
from engagement.coproduction.projects.actions.people import leave_project
from engagement.coproduction.projects.details import LeavingDetails
from engagement.coproduction.telling.actions import publish_line, tell_in_person
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.telling.reports.reached import STEPS
from tests.crm.panels.helpers import somebody
from tests.engagement.coproduction.deciding import a_decision
from tests.engagement.coproduction.helpers import a_place, a_project
from tests.engagement.coproduction.telling_helpers import letters_of_answers, said_by


def a_council_of_few(world):
    """14 people in the East asked and 7 in the South, of whom all were told; seven of them left a project."""
    letters_of_answers(world)
    project = a_project(world)
    said = []
    for number in range(21):
        person = somebody(world, f"Asked {number}")
        said.append(said_by(world, person, area=world.east_ward if number < 14 else world.south_ward))
        if number < 7:
            place = a_place(world, person, project=project)
            leave_project(actor=world.amina, place=place, details=LeavingDetails("cost"))
    for some in (said[:14], said[14:]):
        decision = a_decision(world, *some, project=project)
        publish_line(actor=world.lead, decision=decision)
        for telling in Telling.objects.filter(decision=decision, to_kind="person"):
            tell_in_person(actor=world.amina, telling=telling, how="At the door")
    return project


def numbers_of(analyst, project):
    """Everything an analyst reads of it, by what it is; what is hidden is left out."""
    far = analyst.get("/reports/how-far/").json()["results"]
    public, days = analyst.get("/public/you-said/").json(), analyst.get("/reports/answers/").json()
    council, east = far[0], next(row for row in far if row["name"] == "East")
    found = {f"council's {step} less the East's": (council[step] or 0) - (east[step] or 0) for step in STEPS}
    found |= {f"far: {row['name']} {step}": row[step] for row in far for step in STEPS}
    found |= {f"line: {line['said']}": line["points"] for line in public["lines"]}
    for row in [public["whole"], *public["localities"]]:
        found |= {f"public: {row['locality']} {name}": row[name] for name in ("asked", "answered")}
    for row in [days["whole"], *days["localities"], *days["communities"]]:
        found |= {f"days: {row['name']} {name}": row[name] for name in ("told", "waiting")}
        assert (row["days"] is None) == (row["told"] is None), row
    found["days: all others"] = (days["whole"]["told"] or 0) - (days["localities"][0]["told"] or 0)
    left = analyst.get(f"/projects/{project.pk}/felt/").json()
    found |= {f"left: {row['because']}": row["people"] for row in left["left"]}
    return {name: number for name, number in found.items() if number}


def test_what_is_a_few_from_now_on_is_in_no_total_either(world, caller, settings):
    analyst = caller(world.analyst, "read", expires_at=timezone.now() + timedelta(days=400))
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 5, 1
    project = a_council_of_few(world)
    moment = timezone.now().replace(day=15)
    with time_machine.travel(moment + timedelta(days=30)):
        release_figures(actor=SYSTEM)
        assert 7 in numbers_of(analyst, project).values(), "the council thinks that seven may be told"
    settings.SMALL_NUMBERS_UNDER = 10
    for months in (1, 2):
        with time_machine.travel(moment + timedelta(days=30 * months)):
            release_figures(actor=SYSTEM)
            told = numbers_of(analyst, project)
            assert {name: number for name, number in told.items() if number < 10} == {}
            assert told["far: East heard"] == told["far: The whole council heard"] == 14
