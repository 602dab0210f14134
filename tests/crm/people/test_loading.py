"""Parts that are loaded together are the very rows that Django would have loaded one kind after the other."""

from datetime import date

import pytest

from crm.base.together import load_together
from crm.base.writing import writing_allowed
from crm.communities.models import Community
from crm.people.models import Person
from tests import grounds
from tests.crm.privacy import helpers
from tests.house.variety import one_more

PATHS = (
    "ways", "hats", "safe_rules", "language_uses__language", "roles__organisation", "objections__purpose",
    "permissions_given__purpose", "privacy_notices", "supporters", "intermediaries__through_organisation",
    "named_readers",
)  # fmt: skip


def told(record):
    """Everything that a row holds."""
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Two people with parts of every kind, once for all these tests: they read, and what one adds is taken back."""
    with grounds.with_more(django_db_blocker) as world:
        for number in (1, 2):
            one_more(world, number)
        helpers.a_permission(world)
        helpers.an_objection(world, purpose=None)
        helpers.a_supporter(world, supporter=None)
        helpers.an_intermediary(world)
        yield world


@pytest.fixture
def people(filled, world):
    """Their council, with people as the test's own objects."""
    return world


def test_they_are_the_same_rows_in_the_same_order(people):
    together = Person.objects.order_by("id").with_parts(*PATHS)
    apart = Person.objects.order_by("id").prefetch_related(*PATHS)
    kinds = set()
    for one, other in zip(together, apart, strict=True):
        for path in PATHS:
            name, _, follows = path.partition("__")
            ours, theirs = getattr(one, name).all(), getattr(other, name).all()
            assert [told(row) for row in ours] == [told(row) for row in theirs]
            for row, same in zip(ours, theirs, strict=True) if follows else ():
                assert getattr(row, follows) == getattr(same, follows)
            kinds |= {name} if theirs else set()
    assert kinds >= {"ways", "roles", "objections", "permissions_given", "supporters", "intermediaries"}


def test_they_cost_one_query_and_none_the_second_time(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = list(Person.objects.with_parts(*PATHS))
        for person in found:
            assert all(way.person is person for way in person.ways.all())
            assert all(row.organisation.name for row in person.roles.all())
    with django_assert_num_queries(0):
        load_together(found, *PATHS)
        load_together([], *PATHS)


def test_as_plain_lists_they_are_the_same_rows_for_the_same_query(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        listed = list(Person.objects.order_by("id").with_lists(*PATHS))
    for one, other in zip(listed, Person.objects.order_by("id").with_parts(*PATHS), strict=True):
        in_place = {path.partition("__")[0]: getattr(other, path.partition("__")[0]).all() for path in PATHS}
        assert one.listed.keys() == in_place.keys()
        for name, rows in in_place.items():
            assert [told(row) for row in one.listed[name]] == [told(row) for row in rows]
    assert list(Person.objects.none().with_lists("ways")) == []


def test_filters_and_pages_keep_them_and_plain_values_do_without(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        (found,) = Person.objects.with_parts("ways").filter(pk=people.person.pk)[:1]
        assert list(found.ways.all()) is not None
    with django_assert_num_queries(1):
        assert people.person.pk in list(Person.objects.with_parts("ways").values_list("pk", flat=True))


def test_they_are_narrowed_counted_and_added_to_as_ever(people, django_assert_num_queries):
    pk = Person.objects.filter(ways__isnull=False).values_list("pk", flat=True)[0]
    together, apart = Person.objects.with_parts(*PATHS).get(pk=pk), Person.objects.get(pk=pk)
    with django_assert_num_queries(0):
        assert together.ways.all()[0].person is together
        assert (together.ways.count(), together.ways.exists()) == (len(together.ways.all()), True)
    first = apart.ways.order_by("id")[0]
    for record in (together, apart):
        assert list(record.ways.filter(pk=first.pk)) == list(record.ways.all().filter(pk=first.pk)) == [first]
        assert list(Person.objects.filter(ways__in=record.ways.all()).distinct()) == [apart]
        assert list(record.named_readers.order_by("name")) == list(apart.named_readers.order_by("name"))
    with writing_allowed():
        together.named_readers.add(people.lead)
        assert people.lead in together.named_readers.all()


def test_linked_records_and_rows_of_the_same_table_come_too(people):
    community = Community.objects.with_parts("languages", "children", "former_names").get(pk=people.community.pk)
    plain = Community.objects.get(pk=people.community.pk)
    assert list(community.languages.all()) == list(plain.languages.all())
    assert list(community.children.all()) == list(plain.children.all())


def test_a_row_loaded_so_knows_what_was_stored(people):
    given = helpers.a_permission(people, person=helpers.add_person_of(people, "One More"), given_on=date(2026, 2, 3))
    person = Person.objects.with_parts("permissions_given").get(pk=given.person_id)
    (row,) = person.permissions_given.all()
    assert (row.changed_fields(), row.given_on, row.created_at) == ({}, date(2026, 2, 3), given.created_at)
