"""What hangs on a person in this room: what was sent to them."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from crm.sending.models import Message


def declare_relations_of_sending() -> None:
    """Its words and address are emptied with the person; that something was sent, and what became of it, stands."""
    declare(PersonRelation(Message, "person", OnMerge.MOVE, OnErase.BLANK, OnExport.INCLUDE, OnRetain.WITH_PERSON))
