"""Champions and roles in governance: every change."""

from crm.champions.actions.appointments import (
    add_learning,
    appoint_champion,
    change_appointment,
    end_appointment,
    hand_over,
)
from crm.champions.actions.governing import (
    add_governance_role,
    change_governance_role,
    end_governance_role,
    note_influence,
)

__all__ = [
    "add_governance_role",
    "add_learning",
    "appoint_champion",
    "change_appointment",
    "change_governance_role",
    "end_appointment",
    "end_governance_role",
    "hand_over",
    "note_influence",
]
