"""What the tests of outcomes share."""

from __future__ import annotations

from django.utils import timezone

from engagement.needs.actions import note_outcome
from engagement.needs.details import OutcomeDetails
from tests.crm.access.helpers import a_need


def an_outcome(world, need=None, *, actor=None, event=None, **changes):
    """That a need was met in a letter, today, unless told otherwise."""
    told = {"met": "met", "message": "Letter about the forum", "happened_on": timezone.localdate(), **changes}
    need = need or a_need(world)
    return note_outcome(actor=actor or world.amina, need=need, event=event, details=OutcomeDetails(**told))
