"""What leads from projects to people: who takes part."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from engagement.coproduction.projects.models import ProjectPerson


def declare_relations_of_projects() -> None:
    """Erasing empties the link and their words: that somebody took part, and the kind of reason they left for, stands.
    What people felt leads to nobody: there is nothing to declare."""
    declare(PersonRelation(ProjectPerson, "person", OnMerge.MOVE, OnErase.BLANK, OnExport.INCLUDE, OnRetain.WITH_EVENT))
