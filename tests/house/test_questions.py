"""The second database is asked everything that the first was asked, by as few tests as that takes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from crm.people.models import Person
from tests.questions import Notebook, enough, noted, question, read

TESTS = st.dictionaries(st.text(), st.tuples(st.floats(0, 9), st.frozensets(st.integers(0, 30))), max_size=30)


@given(tests=TESTS, sure=st.frozensets(st.text(), max_size=3))
def test_no_question_is_left_unasked_and_no_test_runs_that_asks_nothing(tests, sure):
    chosen = enough(tests, sure)
    assert sure <= chosen
    asked = frozenset[int]().union(*(tests[test][1] for test in chosen & tests.keys()))
    assert asked == frozenset[int]().union(*(questions for _, questions in tests.values()))
    assert all(tests[test][1] for test in chosen - sure)


def test_of_two_that_ask_the_same_the_quicker_runs():
    assert enough({"slow": (9.0, frozenset({1, 2})), "quick": (0.1, frozenset({1, 2}))}) == {"quick"}


def test_a_question_is_the_same_whatever_it_is_asked_about():
    few, many = "SELECT 1 FROM a WHERE b IN (%s) LIMIT 21", "SELECT 1 FROM a WHERE b IN (%s, %s, %s) LIMIT 5"
    assert question(few, ("x",)) == question(many, ("x", "y", "z"))
    assert question("INSERT INTO a VALUES (%s, %s)", (1, 2)) == question("INSERT INTO a VALUES (%s, %s), (%s, %s)", ())
    assert question('SAVEPOINT "s140_x1"', None) == question('SAVEPOINT "s99_x20"', None)
    assert question(few, ("x",)) != question("SELECT 1 FROM a WHERE c IN (%s) LIMIT 21", ("x",))


def test_values_that_one_database_may_take_otherwise_are_a_question_of_their_own():
    sql = "INSERT INTO a VALUES (%s)"
    asked = {question(sql, (value,)) for value in ("plain", "اردو", "a\0b", "x" * 300, 2**40)}
    assert len(asked) == 5
    assert question(sql, {"name": "اردو"}) == question(sql, ("اردو",))


def test_what_a_test_asked_is_kept_with_how_long_it_took(db, tmp_path):
    notebook = Notebook(tmp_path, "alone")
    with noted(notebook):
        assert not Person.objects.filter(name="Parveen Begum").exists()

    class Report:
        when, nodeid, duration = "call", "tests/test_it.py::test_it", 0.5

    notebook.pytest_runtest_logreport(Report())
    notebook.pytest_sessionfinish()
    ((test, (seconds, asked)),) = read(tmp_path).items()
    assert (test, seconds, len(asked)) == ("tests/test_it.py::test_it", 0.5, 1)
    assert json.loads((tmp_path / "alone.json").read_text())
