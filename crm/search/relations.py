"""The search index holds folded words of a person: it goes with them."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from crm.search.models import SearchDocument


def declare_relations_of_search() -> None:
    """Found by kind and id: the document of the person, and of points where somebody took part."""
    declare(
        PersonRelation(SearchDocument, "", OnMerge.REBUILD, OnErase.DELETE, OnExport.LEAVE_OUT, OnRetain.WITH_PERSON)
    )
