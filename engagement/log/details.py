"""What somebody says about a contact before it is one: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.models import AccessSupport, Barrier, EngagementEvent, Point, Reach, Topic


@dataclass(frozen=True)
class ReachDetails:
    """People of one community, or of none named, that a contact reached."""

    community: Community | None = None
    people: int | None = None
    basis: str = Reach.Basis.ESTIMATED
    voice: str = Reach.Voice.DIRECT
    through: Organisation | None = None


@dataclass(frozen=True)
class PointDetails:
    """One thing people told us. Only the words must be given."""

    words: str
    kind: str = Point.Kind.CONCERN
    wording: str = Point.Wording.PARAPHRASE
    language: Language | None = None
    translation: str = ""
    translator: str = ""
    raised_by: Person | None = None
    raised_by_organisation: Organisation | None = None
    through: Organisation | None = None
    voice: str = Point.Voice.OWN
    authority: str = ""
    quoting: str = Point.Quoting.NOT_ASKED


@dataclass(frozen=True)
class PromiseDetails:
    """What we said we would do, and by when. To whom and by whom is taken from the contact unless given."""

    words: str
    due_on: date | None
    owner: User | None = None
    to_person: Person | None = None
    to_organisation: Organisation | None = None
    to_community: Community | None = None


@dataclass(frozen=True)
class BarrierDetails:
    """A barrier noticed, in the officer's words if they wrote some."""

    barrier: Barrier
    words: str = ""


@dataclass(frozen=True)
class SafeguardingDetails:
    """That a concern was passed on. Never what it was."""

    passed_on_at: datetime
    to_team: str
    reference: str = ""


@dataclass(frozen=True)
class EventDetails:
    """A contact as somebody tells it. `reach` of None means: work it out from the groups that were met."""

    occurred_on: date | None
    kind: str = EngagementEvent.Kind.IN_PERSON
    occurred_at: time | None = None
    area: Area | None = None
    place: str = ""
    officers: Sequence[User] = ()
    organisations: Sequence[Organisation] = ()
    people: Sequence[Person] = ()
    met_in_words: str = ""
    reach: Sequence[ReachDetails] | None = None
    topics: Sequence[Topic] = ()
    support_used: Sequence[AccessSupport] = ()
    languages_used: Sequence[Language] = ()
    barriers: Sequence[BarrierDetails] = ()
    follow_up: str = ""
    follow_up_on: date | None = None
    restricted: bool = False
    named_readers: Sequence[User] = ()
    points: Sequence[PointDetails] = field(default_factory=tuple)
    promises: Sequence[PromiseDetails] = field(default_factory=tuple)
    safeguarding: SafeguardingDetails | None = None
