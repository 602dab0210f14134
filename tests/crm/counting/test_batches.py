"""Whoever keeps every figure that was ever told cannot work out a few of them."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations_with_replacement, pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as so_long
from hypothesis import strategies as st

from crm.counting.batches import ELSEWHERE, Counts, Rows, Shape, roughly, still_roughly
from engagement.coproduction.telling.reports.monthly import FAR

UNDER = 10
PAIR = Shape(("whole", "part"), (("whole", "part"),))
ALONE = Shape(("people",))
truths = st.builds(lambda part, rest: {"whole": part + rest, "part": part}, st.integers(0, 40), st.integers(0, 40))
places = st.dictionaries(st.sampled_from(["", "East", "South", "West"]), truths, min_size=1, max_size=4)


def far(*rests: int, both: int = 0) -> Counts:
    """How far points got: so many that were heard and no more, themed and no more, and so on."""
    heard, themed, decided, changed, told = rests
    found = {"decided": decided + changed + told + both, "changed": changed + both, "told": told + both}
    return {"themed": found["decided"] + themed, "heard": found["decided"] + themed + heard, **found}


steps = st.builds(far, *[st.integers(0, 30)] * 5, both=st.integers(0, 30))


def pair(whole: int, part: int = 0) -> Counts:
    return {"whole": whole, "part": part}


def is_no_few(number: int) -> bool:
    return number == 0 or abs(number) >= UNDER


def numbers_of(shape: Shape, row: Counts) -> dict[str, int]:
    """Each number and each rest of a whole."""
    return row | {f"{whole} and not {part}": row[whole] - row[part] for whole, part in shape.within}


def steps_by_no_few(shape: Shape, history: list[Counts]) -> None:
    told = [shape.nobody]
    for truth in history:
        told.append(shape.let_in(told[-1], truth))
    for before, after in pairwise(told):
        known = numbers_of(shape, before)
        for name, number in numbers_of(shape, after).items():
            assert is_no_few(number), "a small number is never told"
            assert is_no_few(number - known[name]), (name, before, after)
            assert number >= 0


@so_long(deadline=None)
@given(st.lists(truths, min_size=1, max_size=12))
def test_every_step_from_one_month_to_the_next_is_nobody_or_not_a_few(history):
    steps_by_no_few(PAIR, history)


@so_long(deadline=None, max_examples=60)
@given(st.lists(steps, min_size=1, max_size=8))
def test_so_is_every_step_of_what_was_heard_themed_decided_changed_and_told(history):
    steps_by_no_few(FAR, history)


@so_long(max_examples=40, deadline=None)
@given(st.lists(places, min_size=1, max_size=10))
def test_no_place_nor_several_together_nor_all_less_some_steps_by_a_few(history):
    """Each set of rows, added up, steps by numbers that are batches of each row: with one row moving it is no few."""
    no_place_steps_by_a_few(PAIR, history)


@so_long(max_examples=20, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["", "East", "South"]), steps, min_size=1), min_size=1, max_size=6))
def test_nor_does_any_step_of_a_place(history):
    no_place_steps_by_a_few(FAR, history)


def no_place_steps_by_a_few(shape: Shape, history: list[Rows]) -> None:
    rows: Rows = {}
    for now in history:
        after = shape.next_rows(rows, now)
        came = [place for place in after if place not in rows and place != ELSEWHERE]
        for place, row in after.items():
            assert shape.may_be_told(row)
            assert shape.may_be_told(shape.change(rows.get(place, shape.nobody), row))
        if rows.get(ELSEWHERE, shape.nobody) != shape.nobody:
            assert len(came) <= 1
            together = shape.total([after[ELSEWHERE], *(after[place] for place in came)])
            assert shape.may_be_told(shape.change(rows[ELSEWHERE], together)), "who left cannot be told from the others"
        rows = after


@given(truths)
def test_what_is_told_first_is_near_the_truth_and_never_more(truth):
    told = PAIR.let_in(PAIR.nobody, truth)
    assert told["whole"] <= truth["whole"]
    assert told["part"] <= truth["part"]
    assert truth["whole"] - told["whole"] < 2 * UNDER


def test_those_who_are_too_few_wait_for_others():
    told = PAIR.let_in(PAIR.nobody, pair(40))
    assert PAIR.let_in(told, pair(43)) == told
    assert PAIR.let_in(told, pair(50)) == pair(50)
    assert PAIR.let_in(told, pair(43, 12)) == pair(40, 12), "an answer does not wait for three more who asked"
    assert PAIR.let_in(pair(40, 12), pair(39, 12)) == pair(40, 12), "one who takes their words back is not seen to go"


def test_a_part_that_is_nearly_everything_is_told_as_less():
    assert PAIR.let_in(PAIR.nobody, pair(40, 36)) == pair(40, 30)
    assert PAIR.let_in(PAIR.nobody, pair(40, 40)) == pair(40, 40)
    assert PAIR.let_in(PAIR.nobody, pair(40, 4)) == pair(40, 0)


def test_what_anyone_reads_is_brought_up_to_date_before_the_rest():
    truth = {"heard": 60, "themed": 50, "decided": 43, "changed": 20, "told": 41}
    told = FAR.let_in(FAR.nobody, truth)
    assert told == {"heard": 60, "themed": 43, "decided": 43, "changed": 20, "told": 33}


def test_nobody_is_told_from_numbers_that_are_no_parts_of_each_other():
    both = Shape(("told", "waiting"))
    assert both.let_in({"told": 20, "waiting": 12}, {"told": 29, "waiting": 25}) == {"told": 20, "waiting": 25}


def test_small_places_are_told_together_until_they_are_no_few():
    first = PAIR.next_rows({}, {"East": pair(30), "South": pair(7), "West": pair(6)})
    assert first == {"East": pair(30), "": pair(13)}
    later = PAIR.next_rows(first, {"East": pair(30), "South": pair(14), "West": pair(6)})
    assert later == first, "13 less 6 would tell that 7 were of the South"
    at_last = PAIR.next_rows(first, {"East": pair(30), "South": pair(33), "West": pair(23)})
    assert at_last == {"East": pair(30), "South": pair(33), "": pair(23)}, "13 and 43 more are 56"


def test_each_rough_number_stands_for_at_least_as_many_counts_as_are_hidden():
    """So a known number less a rough one is nobody, or may be as many as the threshold: never surely a few."""
    spans = Counter(roughly(count) for count in range(640))
    assert spans == {None: 10, 15: 10, 30: 20, 60: 40, 120: 80, 240: 160, 480: 320}


def test_no_whole_less_rough_parts_is_surely_a_few():
    """Whether the whole is known or rough, and however many parts that do not overlap are taken away."""
    counts: dict[int | None, list[int]] = {}
    for count in range(640):
        counts.setdefault(roughly(count), []).append(count)
    spans = [(of[0], of[-1]) for about, of in counts.items() if about]
    wholes = [*spans, *((number, number) for number in range(UNDER, 400))]
    for parts in chain.from_iterable(combinations_with_replacement(spans, number) for number in (1, 2, 3)):
        least, most = sum(low for low, _ in parts), sum(high for _, high in parts)
        for low, high in wholes:
            surely_somebody = low - most > 0
            assert not surely_somebody or high - least >= UNDER, (parts, low, high)


@pytest.mark.parametrize("under", [0, 1, 5, 20])
def test_a_council_with_another_threshold_has_its_own_steps(settings, under):
    settings.SMALL_NUMBERS_UNDER = under
    told = [ALONE.let_in(ALONE.nobody, {"people": number})["people"] for number in range(60)]
    assert all(not 0 < number < under for number in told)
    assert roughly(59) is not None


@so_long(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=2, max_size=8))
def test_a_council_that_hides_more_from_now_on_tells_of_no_few_it_told_before(settings, history):
    settings.SMALL_NUMBERS_UNDER = 5
    row = FAR.let_in(FAR.nobody, history[0])
    settings.SMALL_NUMBERS_UNDER = UNDER
    for truth in history[1:]:
        after = FAR.let_in(row, truth)
        known = numbers_of(FAR, row)
        for name, number in numbers_of(FAR, after).items():
            assert number == known[name] or (is_no_few(number) and is_no_few(number - known[name])), (name, row, after)
        shown = FAR.shown(after)
        assert all(map(is_no_few, numbers_of(FAR, shown).values())), (after, shown)
        assert all(shown[name] <= after[name] for name in shown)
        row = after


def test_what_was_told_of_few_waits_for_a_whole_batch(settings):
    settings.SMALL_NUMBERS_UNDER = 5
    told = ALONE.let_in(ALONE.nobody, {"people": 7})
    settings.SMALL_NUMBERS_UNDER = UNDER
    assert (told, ALONE.shown(told)) == ({"people": 7}, {"people": 0})
    assert ALONE.let_in(told, {"people": 12}) == told, "5 came to those that were told"
    assert ALONE.let_in(told, {"people": 17}) == {"people": 17}


def test_a_rough_number_that_may_be_a_few_now_is_not_told_any_more(settings):
    settings.SMALL_NUMBERS_UNDER = 5
    before = {count: roughly(count) for count in range(40)}
    settings.SMALL_NUMBERS_UNDER = 8
    assert all(still_roughly(about) is None for count, about in before.items() if count < 10)
    assert all(still_roughly(about) == about for count, about in before.items() if count >= 10)
