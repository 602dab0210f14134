"""Small numbers stay hidden, also from somebody who can subtract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.counting.figures import Figure, figure, grid, percent, says_the_rule, table

UNDER, STEP = 10, 5
counts = st.one_of(st.integers(0, 14), st.integers(0, 400))
tables = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), counts, min_size=1, max_size=7)
grids = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.fixed_dictionaries({(f"r{r}", f"c{c}"): counts for r in range(rows) for c in range(columns)})
    )
)


def bounds(shown: Figure) -> tuple[int, int]:
    """The smallest and largest count behind a shown figure."""
    assert shown.value is not None
    return shown.value - STEP // 2, shown.value + STEP // 2


def largest_possible(total: Figure, parts: list[Figure]) -> int:
    """What somebody who subtracts the shown parts from the shown total learns at most about the hidden ones."""
    return bounds(total)[1] - sum(bounds(part)[0] for part in parts if not part.is_hidden)


def cannot_be_worked_out(total: Figure, parts: list[Figure]) -> None:
    hidden = [part for part in parts if part.is_hidden]
    if total.is_hidden:
        assert hidden, "A hidden total can be added up from its parts."
        return
    assert len(hidden) != 1, "The one hidden part is the total less the others."
    if hidden:
        # Each of them may be 0 (another may hold it all), and may be anything up to the threshold at least.
        assert largest_possible(total, parts) >= UNDER - 1


@given(st.integers(0, 100_000))
def test_a_count_under_ten_is_hidden_and_another_is_rounded_to_five(count):
    shown = figure(count)
    assert shown.is_hidden == (count < UNDER)
    if shown.value is not None:
        assert shown.value % STEP == 0
        assert abs(shown.value - count) <= STEP // 2


@given(tables)
def test_no_cell_of_a_table_shows_a_small_number(cells):
    made = table(cells)
    for key, count in cells.items():
        assert made.cells[key].is_hidden or count >= UNDER
    assert made.total.is_hidden or sum(cells.values()) >= UNDER


@given(tables)
def test_a_hidden_cell_cannot_be_worked_out_from_the_total(cells):
    made = table(cells)
    cannot_be_worked_out(made.total, list(made.cells.values()))


@given(grids)
def test_a_hidden_cell_of_a_grid_cannot_be_worked_out_from_any_total(cells):
    made = grid(cells)
    for key, count in cells.items():
        assert made.cells[key].is_hidden or count >= UNDER
    for row, total in made.row_totals.items():
        cannot_be_worked_out(total, [shown for (r, _), shown in made.cells.items() if r == row])
    for column, total in made.column_totals.items():
        cannot_be_worked_out(total, [shown for (_, c), shown in made.cells.items() if c == column])
    cannot_be_worked_out(made.total, list(made.row_totals.values()))
    cannot_be_worked_out(made.total, list(made.column_totals.values()))


@given(tables)
def test_percentages_come_from_what_is_shown(cells):
    made = table(cells)
    for key, shown in made.cells.items():
        share = made.percent(key)
        assert (share is None) == (shown.value is None or made.total.value is None)
        if share is not None:
            assert 0 <= share <= 100
            assert share == percent(Figure(shown.value), Figure(made.total.value))


def test_the_next_smallest_is_hidden_with_a_lone_small_one():
    made = table({"East": 120, "West": 3, "South": 40})
    assert (made.cells["East"].value, made.cells["South"].value, made.cells["West"].value) == (120, None, None)
    assert str(made.total) == "165"
    assert str(made.cells["West"]) == "hidden"


def test_two_hidden_ones_that_are_together_still_few_take_a_third_with_them():
    made = table({"East": 120, "West": 3, "South": 40, "North": 2})
    assert made.cells["South"].is_hidden
    assert not made.cells["East"].is_hidden


def test_nothing_is_hidden_where_nothing_is_small():
    assert [shown.value for shown in table({"a": 12, "b": 13}).cells.values()] == [10, 15]


def test_a_table_of_one_small_cell_hides_the_total_too():
    assert table({"East": 4}).total.is_hidden


def test_the_same_counts_always_hide_the_same_cells():
    cells = {"a": 3, "b": 40, "c": 40, "d": 40}
    assert table(cells) == table(dict(reversed(cells.items())))


def test_the_rule_is_said_with_the_councils_own_settings(settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = 7, 3
    assert "under 7 are hidden" in says_the_rule()
    assert "nearest 3" in says_the_rule()
    assert figure(6).is_hidden
    assert figure(7).value == 6


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="less than none"):
        table({"a": -1})
