"""What hangs on a person in this room: their seats and the applications they made."""

from __future__ import annotations

from crm.panels.models import Application, Membership
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_panels() -> None:
    """Each stands in the person's own file."""
    for model, erase in ((Application, OnErase.DELETE), (Membership, OnErase.DELETE)):
        declare(PersonRelation(model, "person", OnMerge.MOVE, erase, OnExport.INCLUDE, OnRetain.WITH_PERSON))
