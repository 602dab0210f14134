"""Forums as calendars show them: whatever is public, chosen by place, community, language or what is offered.

Plain values are read, not records: a calendar of 500 forums costs the same 4 queries as one of 5. The text of each
public entry is kept by the values it was made of: after a change one text is made, and joined to the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, Replace
from django.urls import reverse
from django.utils import timezone

from crm.areas.models import Council
from crm.base.joined import joined
from crm.base.kept import kept_for_all
from crm.people.models import Person
from crm.venues.models import Venue, VenueFact
from crm.venues.points import point_of
from engagement.forums.calendars.entries import CalendarEntry, Feed, Mailbox, Recurring, Status, Written
from engagement.forums.calendars.writing import written
from engagement.forums.calendars.zones import LONDON
from engagement.forums.models import CalendarEdition, Forum, ForumOffer, SkippedDate
from engagement.forums.models.forums import ForumQuerySet
from engagement.forums.reports.calendar_choices import FORUMS_OF, Chosen
from engagement.forums.vocabulary import ForumState, HowOften, Mode

JOIN_ONLINE = "You can join online. The link is sent to people who say that they come."
BETWEEN, PART = "\x1f", "\x1e"  # no keyboard writes them
# What is read of each forum and of its venue; whatever else its text depends on stands in `_Series` and `_Shared`.
SAID = (
    "series_id", "series__how_often", "series__uid", "venue_id", "pk", "uid", "title", "about", "state", "mode",
    "place_words", "sequence", "offered", "filed",
)  # fmt: skip
# Days and times come as the database writes them, and are read when a text must be made: name → where it stands.
TIMES = {"day": "on", "from": "starts", "to": "ends", "changed": "modified_at", "original_day": "original_on",
         "original_from": "series__starts"}  # fmt: skip
PRIVATELY = ("online_link", "cancelled_reason")  # not even read for a public calendar
VENUE = ("pk", "name", "address", "venue_changed", "map_point", "known")
NO_VENUE = ("", "", None, "", "")
KEPT = 2000  # texts a process keeps, some 3 KB each with what they are made of


def edition() -> tuple[int, datetime]:
    """The number of what public calendars say now, and since when. It is asked before the text is made. 1 query."""
    nothing_yet = (0, datetime.combine(first_day_shown(), time.min, LONDON))
    return next(iter(_editions()), nothing_yet)


@kept_for_all
def _editions() -> QuerySet[CalendarEdition, tuple[int, datetime]]:
    return CalendarEdition.objects.order_by("pk").values_list("number", "changed_at")[:1]


def first_day_shown(today: date | None = None) -> date:
    """A calendar reaches back to the first day of this month a year ago: it changes with the months, not the days."""
    day = today or timezone.localdate()
    return day.replace(year=day.year - 1, day=1)


def public_feed(chosen: Chosen, *, uid: str, address: str) -> Feed:
    """A calendar of public forums, each with its text. 4 queries."""
    council = _council()
    name, shared, organiser = council.name if council else "", _shared(council, False), _organiser(council)
    rows = _public_forums(chosen.way, chosen.pk, first_day_shown())
    return Feed(
        uid=uid,
        name=f"{chosen.name}, {name}" if name else chosen.name,
        items=tuple(text_of(parts, shared, organiser) for parts in _parts_of(rows)),
        organiser=organiser,
        address=address,
    )


@lru_cache(maxsize=KEPT)
def text_of(parts: _Parts, shared: _Shared, organiser: Mailbox | None) -> Written:
    """The text of a public entry, made once for the same values: when one forum changes, the others' texts are at hand.
    It is kept by all that it is made of, so that it cannot be of yesterday. Private entries are never kept."""
    return written(_item(parts, shared), organiser)


def forget_texts(person: Person) -> None:
    """Somebody is erased: texts of before may name them. For the action that erases them; other processes keep theirs
    until newer ones push them out, and give them to nobody."""
    transaction.on_commit(text_of.cache_clear)


def _organiser(council: Council | None) -> Mailbox | None:
    return Mailbox(council.contact_email, council.name) if council and council.contact_email else None


def public_forum(pk: UUID) -> tuple[CalendarEntry | Recurring, Mailbox | None] | None:
    """One public forum, to add to a calendar; None where there is none. It stands for itself, also out of a series."""
    council = _council()
    items = items_of(Forum.objects.public().filter(pk=pk), council, alone=True)
    return (items[0], _organiser(council)) if items else None


def items_of(
    forums: ForumQuerySet, council: Council | None, *, private: bool = False, alone: bool = False
) -> tuple[CalendarEntry | Recurring, ...]:
    """Forums as entries, the dates of a series together unless each is to stand `alone`. `private` ones also say how to
    join and why one is cancelled."""
    rows, shared = _said(forums, PRIVATELY if private else ()), _shared(council, private)
    return tuple(_item(parts, shared) for parts in _parts_of(rows, alone))


class _Series(NamedTuple):
    """The series of some dates, and every day its rule gave."""

    pk: UUID
    uid: str
    originals: tuple[datetime, ...]


class _Parts(NamedTuple):
    """All that is read for one entry, or for the dates of one series: the values of each date, and what is known of its
    venue."""

    dates: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]
    series: _Series | None = None


class _Shared(NamedTuple):
    """What all entries of a calendar share. The pages have a place for an id: they are asked for once."""

    contact: str
    page: str
    page_of_series: str
    private: bool


def _parts_of(rows: Iterable[tuple[Any, ...]], alone: bool = False) -> list[_Parts]:
    """What entries are made of, single forums before series. 2 queries beside that of the rows."""
    rows = list(rows)
    held_at = {venue for _, _, _, venue, *_ in rows if venue}
    venues = {venue[0]: venue[1:] for venue in _venues(tuple(sorted(held_at)))}
    single: list[_Parts] = []
    series: dict[tuple[UUID, str], list[Any]] = defaultdict(list)
    for row in rows:
        pk, how_often, uid, venue, *_ = row
        date_of = (row, venues.get(venue, NO_VENUE))
        if pk and how_often != HowOften.ONCE and not alone:
            series[pk, uid].append(date_of)
        else:
            single.append(_Parts((date_of,)))
    originals = _originals([pk for pk, _ in series])
    return single + [_Parts(tuple(dates), _Series(*key, originals[key[0]])) for key, dates in series.items()]


@kept_for_all
def _public_forums(way: str, pk: UUID | None, first_day: date) -> QuerySet[Forum, tuple[Any, ...]]:
    return _said(Forum.objects.public().filter(FORUMS_OF[way](pk), on__gte=first_day))


def _said(forums: ForumQuerySet, more: tuple[str, ...] = ()) -> QuerySet[Forum, tuple[Any, ...]]:
    """Of each forum what a calendar may say: its own values, with its offers and topics in words. 1 query."""
    kind, language = F("kind__name"), F("language__name")
    words = Case(
        When(language=None, then=Concat(kind, Value("."))), default=Concat(kind, Value(": "), language, Value("."))
    )
    offers = ForumOffer.objects.filter(forum=OuterRef("pk")).annotate(words=words).order_by("kind__order", "id")
    topics = Forum.topics.through.objects.filter(forum=OuterRef("pk")).order_by("topic__name")
    return (
        forums.annotate(**{name: Cast(field, TextField()) for name, field in TIMES.items()})
        .annotate(offered=joined(offers, "words", BETWEEN), filed=joined(topics, "topic__name", BETWEEN))
        .order_by("on", "starts", "id")
        .values_list(*SAID, *TIMES, *more)
    )


@kept_for_all
def _venues(pks: tuple[UUID, ...]) -> QuerySet[Venue, tuple[Any, ...]]:
    facts = VenueFact.objects.filter(venue=OuterRef("pk")).order_by("about")
    words = Replace("words", Value(BETWEEN), Value(" "))
    told = facts.annotate(told=Concat("about", Value(PART), "answer", Value(PART), words))
    return (
        Venue.objects.filter(pk__in=pks)
        .annotate(known=joined(told, "told", BETWEEN), venue_changed=F("modified_at"))
        .values_list(*VENUE)
    )


@kept_for_all
def _councils() -> QuerySet[Council]:
    return Council.objects.order_by("pk")[:1]


def _council() -> Council | None:
    return next(iter(_councils()), None)


def _shared(council: Council | None, private: bool) -> _Shared:
    page, of_series = _page_of_any("forum-for-anybody"), _page_of_any("series-for-anybody")
    return _Shared(_contact(council), page, of_series, private)


def _item(parts: _Parts, shared: _Shared) -> CalendarEntry | Recurring:
    """The entry, or the series. It looks at nothing but what it is given."""
    names = (*SAID, *TIMES, *(PRIVATELY if shared.private else ()), *VENUE[1:])
    entries = tuple(_entry(dict(zip(names, row + venue, strict=True)), parts, shared) for row, venue in parts.dates)
    if parts.series is None:
        return entries[0]
    link = "" if shared.private else shared.page_of_series.format(parts.series.pk)
    return Recurring(parts.series.uid, parts.series.originals, entries, link=link)


def _entry(row: dict[str, Any], parts: _Parts, shared: _Shared) -> CalendarEntry:
    """One forum."""
    cancelled, private = row["state"] == ForumState.CANCELLED, shared.private
    changed = datetime.fromisoformat(row["changed"])
    changed = changed if changed.tzinfo else changed.replace(tzinfo=UTC)  # SQLite keeps universal time and says no zone
    return CalendarEntry(
        uid=row["uid"],
        starts=_at(row["day"], row["from"]),
        ends=_at(row["day"], row["to"]),
        title=f"Cancelled: {row['title']}" if cancelled else row["title"],
        changed_at=max(changed, row["venue_changed"] or changed),
        sequence=row["sequence"],
        status=_status(row["state"]),
        about=_about(row, private and cancelled),
        access=_access(row, private),
        contact=shared.contact,
        place=_place(row),
        at=None if row["mode"] == Mode.ONLINE else point_of(row["map_point"]),
        topics=_several(row["filed"]),
        online=row["online_link"] if private and not cancelled else "",
        link="" if private else shared.page.format(row["pk"]),
        original=_at(row["original_day"], row["original_from"]) if parts.series else None,
        busy=private and not cancelled,
    )


def _at(day: str, at: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), LONDON)


def _about(row: dict[str, Any], says_why: bool) -> str:
    return "\n\n".join(part for part in (row["cancelled_reason"] if says_why else "", row["about"]) if part)


def _access(row: dict[str, Any], private: bool) -> tuple[str, ...]:
    online = () if row["mode"] == Mode.IN_PERSON or private else (JOIN_ONLINE,)
    facts = _several(row["known"]) if row["mode"] != Mode.ONLINE else ()
    return (*online, *_several(row["offered"]), *map(_fact, facts))


def _fact(told: str) -> str:
    """What is known of a venue in one thing, as a sentence."""
    about, answer, words = told.split(PART, 2)
    said = f"{VenueFact.About(about).label}: {VenueFact.Answer(answer).label.lower()}"
    return f"{said} ({words})." if words else f"{said}."


def _several(joined_words: str) -> tuple[str, ...]:
    return tuple(joined_words.split(BETWEEN)) if joined_words else ()


def _originals(keys: Sequence[UUID]) -> dict[UUID, tuple[datetime, ...]]:
    """Every day the rules of these series gave, published or not, at the time the series has. 1 query."""
    found: dict[UUID, set[datetime]] = defaultdict(set)
    if not keys:
        return {}
    made = Forum.objects.filter(series__in=keys).order_by().values_list("series_id", "original_on", "series__starts")
    skipped = SkippedDate.objects.filter(series__in=keys).order_by()
    for key, day, starts in made.union(skipped.values_list("series_id", "original_on", "series__starts"), all=True):
        if day is not None:
            found[key].add(datetime.combine(day, starts, LONDON))
    return {key: tuple(sorted(moments)) for key, moments in found.items()}


def _status(state: str) -> Status:
    if state == ForumState.CANCELLED:
        return Status.CANCELLED
    return Status.TENTATIVE if state == ForumState.DRAFT else Status.CONFIRMED


def _place(row: dict[str, Any]) -> str:
    where = ", ".join(part for part in (row["name"], row["place_words"], row["address"]) if part)
    if row["mode"] == Mode.ONLINE:
        return "Online"
    return f"{where or 'The place is not chosen yet'}{' and online' if row['mode'] == Mode.BOTH else ''}"


def _contact(council: Council | None) -> str:
    if council is None:
        return ""
    ways = [f"Phone {council.contact_phone}." if council.contact_phone else ""]
    ways += [f"Write to {council.contact_email}." if council.contact_email else ""]
    return " ".join(["Questions?", *(way for way in ways if way)])


def _page_of_any(name: str) -> str:
    """The full address of an open page, with a place for its id: asked for once, not for each of 500."""
    none = UUID(int=0)
    return settings.SITE_ADDRESS.rstrip("/") + reverse(name, args=[none]).replace(str(none), "{}")
