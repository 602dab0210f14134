"""What the tests of champions share: an appointment, somebody's role in governance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.champions.actions import add_governance_role, add_learning, appoint_champion
from crm.champions.details import AppointmentDetails, GovernanceRoleDetails, LearningDetails


def term(world: Any, *, days: int | None = 200, **changes: Any) -> AppointmentDetails:
    """Chen, champion of the East for the Kashmiri community, for so many days more."""
    today = timezone.localdate()
    plain = {
        "name": "Chen",
        "locality": world.east,
        "first_day": today,
        "last_day": today + timedelta(days=days) if days is not None else None,
        "communities": [world.community],
        "user": world.chen,
    }
    return AppointmentDetails(**{**plain, **changes})


def an_appointment(world: Any, **changes: Any) -> Any:
    """Chen's term, made by the lead, with an induction."""
    made = appoint_champion(actor=world.lead, details=term(world, **changes))
    add_learning(actor=world.lead, appointment=made, details=LearningDetails("induction", "What a champion does"))
    return made


def a_governance_role(world: Any, person: Any = None) -> Any:
    """Parveen Begum, expert by experience."""
    details = GovernanceRoleDetails("expert", "Safeguarding Adults Board", timezone.localdate())
    return add_governance_role(actor=world.amina, person=person or world.person, details=details)
