"""What hangs on a person in the log: that they took part, and what was promised to them."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from engagement.log.models import Contribution, Promise


def declare_relations_of_log() -> None:
    """Erasing a person cuts the link; the thread of what was heard and promised stands without them."""
    for model, field in ((Contribution, "person"), (Promise, "to_person")):
        declare(PersonRelation(model, field, OnMerge.MOVE, OnErase.UNLINK, OnExport.REVIEW, OnRetain.WITH_EVENT))
