"""What somebody says about a project and who takes part in it, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from engagement.coproduction.projects.models import ProjectPerson, Rung
from engagement.coproduction.themes.models import Theme
from engagement.forums.models import Forum


@dataclass(frozen=True)
class ProjectDetails:
    """A project, all but the declared level and the stage. It begins today unless another day is given; whoever opens
    it answers for it unless somebody else is named."""

    name: str
    question: str = ""
    can_change: str = ""
    cannot_change: str = ""
    budget_open: Decimal | None = None
    owner: User | None = None
    locality: Area | None = None
    opened_on: date | None = None
    ends_by: date | None = None
    themes: Sequence[Theme] = ()
    communities: Sequence[Community] = ()
    organisations: Sequence[Organisation] = ()
    panels: Sequence[Panel] = ()
    forums: Sequence[Forum] = ()


@dataclass(frozen=True)
class LevelDetails:
    """The level that is declared, and why where it is not the first."""

    rung: Rung | None
    reason: str = ""


@dataclass(frozen=True)
class PartDetails:
    """As what somebody takes part; from today unless another day is given."""

    part: str = ProjectPerson.Part.LIVED
    first_day: date | None = None


@dataclass(frozen=True)
class LeavingDetails:
    """Why somebody leaves, in their words where they gave some; the last day is today unless given."""

    because: str
    words: str = ""
    last_day: date | None = None


@dataclass(frozen=True)
class RoundDetails:
    """How many links are made, and the last day to answer."""

    links: int | None
    closes_on: date | None
