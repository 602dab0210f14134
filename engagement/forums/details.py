"""What somebody says about a forum or a series before it is saved: plain values that pages and the API fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

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


LISTS = ("communities", "topics", "organisers", "offers")


def where_alike(own: ForumDetails, before: ForumDetails, after: ForumDetails) -> ForumDetails:
    """A date that differs from its series, as a change of the series leaves it: what was like the others changes with
    them, and what differed stays. Its day is its own."""
    changed = {
        name: getattr(after, name)
        for name in (*PLAIN, *LISTS)
        if name not in ("on", "reply_by") and _plain(getattr(own, name)) == _plain(getattr(before, name))
    }
    if _days_to_answer(own) == _days_to_answer(before):
        days = _days_to_answer(after)
        changed["reply_by"] = own.on - days if own.on is not None and days is not None else None
    else:
        changed["reply_by"] = own.reply_by
    return replace(own, **changed)


def _days_to_answer(details: ForumDetails) -> timedelta | None:
    if details.on is None or details.reply_by is None:
        return None
    return details.on - details.reply_by


def _plain(value: object) -> object:
    """A value that can be compared: lists of records in any order."""
    if not isinstance(value, list | tuple):
        return value
    return {(one.kind.pk, one.language.pk if one.language else None, one.have_already) if isinstance(one, OfferDetails)
            else one.pk for one in value}  # fmt: skip
