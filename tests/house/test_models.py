"""Every model explains itself, is locked against silent writing, and shows nothing to nobody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import models

from crm.accounts.models import User
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.people.models import Person
from crm.people.relations import person_relations, relations_to
from tests.house.addresses import invitation, token

MODELS = [model for app in ("crm", "engagement") for model in apps.get_app_config(app).get_models()]
# What a field's name alone does not say: what yes means, what the text is for, what the list holds.
UNCLEAR = (models.BooleanField, models.JSONField, models.TextField, models.PositiveSmallIntegerField)
CLEAR_ENOUGH = {"is_active", "is_superuser", "retired", "words", "position", "status", "translation", "order", "depth"}


def test_every_model_explains_itself():
    wrong = [f"{model.__name__}: {why}" for model in MODELS for why in _unexplained(model)]
    assert not wrong, "\n".join(wrong)


def _unexplained(model: type[models.Model]) -> Iterator[str]:
    said = model.__doc__ or ""
    if not said.strip() or said.startswith(f"{model.__name__}("):
        yield "has no docstring of its own: say what one row is."
    if not model._meta.original_attrs.get("verbose_name"):
        yield "has no verbose_name: the word officers read."
    if "__str__" not in {key for kind in model.__mro__[:-3] for key in vars(kind)}:
        yield "has no __str__."
    unclear = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, UNCLEAR)
        and field.name not in CLEAR_ENOUGH
        and not field.help_text
        and field.verbose_name == field.name.replace("_", " ")
    ]
    if unclear:
        yield f"{unclear} need a help_text or a verbose_name that says what they hold."


def test_every_model_is_written_by_actions_only_and_says_who_sees_it():
    wrong = [f"{model.__name__}: {why}" for model in MODELS if model is not User for why in _open_to_all(model)]
    assert not wrong, "\n".join(wrong)


def _open_to_all(model: type[models.Model]) -> Iterator[str]:
    if not issubclass(model, Guarded):
        yield "can be saved outside an action: make it Guarded or a Record."
    if not isinstance(model._default_manager.all(), VisibleQuerySet):
        yield "objects has no visible_to: give it a VisibleQuerySet, which shows nothing until told."
    if issubclass(model, Record) and model._meta.pk.get_internal_type() != "UUIDField":
        yield "is a Record without an id that says nothing (UUIDField)."


def test_whoever_holds_no_role_today_sees_no_row_of_any_table(world):
    world.promise()
    invitation(world)
    token(world)
    for model in MODELS:
        for nobody in (AnonymousUser(), world.leaver, world.stranger):
            seen = model._default_manager.all().visible_to(nobody)
            assert not seen.exists(), f"{model.__name__}.visible_to shows rows to {nobody or 'nobody'}."
            if hasattr(seen, "summaries_visible_to"):
                assert not model._default_manager.all().summaries_visible_to(nobody).exists()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_relation_to_a_person_is_declared_with_what_happens_to_it():
    declared = {name for name in person_relations.names() if not name.endswith(".kind and id")}
    standing = relations_to(Person)
    assert standing == declared, (
        f"Not declared: {sorted(standing - declared)}; declared and gone: {sorted(declared - standing)}. A relation "
        "that nobody declared is where an erased person lives on: declare() it in the room that owns the model."
    )
