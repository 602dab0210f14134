"""The second database is asked everything that the first was asked, by as few tests as that takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.people.models import Person
from tests.questions import Notebook, enough, keep_left_out, left_out, noted, questions, read
from tests.run import everything_fits

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
    assert questions(few, ("x",)) == questions(many, ("x", "y", "z"))
    assert questions("INSERT INTO a VALUES (%s, %s)", (1, 2)) == questions(
        "INSERT INTO a VALUES (%s, %s), (%s, %s)", ()
    )
    assert questions('SAVEPOINT "s140_x1"', None) == questions('SAVEPOINT "s99_x20"', None)
    assert questions(few, ("x",)) != questions("SELECT 1 FROM a WHERE c IN (%s) LIMIT 21", ("x",))


ONE = """SELECT "a"."id", (SELECT U0."x" FROM "u" U0) AS "x" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id")
 WHERE ("a"."c" = %s AND NOT ("b"."d" IN (%s, %s)) AND EXISTS(SELECT 1 FROM "e" V0 WHERE V0."f" = "a"."id" AND V0."g"))
 ORDER BY "a"."id" ASC, "b"."d" DESC LIMIT 5""".replace("\n", "")


def test_what_may_be_asked_in_parts_is():
    for part in (
        'SELECT "a"."id" FROM "a"',
        'SELECT (SELECT W3."x" FROM "u" W3) AS "x" FROM "a"',
        'SELECT "a"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id")',
        'SELECT "a"."id" FROM "a" WHERE "a"."c" = %s',
        'SELECT "a"."id" FROM "a" WHERE NOT ("b"."d" IN (%s))',
        'SELECT "a"."id" FROM "a" WHERE EXISTS(SELECT 1 FROM "e" U0 WHERE U0."f" = "a"."id" AND U0."g")',
        'SELECT "a"."id" FROM "a" ORDER BY "a"."id" ASC, "b"."d" DESC LIMIT 1',
    ):
        assert questions(part, ()) <= questions(ONE, ()), part
    set_both = 'UPDATE "a" SET "b" = %s, "c" = %s WHERE "a"."id" = %s'
    assert questions('UPDATE "a" SET "c" = %s WHERE "a"."id" = %s', ()) < questions(set_both, ())


@pytest.mark.parametrize(
    "whole",
    [
        'SELECT DISTINCT "a"."id", "a"."c" FROM "a" WHERE "a"."c" = %s',
        'SELECT "a"."id", COUNT("a"."c") AS "n" FROM "a" GROUP BY 1',
        'SELECT "a"."id" FROM "a" WHERE "a"."c" = %s GROUP BY "a"."id" HAVING COUNT("a"."c") > %s',
        'SELECT "a"."id", ROW_NUMBER() OVER (ORDER BY "a"."c") AS "n" FROM "a"',
        'SELECT "a"."id" FROM "a" WHERE "a"."c" = %s FOR UPDATE',
        'SELECT "a"."id" FROM "a" UNION SELECT "b"."id" FROM "b"',
        'SELECT one.c FROM (SELECT "a"."c" FROM "a") one WHERE one.c = %s',
        'INSERT INTO "a" ("b", "c") VALUES (%s, %s) RETURNING "a"."id"',
        'DELETE FROM "a" WHERE "a"."id" = %s AND "a"."c" = %s',
        'WITH one(a) AS (SELECT 1) SELECT one.a FROM one WHERE one.a = %s',
    ],
)  # fmt: skip
def test_what_means_something_as_a_whole_only_is_one_question(whole):
    assert len(questions(whole, ("letters اردو", "x" * 300))) == 1


def test_values_that_one_database_may_take_otherwise_are_a_question_of_their_own():
    sql = "INSERT INTO a VALUES (%s)"
    asked = {questions(sql, (value,)) for value in ("plain", "اردو", "a\0b", "x" * 300, 2**40)}
    assert len(asked) == 5
    assert questions(sql, {"name": "اردو"}) == questions(sql, ("اردو",))


def test_what_a_test_asked_is_kept_with_how_long_it_took(db, tmp_path):
    notebook = Notebook(tmp_path, "alone")
    with noted(notebook):
        assert not Person.objects.filter(name="Parveen Begum").exists()

    class Report:
        when, nodeid, duration = "call", "tests/test_it.py::test_it", 0.5

    notebook.pytest_runtest_logreport(Report())
    notebook.pytest_sessionfinish()
    ((test, (seconds, asked)),) = read(tmp_path).items()
    assert (test, seconds) == ("tests/test_it.py::test_it", 0.5)
    assert questions('SELECT 1 FROM "crm_person" WHERE "crm_person"."name" = %s', ("Parveen",)) & asked


def test_how_many_tests_were_left_out_is_kept_for_the_last_words(tmp_path):
    assert left_out(tmp_path) == 0
    keep_left_out(tmp_path, 3_012)
    assert left_out(tmp_path) == 3_012
    assert read(tmp_path) == {}


def test_a_quick_machine_asks_the_second_database_everything_and_a_slow_one_keeps_its_ten_minutes(monkeypatch):
    monkeypatch.delenv("TEST_EVERYTHING", raising=False)
    assert everything_fits(passed=335, sqlite=300)
    assert not everything_fits(passed=460, sqlite=425)


@pytest.mark.parametrize(("wanted", "so"), [("yes", True), ("no", False)])
def test_whoever_says_what_they_want_gets_it_however_long_it_takes(monkeypatch, wanted, so):
    monkeypatch.setenv("TEST_EVERYTHING", wanted)
    assert everything_fits(passed=60, sqlite=60) is so
    assert everything_fits(passed=6_000, sqlite=6_000) is so
