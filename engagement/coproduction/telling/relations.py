"""What hangs on a person in this room: that they are due an answer, or had it."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from engagement.coproduction.telling.models import Telling


def declare_relations_of_telling() -> None:
    """Erasing a person cuts the link and empties what was typed about them; that an answer was due, and given, stands
    without them."""
    declare(PersonRelation(Telling, "person", OnMerge.MOVE, OnErase.BLANK, OnExport.INCLUDE, OnRetain.WITH_EVENT))
