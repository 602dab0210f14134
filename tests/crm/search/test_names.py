"""Boxes that take a name: found by the index among many, only among what the reader may see, stopped people never."""

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.base.naming import NamedField, names_like
from crm.people.models import Person
from crm.search.reports import alike, bearing
from tests.crm.privacy import helpers

pytestmark = pytest.mark.both

UNKNOWN = "We know nobody of this name"


def named(reader):
    return NamedField(unknown=UNKNOWN, rows=Person.objects.visible_to(reader))


@pytest.fixture
def people(world):
    """Three people whose names share words."""
    for name in ("Zubeida Álvarez-Khan", "Zubeida Khan", "Khan Zubeida Begum"):
        helpers.add_person_of(world, name)
    return world


@pytest.mark.parametrize("typed", ["Zubeida Álvarez-Khan", "zubeida alvarez khan", " ZUBEIDA  Alvarez-Khan. "])
def test_a_name_is_known_whatever_its_case_accents_and_punctuation(people, typed):
    assert named(people.amina).clean(typed).name == "Zubeida Álvarez-Khan"


@pytest.mark.parametrize("typed", ["Zubeida", "Khan Zubeida", "Zubeida Kha", "Zubeida Alvarez", "Begum Khan Zubeida"])
def test_a_part_of_a_name_or_another_order_is_nobody(people, typed):
    with pytest.raises(forms.ValidationError, match=UNKNOWN):
        named(people.amina).clean(typed)


def test_two_of_one_name_are_said_so_and_who_may_not_see_them_knows_nobody(people):
    helpers.add_person_of(people, "zubeida khan")
    with pytest.raises(forms.ValidationError, match="More than one bears this name"):
        named(people.amina).clean("Zubeida Khan")
    with pytest.raises(forms.ValidationError, match=UNKNOWN):
        named(people.joe).clean("Zubeida Khan")


def test_only_those_that_hold_each_word_are_read(people):
    seen = Person.objects.visible_to(people.amina)
    assert {row.name for row in bearing(seen, "Zubeida Khan")} == {
        "Zubeida Álvarez-Khan", "Zubeida Khan", "Khan Zubeida Begum",
    }  # fmt: skip
    assert {row.name for row in bearing(seen, "alvarez")} == {"Zubeida Álvarez-Khan"}
    with CaptureQueriesContext(connection) as captured:
        named(people.amina).clean("Zubeida Khan")
    names, one = [query["sql"] for query in captured.captured_queries if 'FROM "crm_person"' in query["sql"]]
    assert "crm_searchdocument" in names
    assert "LIMIT" in one


def test_a_stopped_person_is_named_in_no_box_and_in_no_warning(people, signed_in):
    path, typed = "/workspace/people/new/", {"name": "Zubayda Khan", "age_band": "unknown"}
    browser = signed_in(people.amina)
    assert "Zubeida Khan" in browser.post(path, typed).content.decode()
    assert {found.name for found in names_like("person", "Zubayda Khan", reader=people.amina)} >= {"Zubeida Khan"}
    for person in Person.objects.filter(name__startswith="Zubeida Khan"):
        helpers.stopped(people, person)
    for reader in (people.amina, people.lead, people.manager):
        assert "Zubeida Khan" not in {found.name for found in alike(reader, "person", "Zubeida Khan")}
        assert "Zubeida Khan" not in {found.name for found in names_like("person", "Zubayda Khan", reader=reader)}
        with pytest.raises(forms.ValidationError, match=UNKNOWN):
            named(reader).clean("Zubeida Khan")
    assert "Zubeida Khan" not in browser.post(path, typed).content.decode()
