"""Of which kinds of record erased ones are told."""

from __future__ import annotations

import functools

from django.db import models
from django.db.models import CASCADE

from crm.people.models import Person
from crm.people.relations import OnErase, person_relations


@functools.cache
def may_be_gone(model: type[models.Model]) -> bool:
    """Whether records of a kind are deleted with a person: people themselves, what is declared so, and what hangs on
    either."""
    deleted = {Person, *(one.model for one in person_relations if one.erase is OnErase.DELETE)}
    return model in deleted or any(
        may_be_gone(field.related_model)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is CASCADE and field.related_model is not model
    )
