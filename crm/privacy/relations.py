"""What hangs on a person in this room: what we were allowed and asked to stop."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from crm.privacy.models import ContactPermission, Objection, PrivacyNotice, Restriction


def declare_relations_of_privacy() -> None:
    """It goes with the person, and stands in their own file."""
    for model in (
        ContactPermission,
        Objection,
        PrivacyNotice,
        Restriction,
    ):
        declare(PersonRelation(model, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.INCLUDE, OnRetain.WITH_PERSON))
