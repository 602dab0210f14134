"""Panels, their members, and how members are found."""

from crm.panels.models.panels import MemberNote, Membership, Panel, PanelChange, PanelKind, Power, Seat
from crm.panels.models.recruitment import Application, Draw, PoolEntry, RecruitmentCall

__all__ = [
    "Application",
    "Draw",
    "MemberNote",
    "Membership",
    "Panel",
    "PanelChange",
    "PanelKind",
    "PoolEntry",
    "Power",
    "RecruitmentCall",
    "Seat",
]
