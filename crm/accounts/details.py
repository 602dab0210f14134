"""What a form or a request says about an invitation or a role, before any rule has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.accounts.models import Team
from crm.areas.models import Area


@dataclass(frozen=True)
class RoleDetails:
    """A role to give: where it reaches, and from when until when (no last day: until somebody ends it)."""

    role: str = ""
    team: Team | None = None
    locality: Area | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class InvitationDetails:
    """Who is invited, and to which role."""

    name: str = ""
    email: str = ""
    role: RoleDetails = RoleDetails()
