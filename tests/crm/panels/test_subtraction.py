"""Nobody works a small number out of the table: not from one panel beside all, not from a half beside the whole."""

from __future__ import annotations

import random

import pytest

from crm.panels.reports.table import _figures, who_is_at_the_table
from crm.panels.tallies import ALL, Tallies
from tests.api.conftest import Caller, token_for
from tests.crm.panels.helpers import a_panel, declares
from tests.crm.panels.test_table import people_on
from tests.world import LONG_AGO

UNDER = 10
PANELS, ASKED, PLACES = ("one", "two", "three"), ("kashmiri", "roma"), ("east", "south", None)


def invented(chance, *, apart):
    """Tallies of invented people: each sits on one panel only (`apart`), or on several."""
    found: dict = {}
    for person in range(chance.choice([8, 25, 60, 120])):
        on = [chance.choice(PANELS)] if apart else chance.sample(PANELS, chance.randint(1, 3))
        place, lived, seated = chance.choice(PLACES), chance.random() < 0.4, chance.random() < 0.2
        said = [one for one in ASKED if chance.random() < 0.25]
        for where in (*on, ALL):
            ways = [("people",), ("locality", place), *(("community", one) for one in said)]
            ways += [("lived",)] * lived + [("seated",)] * seated
            for way in ways:
                found.setdefault((where, *way), set()).add(person)
    return Tallies({key: len(people) for key, people in found.items()}, {}, {})


def sums_of(tallies):
    """Every sum somebody with a pencil knows of: the parts, and what they make up. All panels are the sum of each where
    nobody sits on two."""
    ways = [("people",), ("lived",), ("seated",), *(("community", one) for one in ASKED)]
    places = [("locality", place) for place in PLACES]
    for panel in (ALL, *PANELS):
        yield (panel, "people"), [(panel, *place) for place in places]
    for way in (*ways, *places):
        yield (ALL, *way), [(panel, *way) for panel in PANELS]


@pytest.mark.parametrize("seed", range(40))
def test_no_sum_on_the_page_gives_a_hidden_number_away(settings, seed):
    settings.SMALL_NUMBERS_ROUND_TO = 1  # rounding would only help
    tallies = invented(random.Random(seed), apart=True)
    shown = _figures(tallies, PANELS, ASKED, PLACES)
    assert all(not figure.value or figure.value >= UNDER for key, figure in shown.items() if "not" not in key)
    for total, parts in sums_of(tallies):
        hidden = [key for key in (total, *parts) if shown[key].is_hidden]
        assert len(hidden) != 1, (total, parts)
        if hidden and total not in hidden:
            assert sum(tallies.number(*key) for key in hidden) >= UNDER, (total, hidden)


@pytest.mark.parametrize("seed", range(40))
def test_a_part_is_hidden_where_the_rest_of_a_shown_whole_is_small(settings, seed):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    tallies = invented(random.Random(seed), apart=seed % 2 == 0)
    shown = _figures(tallies, PANELS, ASKED, PLACES)
    for panel in (ALL, *PANELS):
        whole = tallies.number(panel, "people")
        for half in (("lived",), ("seated",), *(("community", one) for one in ASKED)):
            part = tallies.number(panel, *half)
            if not shown[panel, *half].is_hidden and not shown[panel, "people"].is_hidden:
                assert whole - part >= UNDER or whole == part, (panel, half)


@pytest.mark.parametrize("seed", range(20))
def test_people_on_two_panels_do_not_open_what_is_hidden(settings, seed):
    """A panel's number is at most that of all, and all at most the sum: neither bound pins a hidden one under ten."""
    settings.SMALL_NUMBERS_ROUND_TO = 1
    tallies = invented(random.Random(seed), apart=False)
    shown = _figures(tallies, PANELS, ASKED, PLACES)
    for one in ASKED:
        whole, parts = shown[ALL, "community", one], [shown[panel, "community", one] for panel in PANELS]
        hidden = [part for part in parts if part.is_hidden]
        if not whole.is_hidden:
            assert len(hidden) != 1
        elif hidden:
            continue
        else:
            pytest.fail("a hidden whole of shown parts")


def test_one_who_joins_or_leaves_changes_no_word_while_the_number_is_small(world):
    panel = a_panel(world, "Care panel", locality=None, communities=[world.community])
    rows = people_on(world, panel, 14)
    before = who_is_at_the_table(world.amina).of(panel).points
    declares(world, rows[0].person, on=LONG_AGO)
    for row in rows[1:4]:
        declares(world, row.person, on=LONG_AGO)
        assert who_is_at_the_table(world.amina).of(panel).points == before
    people_on(world, panel, 1, start=90)
    after = who_is_at_the_table(world.amina).of(panel)
    assert [point.words for point in after.points] == [point.words for point in before]


def test_the_api_gives_the_numbers_of_the_page_and_knows_no_filter(world):
    panel = a_panel(world, "Care panel", locality=None, communities=[world.community])
    for row in people_on(world, panel, 14)[:3]:
        declares(world, row.person, on=LONG_AGO)
    caller, table = Caller(token_for(world.amina).name), who_is_at_the_table(world.amina)
    told = caller.get("/reports/table/").json()["results"]
    own = [row for row in told if row["panel"] and row["panel"]["id"] == str(panel.pk) and row["about"] != "seats"]
    assert [(row["people"], row["words"]) for row in own] == [(p.people.value, p.words) for p in table.of(panel).points]
    for asked in ("locality", "panel", "community", "as_of", "state"):
        assert caller.get(f"/reports/table/?{asked}={panel.pk}").status_code == 400, asked
