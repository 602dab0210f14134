"""What somebody says in recruitment before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from crm.languages.models import Language
from crm.panels.models import Application, Panel


@dataclass(frozen=True)
class CallDetails:
    """An open call for people to join a panel."""

    panel: Panel | None = None
    slug: str = ""
    title: str = ""
    words: str = ""
    places: int | None = None
    method: str = "decision"
    opens_on: date | None = None
    closes_on: date | None = None
    answer_by: date | None = None
    pool_questions: Sequence[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Answers:
    """The nine answers of an applicant, in their own words. Every one may be empty while it is a draft."""

    name: str = ""
    reach_by: str = ""
    reach_at: str = ""
    language: Language | None = None
    postcode_start: str = ""
    knows_about: Sequence[str] = ()
    topics: str = ""
    when_and_how: str = ""
    would_help: str = ""
    paid_by: str = ""
    may_write: bool = False

    @classmethod
    def of(cls, application: Application) -> Answers:
        """The answers as they stand."""
        return cls(**{name: getattr(application, name) for name in ANSWER_FIELDS})


ANSWER_FIELDS = tuple(one.name for one in fields(Answers))


@dataclass(frozen=True)
class Decision:
    """What was decided about an application, and why, in words the applicant can read."""

    outcome: str
    reason: str = ""
