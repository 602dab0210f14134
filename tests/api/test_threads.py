"""The thread, how far everything got, and the event log, through the API."""

from __future__ import annotations

from crm.base.actors import SYSTEM
from crm.counting.actions import release_figures
from crm.counting.months import last_month_end
from tests.engagement.coproduction.deciding import a_decision, an_outcome
from tests.engagement.coproduction.helpers import a_point, a_theme, themed


def test_the_thread_of_a_point_is_followed(world, caller):
    point = a_point(world, kind="ask")
    theme = a_theme(world, points=[point])
    a_decision(world, point)
    joe = caller(world.joe)
    chain = caller(world.amina).get(f"/threads/point/{point.pk}/").json()
    steps = {row["stage"]: row["id"] for row in chain["results"]}
    assert (steps["heard"], steps["themed"]) == (str(point.pk), str(theme.pk))
    assert (chain["stopped_before"], chain["waiting_days"]) == ("What is different", 0)
    assert joe.get(f"/threads/point/{point.pk}/").status_code == 404
    assert caller(world.auditor).get(f"/threads/theme/{theme.pk}/").status_code == 403
    shown = joe.get(f"/threads/theme/{theme.pk}/").json()
    assert shown["more"] == {"heard": 1}
    assert point.words not in str(shown)


def test_how_far_everything_got_is_told_in_hidden_numbers(world, caller):
    themed(world, 2)
    analyst = caller(world.analyst)
    assert analyst.get("/reports/how-far/").json()["counted_until"] is None
    release_figures(actor=SYSTEM)
    answer = analyst.get("/reports/how-far/").json()
    assert answer["counted_until"] == last_month_end().isoformat()
    assert [row["heard"] for row in answer["results"] if row["about"] == "council"] == [None]


def test_the_event_log_is_read_from_where_one_stopped(world, caller):
    amina = caller(world.amina)
    themed(world)
    first = amina.get("/event-log/").json()
    assert {row["what"] for row in first["results"]} <= {"created", "changed"}
    assert not first["more"]
    a_decision(world)
    rows = amina.get(f"/event-log/?after={first['last_position']}").json()["results"]
    assert [(row["kind"], row["what"]) for row in rows] == [("decision", "created")]
    assert set(rows[0]) == {"position", "kind", "id", "what", "at"}
    assert amina.get("/event-log/?after=-1").status_code == 400


def test_from_the_outcome_back_to_the_sentence(world, caller):
    point = a_point(world, "Nobody here reads English.", kind="ask")
    outcome = an_outcome(world, a_decision(world, point, themes=[a_theme(world, points=[point])]))
    rows = caller(world.amina).get(f"/threads/outcome/{outcome.pk}/").json()["results"]
    stages = [row["stage"] for row in rows]
    assert stages == sorted(
        stages, key=["heard", "promised", "themed", "worked_on", "decided", "changed", "told"].index
    )
    heard = next(row for row in rows if row["stage"] == "heard")
    assert (heard["id"], heard["what"]) == (str(point.pk), "Nobody here reads English.")
