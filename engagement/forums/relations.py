"""What hangs on a person in this room: that they were invited, and that they came."""

from __future__ import annotations

from crm.people.relations import OnErase, OnExport, OnMerge, OnRetain, PersonRelation, declare
from engagement.forums.models import Attendance, CalendarLink, Invitation


def declare_relations_of_forums() -> None:
    """An invitation goes with the person. That somebody came, and what was said, stands without them; what they are
    called and why they did not come goes."""
    for model, erase in ((Invitation, OnErase.DELETE), (Attendance, OnErase.BLANK)):
        declare(PersonRelation(model, "person", OnMerge.MOVE, erase, OnExport.INCLUDE, OnRetain.WITH_PERSON))
    declare(
        PersonRelation(CalendarLink, "person", OnMerge.MOVE, OnErase.DELETE, OnExport.LEAVE_OUT, OnRetain.WITH_PERSON)
    )
