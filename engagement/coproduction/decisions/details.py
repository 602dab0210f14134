"""What somebody says about a decision or an outcome: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from engagement.coproduction.decisions.models import Evidence, OutcomeCheck
from engagement.coproduction.frameworks.models import FrameworkPart
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme
from engagement.log.models import Point


@dataclass(frozen=True)
class OptionDetails:
    """Something that could have been decided."""

    words: str
    chosen: bool = False
    why: str = ""


@dataclass(frozen=True)
class EvidenceDetails:
    """Something that was weighed."""

    words: str
    kind: str = Evidence.Kind.PEOPLE
    source: str = ""


@dataclass(frozen=True)
class DecisionDetails:
    """A decision as somebody tells it. The points of its themes are answered with it."""

    question: str
    answer: str
    decided_on: date | None
    decided_by: str
    authority: str
    reason: str = ""
    will_do: str = ""
    will_by: date | None = None
    look_again_on: date | None = None
    project: Project | None = None
    themes: Sequence[Theme] = ()
    points: Sequence[Point] = ()
    options: Sequence[OptionDetails] = ()
    evidence: Sequence[EvidenceDetails] = ()
    locality: Area | None = None
    owner: User | None = None


@dataclass(frozen=True)
class OutcomeDetails:
    """What is different since a decision, or what is not, and how we know."""

    effect: str
    words: str
    for_whom: str
    since: date | None = None
    communities: Sequence[Community] = ()
    measure: str = ""
    measure_before: str = ""
    measure_after: str = ""
    measure_source: str = ""
    account: str = ""
    parts: Sequence[FrameworkPart] = ()
    owner: User | None = None


@dataclass(frozen=True)
class CheckDetails:
    """What some of those who asked say about an outcome."""

    by_whom: str
    verdict: str = OutcomeCheck.Verdict.AGREE
    checked_on: date | None = None
    words: str = ""
