"""A request to be erased stands without whoever made it."""

from __future__ import annotations

from crm.erasing.models import ErasureRequest
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_erasing() -> None:
    """The link and their words are emptied; what was decided, and that it was done, stands."""
    declare(
        PersonRelation(ErasureRequest, "person", OnMerge.MOVE, OnErase.UNLINK, OnExport.INCLUDE, OnRetain.WITH_EVENT)
    )
