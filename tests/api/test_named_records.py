"""Records named in a body: found with one question that is kept, and only those the reader may see."""

from __future__ import annotations

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from api.inputs import Link, named_by_id, read_input
from api.v1.shapes import EventInput
from crm.accounts.models import User
from crm.base import kept as keeping
from tests.api.test_events import EVENTS, told
from tests.api.test_strictness import shapes
from tests.crm.panels.helpers import somebody
from tests.house.variety import one_more
from tests.world import CAST


def models_that_are_named():
    import api.v1.urls  # noqa: F401  # reads every shape

    return {model for shape in shapes() if shape.__module__.startswith("api.") for model in named_in(shape())}


def named_in(field):
    if isinstance(field, Link):
        yield field.model
    elif isinstance(field, serializers.Serializer):
        for inner in field.fields.values():
            yield from named_in(inner)
    elif isinstance(field, serializers.ListField | serializers.ListSerializer):
        yield from named_in(field.child)


def afresh(user):
    """As the next request finds them."""
    return User.objects.get(pk=user.pk)


def named(*records):
    return [str(record.pk) for record in records]


def test_of_every_kind_everybody_may_name_what_they_see_and_nothing_else(world):
    one_more(world, 1)
    seen = 0
    for model in models_that_are_named():
        ids = tuple(model._default_manager.values_list("pk", flat=True))[:64] or (uuid4(),)
        for name in CAST:
            reader = afresh(getattr(world, name))
            expected = set(model._default_manager.all().visible_to(reader).filter(pk__in=ids))
            assert set(named_by_id(reader, model, ids)) == expected, (model.__name__, name)
            seen += len(expected)
    assert seen > 500


def test_all_that_a_body_names_is_asked_with_one_query(world):
    amina, neighbour = afresh(world.amina), somebody(world, "Selam Tesfaye")
    body = told(world, people=named(world.person, neighbour), officers=named(world.amina, world.lead))
    with CaptureQueriesContext(connection) as asked:
        values = read_input(EventInput, body, amina)
    about_records = [query["sql"] for query in asked if not query["sql"].startswith('SELECT "crm_rolegrant"')]
    assert len(about_records) == 1, "\n".join(sql[:100] for sql in about_records)
    assert (values["people"], values["officers"]) == ([world.person, neighbour], [world.amina, world.lead])
    assert (values["organisations"], values["topics"]) == ([world.group], [world.topic])


def test_three_names_and_four_are_asked_with_the_same_question(world):
    keeping.forget()
    amina = afresh(world.amina)
    people = [world.person, *(somebody(world, f"Neighbour {letter}") for letter in "ABCD")]
    for number, written in ((1, 1), (2, 2), (3, 3), (4, 3), (5, 4)):
        body = told(world, people=named(*people[:number]), organisations=[], topics=[])
        assert read_input(EventInput, body, amina)["people"] == people[:number]
        assert len([key for key in keeping._written if key[0] is named_by_id]) == written, number


def test_one_whom_the_reader_may_not_see_is_refused_as_one_who_is_not_there_each_in_their_place(world, caller):
    hidden = somebody(world, "Selam Tesfaye", actor=world.joe, area=world.south_ward)
    body = told(world, people=named(world.person, hidden), organisations=[str(uuid4())])
    answer = caller(world.amina).post(EVENTS, body)
    assert answer.status_code == 400
    refused = {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}
    assert refused == {("/people/1", "unknown_record"), ("/organisations/0", "unknown_record")}


def test_a_group_comes_with_its_ward(world, django_assert_num_queries):
    values = read_input(EventInput, told(world), afresh(world.amina))
    with django_assert_num_queries(0):
        assert values["organisations"][0].area == world.east_ward
