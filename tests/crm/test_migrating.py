"""Many tables made in one step of a migration are those that step by step would make."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from crm.base.migrating import MakeTables

APP = "made_up"
SHELF = CreateModel("Shelf", [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))])
BOOK = CreateModel("Book", [("id", models.AutoField(primary_key=True)), ("title", models.CharField(max_length=9))])
ON = AddField("Book", "shelf", models.ForeignKey(f"{APP}.Shelf", models.CASCADE))
READ = AddField("Shelf", "best", models.ManyToManyField(f"{APP}.Book", related_name="+"))
ONCE = AddConstraint("book", models.UniqueConstraint(fields=["title", "shelf"], name="made_up_once"))
BY_NAME = AddIndex("shelf", models.Index(fields=["name"], name="made_up_name"))
ALL = [BOOK, SHELF, ON, READ, ONCE, BY_NAME]
TABLES = {f"{APP}_book", f"{APP}_shelf", f"{APP}_shelf_best"}


def run(operations, state, *, back=False):
    """One after the other, as a migration does, or taken back."""
    for operation in operations:
        before = state.clone()
        operation.state_forwards(APP, state)
        with connection.schema_editor() as editor:
            if back:
                operation.database_backwards(APP, editor, state, before)
            else:
                operation.database_forwards(APP, editor, before, state)


def shape():
    """Columns and constraints of our tables, by what they are."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(TABLES & set(connection.introspection.table_names(cursor))):
            columns = [row.name for row in connection.introspection.get_table_description(cursor, table)]
            constraints = connection.introspection.get_constraints(cursor, table).values()
            kinds = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
            found[table] = columns, sorted(str([one[kind] for kind in kinds]) for one in constraints)
    return found


@pytest.mark.django_db(transaction=True)
def test_tables_made_at_once_are_those_made_one_by_one_and_can_be_taken_away_again():
    run(ALL, ProjectState())
    one_by_one = shape()
    assert set(one_by_one) == TABLES
    with connection.cursor() as cursor:
        for table in (f"{APP}_shelf_best", f"{APP}_book", f"{APP}_shelf"):
            cursor.execute(f"DROP TABLE {table}")
    assert shape() == {}
    run([MakeTables(ALL)], ProjectState())
    assert shape() == one_by_one
    run([MakeTables(ALL)], ProjectState(), back=True)
    assert shape() == {}


def test_a_change_of_a_table_that_was_there_before_is_a_step_of_its_own():
    with pytest.raises(ValueError, match="Not made here: shelf"):
        MakeTables([BOOK, BY_NAME])


def test_models_made_at_once_know_each_other():
    state = ProjectState()
    assert state.apps.get_models() == [], "made models are thrown away, and made anew when asked for"
    MakeTables(ALL).state_forwards(APP, state)
    book, shelf = (state.apps.get_model(APP, name) for name in ("Book", "Shelf"))
    assert book._meta.get_field("shelf").related_model is shelf
