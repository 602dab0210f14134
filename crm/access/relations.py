"""What hangs on a person in this room: what they need, and that they need nothing."""

from __future__ import annotations

from crm.access.models import AccessNeed, NoNeed
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_access() -> None:
    """It goes with the person, and stands in their own file."""
    for model in (AccessNeed, NoNeed):
        declare(PersonRelation(model, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.INCLUDE, OnRetain.WITH_PERSON))
