"""Where champions stand, where they go soon, and where nobody stands for a community that has gone quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.hearing.reports.coverage import cover, gaps, going
from engagement.log.details import ReachDetails
from tests.api.conftest import Caller, token_for
from tests.crm.champions.helpers import an_appointment
from tests.crm.people.test_pages import words_on

PAGE = "/workspace/champions/coverage/"


def cell_of(world, community=None, place=None):
    wanted = (community or world.community, place or world.east)
    return next(cell for cell in cover() if (cell.hearing.community, cell.hearing.locality) == wanted)


def heard(world, days, actor=None, area=None):
    return world.contact(
        actor=actor, occurred_on=timezone.localdate() - timedelta(days=days), area=area or world.east_ward,
        reach=[ReachDetails(world.community, 4)],
    )  # fmt: skip


def test_nobody_is_said_in_words(world, signed_in):
    assert cell_of(world).state == "nobody"
    page = words_on(signed_in(world.amina).get(PAGE))
    assert page.count(">Nobody</strong>") == 4  # two communities in two localities


def test_who_stands_for_a_community_stands_for_those_that_lie_in_it(world):
    an_appointment(world)
    assert [stand.words for stand in cell_of(world).named] == ["Chen"]
    assert [stand.words for stand in cell_of(world, world.nested).named] == ["Chen (for Kashmiri community)"]
    assert cell_of(world, place=world.south).state == "nobody"


def test_who_stands_for_one_inside_does_not_stand_for_the_whole(world):
    an_appointment(world, communities=[world.nested])
    assert (cell_of(world).state, cell_of(world, world.nested).state) == ("nobody", "stands")


def test_who_stands_for_everybody_counts_and_is_shown_as_such(world, signed_in):
    an_appointment(world, communities=[])
    assert cell_of(world).state == "everybody"
    page = words_on(signed_in(world.amina).get(PAGE))
    assert "Nobody by name" in page
    assert "Chen (for everybody)" in page


@pytest.mark.parametrize(("days", "state"), [(90, "ending"), (91, "stands"), (0, "ending")])
def test_who_goes_within_ninety_days_is_named(world, days, state):
    an_appointment(world, days=days)
    assert cell_of(world).state == state
    assert len(going(cover())) == (2 if state == "ending" else 0)


def test_one_who_stays_is_enough(world):
    an_appointment(world, days=5)
    an_appointment(world, name="Noor", user=None)
    assert cell_of(world).state == "stands"


def test_the_grid_names_the_gap_that_totals_hide(world, signed_in):
    heard(world, 400)
    an_appointment(world, locality=world.south, user=None)
    found = gaps(cover())
    assert [(cell.hearing.community, cell.hearing.locality) for cell in found] == [(world.community, world.east)]
    page = words_on(signed_in(world.lead).get(PAGE))
    assert "Look for somebody here first" in page
    assert "<strong>nobody</strong>; heard directly" in page
    an_appointment(world)
    assert gaps(cover()) == []


def test_a_community_that_is_heard_is_no_gap(world):
    heard(world, 3)
    assert gaps(cover()) == []


def test_a_term_that_ended_yesterday_does_not_stand(world):
    past = {"first_day": timezone.localdate() - timedelta(days=9), "last_day": timezone.localdate() - timedelta(days=1)}
    an_appointment(world, user=None, **past)
    assert cell_of(world).state == "nobody"


def test_one_locality_is_shown_alone(world, signed_in):
    page = words_on(signed_in(world.amina).get(f"{PAGE}?locality={world.south.pk}"))
    assert "Where champions stand in South" in page
    assert page.count(">Nobody</strong>") == 2


def test_the_grid_costs_the_same_however_many_champions(world, signed_in, django_assert_max_num_queries):
    for number in range(6):
        an_appointment(world, name=f"Champion {number}", user=None)
    client = signed_in(world.amina)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_other_programs_read_the_same(world):
    an_appointment(world, communities=[])
    caller = Caller(token_for(world.lead, "read").name)
    rows = caller.get(f"/reports/coverage/?locality={world.east.pk}").json()["results"]
    row = next(row for row in rows if row["community"] == "Kashmiri community")
    assert (row["state"], row["champions"][0]["name"], row["champions"][0]["through"]) == (
        "everybody",
        "Chen",
        "everybody",
    )
    assert caller.get("/reports/coverage/?place=East").status_code == 400
    assert Caller(token_for(world.analyst, "read").name).get("/reports/coverage/").status_code == 403


def test_quiet_communities_stand_first_and_all_others_are_one_press_away(world, signed_in):
    heard(world, 400)
    page = words_on(signed_in(world.amina).get(PAGE))
    east = page.partition(">East</h3>")[2].partition(">South</h3>")[0]
    quiet, _, others = east.partition("<details")
    assert "Kashmiri community" in quiet
    assert "Kashmiri women" not in quiet
    assert "East: 1 other community, 1 without anybody by name" in others
    assert "Kashmiri women" in others
    heard(world, 0)
    page = words_on(signed_in(world.amina).get(PAGE))
    assert page.count("Nobody is quiet here.") == 2
    assert "East: 2 other communities, 2 without anybody by name" in page
