"""Every relation to a person, declared by the room that owns it: what merging, erasing, exporting and keeping do there.

The rooms above fill this in `AppConfig.ready`. A relation that nobody declared would be a place where an erased person
lives on, so a guard compares this list with the models.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models

from crm.base.registries import Registry
from crm.people.models import (
    ContactWay,
    Intermediary,
    Person,
    PersonHat,
    PersonLanguage,
    PersonRole,
    SafeContactRule,
    Supporter,
)


class OnMerge(Enum):
    """What happens to a row when its person turns out to be another one too."""

    MOVE = "Moves to the person who stays; a row that would stand twice is dropped."
    REBUILD = "Made afresh for the person who stays, deleted for the other."


class OnErase(Enum):
    """What happens to a row when its person is erased."""

    DELETE = "Deleted with the person."
    BLANK = "The link and the row's words are emptied; that it was there, and what became of it, stands."
    UNLINK = "The link is emptied; what the row says stands without the person."


class OnExport(Enum):
    """Whether a row goes into the file that a person is given about themselves."""

    INCLUDE = "In the person's own file, in full."
    REVIEW = "In the person's own file after somebody took out what concerns others."
    LEAVE_OUT = "Not in the person's own file: it says nothing about them, or repeats what is."


class OnRetain(Enum):
    """How long a row is kept."""

    WITH_PERSON = "As long as the person."
    WITH_EVENT = "As long as the contact it belongs to."


@dataclass(frozen=True)
class PersonRelation:
    """One field of one model that leads to a person, and what happens there.

    `field` is empty where the row finds its person by kind and id and not by a field of its own.
    """

    model: type[models.Model]
    field: str
    merge: OnMerge
    erase: OnErase
    export: OnExport
    retain: OnRetain

    @property
    def name(self) -> str:
        """Model and field, like `promise.to_person`."""
        return f"{self.model._meta.model_name}.{self.field or 'kind and id'}"


person_relations: Registry[PersonRelation] = Registry("relations to a person")


def declare(relation: PersonRelation) -> PersonRelation:
    """Put a relation into the list. Raises ValueError if it is there already."""
    return person_relations.add(relation.name, relation)


def relations_to(target: type[models.Model]) -> set[str]:
    """The name of every field in the installed models that leads to this model, its own many-to-many links included."""
    found = set()
    for relation in target._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and not relation.concrete:
            remote = getattr(relation, "field", None)
            owner = relation.related_model
            if remote is not None and isinstance(owner, type):
                found.add(f"{owner._meta.model_name}.{remote.name}")
    return found


def declare_parts_of_people() -> None:
    """What hangs on a person in this room: ways to reach them, languages, roles, and who may see them."""
    for model in (ContactWay, PersonLanguage, PersonRole, PersonHat, SafeContactRule, Supporter, Intermediary):
        declare(PersonRelation(model, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.INCLUDE, OnRetain.WITH_PERSON))
    readers = Person.named_readers.through
    declare(PersonRelation(readers, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.LEAVE_OUT, OnRetain.WITH_PERSON))
    for model, field in ((Supporter, "supporter"), (Intermediary, "through_person")):
        declare(PersonRelation(model, field, OnMerge.MOVE, OnErase.UNLINK, OnExport.REVIEW, OnRetain.WITH_PERSON))
