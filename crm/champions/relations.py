"""What hangs on a person in this room: their terms as champions and their roles in governance."""

from __future__ import annotations

from crm.champions.models import Appointment, GovernanceRole
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_champions() -> None:
    """Each stands in the person's own file."""
    for model, erase in ((Appointment, OnErase.UNLINK), (GovernanceRole, OnErase.DELETE)):
        declare(PersonRelation(model, "person", OnMerge.MOVE, erase, OnExport.INCLUDE, OnRetain.WITH_PERSON))
