"""What somebody says about an access need before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.access.models import AccessNeed, NeedReview, NeedType
from crm.languages.models import Language
from crm.people.models import Supporter


@dataclass(frozen=True)
class NeedTypeDetails:
    """A type of need. Its key is made from the name when none is given."""

    name: str
    kind: str
    group: str = ""
    what_to_do: str = ""
    snomed_code: str = ""
    key: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class NeedDetails:
    """An access need. Only its type must be given: the instruction is then the type's usual one, told today by the
    person, and asked again in a year."""

    type: NeedType | None
    own_words: str = ""
    what_to_do: str = ""
    language: Language | None = None
    supporter: Supporter | None = None
    told_by: str = AccessNeed.ToldBy.THEMSELVES
    told_on: date | None = None
    review_on: date | None = None
    may_share: str = AccessNeed.Sharing.NOT_ASKED


@dataclass(frozen=True)
class NoNeedDetails:
    """That somebody was asked and needs nothing: today, told by themselves, asked again in a year, unless told
    otherwise."""

    told_by: str = AccessNeed.ToldBy.THEMSELVES
    asked_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class ReviewDetails:
    """What they said when asked again. When it has changed: the new words, the new instruction, or both; None keeps
    what stands. Agreement to share may be asked with it."""

    answer: str = NeedReview.Answer.SAME
    reviewed_on: date | None = None
    next_on: date | None = None
    own_words: str | None = None
    what_to_do: str | None = None
    may_share: str | None = None
    reason: str = ""
