"""A champion's public words go with the person who said them."""

from __future__ import annotations

from crm.directory.models import ChampionWords
from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare


def declare_relations_of_directory() -> None:
    """They stand in the person's own file, and are deleted with them."""
    kept = (OnMerge.MOVE, OnErase.DELETE, OnExport.INCLUDE, OnRetain.WITH_PERSON)
    declare(PersonRelation(ChampionWords, "person", *kept))
