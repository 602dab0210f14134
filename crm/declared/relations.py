"""What hangs on a person in this room: the communities they declared."""

from __future__ import annotations

from crm.declared.models import DeclaredCommunity
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_declared() -> None:
    """It goes with the person, and stands in their own file."""
    for model in (DeclaredCommunity,):
        declare(PersonRelation(model, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.INCLUDE, OnRetain.WITH_PERSON))
