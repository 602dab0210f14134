"""What somebody says about a forum or a series before it is saved: plain values that pages and the API fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.venues.models import Venue
from engagement.forums.models import Forum, OfferKind, Series
from engagement.forums.vocabulary import By, HowOften, Mode
from engagement.log.models import Topic


@dataclass(frozen=True)
class OfferDetails:
    """One thing a forum offers, perhaps in one language; `have_already` makes no job and gives no warning."""

    kind: OfferKind
    language: Language | None = None
    have_already: bool = False


@dataclass(frozen=True)
class ForumDetails:
    """A forum. What it is about, its day and its times must be given."""

    title: str = ""
    about: str = ""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    mode: str = Mode.IN_PERSON
    venue: Venue | None = None
    place_words: str = ""
    online_link: str = ""
    locality: Area | None = None
    communities: Sequence[Community] = ()
    topics: Sequence[Topic] = ()
    owner: User | None = None
    organisers: Sequence[User] = ()
    is_public: bool = True
    capacity: int | None = None
    reply_by: date | None = None
    notes: str = ""
    offers: Sequence[OfferDetails] = field(default_factory=tuple)


@dataclass(frozen=True)
class RhythmDetails:
    """How often a forum comes again; without a number of dates it goes on until somebody ends it."""

    how_often: str = HowOften.ONCE
    by: str = By.WEEKDAY
    dates: int | None = None


PLAIN = (
    "title", "about", "on", "starts", "ends", "mode", "venue", "place_words", "online_link", "locality", "owner",
    "is_public", "capacity", "reply_by", "notes",
)  # fmt: skip


def details_of(forum: Forum) -> ForumDetails:
    """A forum as it stands: what somebody leaves out stays so."""
    return ForumDetails(
        **{name: getattr(forum, name) for name in PLAIN},
        communities=list(forum.communities.all()),
        topics=list(forum.topics.all()),  # type: ignore[arg-type]  # one queryset for three lists
        organisers=list(forum.organisers.all()),
        offers=[OfferDetails(row.kind, row.language, row.have_already) for row in forum.offers.all()],
    )


def rhythm_of(series: Series | None) -> RhythmDetails:
    """The rhythm as it stands; just once for none."""
    return RhythmDetails(series.how_often, series.by, series.dates) if series is not None else RhythmDetails()


def on_its_day(details: ForumDetails, day: date) -> ForumDetails:
    """The same on another day; the day to answer by lies as long before it."""
    if details.on is None or details.reply_by is None:
        return replace(details, on=day)
    return replace(details, on=day, reply_by=day - (details.on - details.reply_by))
