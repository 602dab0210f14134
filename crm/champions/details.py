"""What somebody says about champions and roles in governance before it is saved: pages and API fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.people.models import Person


@dataclass(frozen=True)
class AppointmentDetails:
    """A champion's term. No communities: for everybody there. `user` has an account; `invite_email` gets one."""

    name: str = ""
    kind: str = "citizen"
    locality: Area | None = None
    first_day: date | None = None
    last_day: date | None = None
    communities: Sequence[Community] = ()
    hours_a_month: int | None = None
    may_decide: str = ""
    person: Person | None = None
    user: User | None = None
    invite_email: str = ""


@dataclass(frozen=True)
class LearningDetails:
    """Induction, training or mentoring: what, when (today unless said), how many hours and with whom, by role."""

    kind: str = ""
    words: str = ""
    happened_on: date | None = None
    hours: Decimal | None = None
    other: str = ""


@dataclass(frozen=True)
class GovernanceRoleDetails:
    """What somebody is in a body that governs, and from when until when."""

    kind: str = ""
    body: str = ""
    first_day: date | None = None
    last_day: date | None = None
