"""Whoever keeps every figure that was ever told cannot work out a few of them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as so_long
from hypothesis import strategies as st

from crm.counting.batches import ELSEWHERE, NOBODY, Pair, let_in, next_rows, roughly

UNDER = 10
truths = st.builds(lambda part, rest: Pair(part + rest, part), st.integers(0, 40), st.integers(0, 40))
histories = st.lists(truths, min_size=1, max_size=12)
places = st.dictionaries(st.sampled_from(["", "East", "South", "West"]), truths, min_size=1, max_size=4)


def is_no_few(number: int) -> bool:
    return number == 0 or abs(number) >= UNDER


@so_long(deadline=None)
@given(histories)
def test_every_step_from_one_month_to_the_next_is_nobody_or_not_a_few(history):
    told = [NOBODY]
    for truth in history:
        told.append(let_in(told[-1], truth))
    for before, after in pairwise(told):
        for number in ("whole", "part", "rest"):
            assert is_no_few(getattr(after, number)), "a small number is never told"
            assert is_no_few(getattr(after, number) - getattr(before, number))
        assert 0 <= after.part <= after.whole


@so_long(max_examples=40, deadline=None)
@given(st.lists(places, min_size=1, max_size=10))
def test_no_place_nor_several_together_nor_all_less_some_steps_by_a_few(history):
    """Each set of rows, added up, steps by numbers that are batches of each row: with one row moving it is no few."""
    rows: dict[str, Pair] = {}
    for now in history:
        after = next_rows(rows, now)
        came = [place for place in after if place not in rows]
        for place, pair in after.items():
            assert pair.may_be_told
            assert (pair - rows.get(place, NOBODY)).may_be_told
        if ELSEWHERE in rows and rows[ELSEWHERE] != NOBODY:
            assert len([place for place in came if place != ELSEWHERE]) <= 1
            together = after[ELSEWHERE] + sum((after[place] for place in came if place != ELSEWHERE), NOBODY)
            assert (together - rows[ELSEWHERE]).may_be_told, "who left the others cannot be told from them"
        rows = after


@given(truths)
def test_what_is_told_first_is_near_the_truth_and_never_more(truth):
    told = let_in(NOBODY, truth)
    assert told.whole <= truth.whole
    assert told.part <= truth.part
    assert truth.whole - told.whole < 2 * UNDER


def test_those_who_are_too_few_wait_for_others():
    told = let_in(NOBODY, Pair(40, 0))
    assert let_in(told, Pair(43, 0)) == told
    assert let_in(told, Pair(50, 0)) == Pair(50, 0)
    assert let_in(told, Pair(43, 12)) == Pair(40, 12), "an answer does not wait for three more who asked"
    assert let_in(Pair(40, 12), Pair(39, 12)) == Pair(40, 12), "one who takes their words back is not seen to go"


def test_a_part_that_is_nearly_everything_is_told_as_less():
    assert let_in(NOBODY, Pair(40, 36)) == Pair(40, 30)
    assert let_in(NOBODY, Pair(40, 40)) == Pair(40, 40)
    assert let_in(NOBODY, Pair(40, 4)) == Pair(40, 0)


def test_small_places_are_told_together_until_they_are_no_few():
    first = next_rows({}, {"East": Pair(30, 0), "South": Pair(7, 0), "West": Pair(6, 0)})
    assert first == {"East": Pair(30, 0), "": Pair(13, 0)}
    later = next_rows(first, {"East": Pair(30, 0), "South": Pair(14, 0), "West": Pair(6, 0)})
    assert later == first, "13 less 6 would tell that 7 were of the South"
    at_last = next_rows(first, {"East": Pair(30, 0), "South": Pair(33, 0), "West": Pair(23, 0)})
    assert at_last == {"East": Pair(30, 0), "South": Pair(33, 0), "": Pair(23, 0)}, "13 and 43 more are 56"


def test_each_rough_number_stands_for_at_least_as_many_counts_as_are_hidden():
    """So a known number less a rough one is nobody, or may be as many as the threshold: never surely a few."""
    spans = Counter(roughly(count) for count in range(640))
    assert spans == {None: 10, 15: 10, 30: 20, 60: 40, 120: 80, 240: 160, 480: 320}


@pytest.mark.parametrize("under", [0, 1, 5, 20])
def test_a_council_with_another_threshold_has_its_own_steps(settings, under):
    settings.SMALL_NUMBERS_UNDER = under
    told = [let_in(NOBODY, Pair(number, 0)).whole for number in range(60)]
    assert all(not 0 < number < under for number in told)
    assert roughly(59) is not None
