"""What somebody says about a panel, its seats and its members before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.areas.models import Area
from crm.communities.models import Community
from crm.panels.models import Membership, Panel, Power, Seat


@dataclass(frozen=True)
class PanelDetails:
    """A panel, without what kind it is and what it is for: those change only as its nature changes. It meets since
    today unless another day is given."""

    name: str
    terms: str = ""
    locality: Area | None = None
    communities: Sequence[Community] = ()
    lived_experience_wanted: int | None = None
    agenda_power: str = Power.COUNCIL
    budget_power: str = Power.COUNCIL
    words_power: str = Power.COUNCIL
    first_day: date | None = None
    grew_from: Panel | None = None


@dataclass(frozen=True)
class NatureDetails:
    """What a panel is and what for; when that changes, why, and since when (today unless given)."""

    kind: str
    purpose: str
    reason: str = ""
    changed_on: date | None = None


@dataclass(frozen=True)
class SeatDetails:
    """A seat. One that is reserved says what it is meant to mend (Equality Act 2010, section 158)."""

    name: str
    reserved_for: Community | None = None
    aim: str = ""


@dataclass(frozen=True)
class MembershipDetails:
    """Where and as what somebody sits on a panel, and for which term; from today unless another day is given."""

    seat: Seat | None = None
    role: str = Membership.Part.MEMBER
    substitutes: Membership | None = None
    lived_experience: bool = False
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class LeaveDetails:
    """Why somebody leaves, in their words where they gave some; the last day is today unless given."""

    because: str
    words: str = ""
    last_day: date | None = None


@dataclass(frozen=True)
class NoteDetails:
    """An interest a member declared, or training they had; today unless another day is given."""

    kind: str
    words: str
    happened_on: date | None = None
