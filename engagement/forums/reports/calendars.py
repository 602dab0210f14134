"""Forums as calendars show them: whatever is public, chosen by place, community, language or what is offered.

Plain values are read, not records: a calendar of 500 forums costs the same 8 queries as one of 5, and most of its time
goes into its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from crm.areas.models import Area, AreaKind, Council
from crm.communities.models import Community, CommunityLink
from crm.languages.models import Language
from crm.venues.models import Venue, VenueFact
from crm.venues.points import point_of
from engagement.forums.calendars.entries import CalendarEntry, Feed, Mailbox, Recurring, Status
from engagement.forums.calendars.zones import LONDON
from engagement.forums.models import CalendarEdition, Forum, ForumOffer, OfferKind, SkippedDate
from engagement.forums.models.forums import ForumQuerySet
from engagement.forums.vocabulary import ForumState, HowOften, Mode

VENUE = ("pk", "name", "address", "modified_at", "map_point")
JOIN_ONLINE = "You can join online. The link is sent to people who say that they come."
FORUM = (
    "pk", "uid", "title", "about", "state", "on", "starts", "ends", "mode", "venue_id", "place_words", "sequence",
    "modified_at", "original_on", "online_link", "cancelled_reason", "series_id", "series__uid", "series__how_often",
    "series__starts",
)  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """Which forums a calendar holds, and what people call it."""

    name: str
    forums: Q


def everything(key: str) -> Chosen | None:
    """All public forums."""
    return Chosen("All forums", Q()) if key == "forums" else None


def of_locality(key: str) -> Chosen | None:
    """Those of a locality, and those for the whole council."""
    area = Area.objects.filter(pk=_id(key), kind=AreaKind.LOCALITY).first()
    return Chosen(f"Forums in {area.name}", Q(locality=area) | Q(locality=None)) if area else None


def of_community(key: str) -> Chosen | None:
    """Those for a community and the communities inside it."""
    found = Community.objects.filter(pk=_id(key)).first()
    if found is None:
        return None
    inside = CommunityLink.objects.filter(ancestor=found).values("descendant")
    linked = Forum.communities.through.objects.filter(forum_id=OuterRef("pk"), community_id__in=inside)
    return Chosen(f"Forums for {found.name}", Q(Exists(linked)))


def in_language(key: str) -> Chosen | None:
    """Those with an interpreter or anything else in a language."""
    found = Language.objects.filter(code=key).first()
    return Chosen(f"Forums in {found.name}", Q(Exists(_offers(language=found)))) if found else None


def with_offer(key: str) -> Chosen | None:
    """Those that offer one thing: BSL interpreters, childcare."""
    found = OfferKind.objects.offered().filter(key=key).first()
    return Chosen(f"Forums with {found.name}", Q(Exists(_offers(kind=found)))) if found else None


# First part of the address → what chooses the forums by its second. A new way to choose is one line.
WAYS_TO_CHOOSE: dict[str, Callable[[str], Chosen | None]] = {
    "all": everything,
    "locality": of_locality,
    "community": of_community,
    "language": in_language,
    "offer": with_offer,
}


def edition() -> tuple[int, datetime]:
    """The number of what public calendars say now, and since when. It is asked before the text is made. 1 query."""
    found = CalendarEdition.objects.values_list("number", "changed_at").first()
    return found or (0, datetime.combine(first_day_shown(), time.min, LONDON))


def first_day_shown(today: date | None = None) -> date:
    """A calendar reaches back to the first day of this month a year ago: it changes with the months, not the days."""
    day = today or timezone.localdate()
    return day.replace(year=day.year - 1, day=1)


def public_feed(chosen: Chosen, *, uid: str, address: str) -> Feed:
    """A calendar of public forums. 8 queries."""
    council = Council.objects.first()
    forums = Forum.objects.public().filter(chosen.forums, on__gte=first_day_shown())
    name = council.name if council else ""
    return Feed(
        uid=uid,
        name=f"{chosen.name}, {name}" if name else chosen.name,
        items=items_of(forums, council),
        organiser=Mailbox(council.contact_email, name) if council and council.contact_email else None,
        address=address,
    )


def public_forum(pk: UUID) -> tuple[CalendarEntry | Recurring, Mailbox | None] | None:
    """One public forum, to add to a calendar; None where there is none. It stands for itself, also out of a series."""
    council = Council.objects.first()
    items = items_of(Forum.objects.public().filter(pk=pk), council, alone=True)
    mailbox = Mailbox(council.contact_email, council.name) if council and council.contact_email else None
    return (items[0], mailbox) if items else None


def items_of(
    forums: ForumQuerySet, council: Council | None, *, private: bool = False, alone: bool = False
) -> tuple[CalendarEntry | Recurring, ...]:
    """Forums as entries, the dates of a series together unless each is to stand `alone`. `private` ones also say how to
    join and why one is cancelled."""
    reading = _Reading(forums, council, private)
    single: list[CalendarEntry | Recurring] = []
    series: dict[UUID, list[CalendarEntry]] = defaultdict(list)
    uids: dict[UUID, str] = {}
    for row in reading.rows:
        repeats = row["series_id"] and row["series__how_often"] != HowOften.ONCE and not alone
        if repeats:
            uids[row["series_id"]] = row["series__uid"]
            series[row["series_id"]].append(reading.entry(row, of_series=True))
        else:
            single.append(reading.entry(row, of_series=False))
    originals = _originals(series)
    pages = _page_of_any("series-for-anybody")
    single += [
        Recurring(uids[key], originals[key], tuple(entries), link="" if private else pages.format(key))
        for key, entries in series.items()
    ]
    return tuple(single)


class _Reading:
    """The rows, and beside them what several forums share, each read once."""

    def __init__(self, forums: ForumQuerySet, council: Council | None, private: bool) -> None:
        self.private = private
        self.rows: list[dict[str, Any]] = list(forums.order_by("on", "starts", "id").values(*FORUM))
        ids = forums.order_by().values("pk")
        self.contact = _contact(council)
        self.page = _page_of_any("forum-for-anybody")
        self.offers: dict[Any, list[str]] = defaultdict(list)
        offered = ForumOffer.objects.filter(forum__in=ids).order_by("kind__order", "id")
        for forum, kind, language in offered.values_list("forum_id", "kind__name", "language__name"):
            self.offers[forum].append(f"{kind}: {language}." if language else f"{kind}.")
        self.topics: dict[Any, list[str]] = defaultdict(list)
        links = Forum.topics.through.objects.filter(forum__in=ids).order_by("topic__name")
        for forum, topic in links.values_list("forum_id", "topic__name"):
            self.topics[forum].append(topic)
        self._read_venues({row["venue_id"] for row in self.rows} - {None})

    def _read_venues(self, keys: Iterable[Any]) -> None:
        used = Venue.objects.filter(pk__in=list(keys))
        self.venues = {venue[0]: venue[1:] for venue in used.values_list(*VENUE)}
        self.facts: dict[Any, list[str]] = defaultdict(list)
        for fact in VenueFact.objects.filter(venue__in=used).order_by("about"):
            words = f" ({fact.words})" if fact.words else ""
            self.facts[fact.venue_id].append(f"{fact.get_about_display()}: {fact.get_answer_display().lower()}{words}.")

    def entry(self, row: dict[str, Any], *, of_series: bool) -> CalendarEntry:
        """One forum."""
        cancelled = row["state"] == ForumState.CANCELLED
        venue = self.venues.get(row["venue_id"], ("", "", row["modified_at"], ""))
        return CalendarEntry(
            uid=row["uid"],
            starts=datetime.combine(row["on"], row["starts"], LONDON),
            ends=datetime.combine(row["on"], row["ends"], LONDON),
            title=f"Cancelled: {row['title']}" if cancelled else row["title"],
            changed_at=max(row["modified_at"], venue[2]),
            sequence=row["sequence"],
            status=_status(row["state"]),
            about=self._about(row, cancelled),
            access=self._access(row),
            contact=self.contact,
            place=_place(row, venue),
            at=None if row["mode"] == Mode.ONLINE else point_of(venue[3]),
            topics=tuple(self.topics.get(row["pk"], ())),
            online=row["online_link"] if self.private and not cancelled else "",
            link="" if self.private else self.page.format(row["pk"]),
            original=datetime.combine(row["original_on"], row["series__starts"], LONDON) if of_series else None,
            busy=self.private and not cancelled,
        )

    def _about(self, row: dict[str, Any], cancelled: bool) -> str:
        reason = row["cancelled_reason"] if cancelled and self.private else ""
        return "\n\n".join(part for part in (reason, row["about"]) if part)

    def _access(self, row: dict[str, Any]) -> tuple[str, ...]:
        online = [] if row["mode"] == Mode.IN_PERSON or self.private else [JOIN_ONLINE]
        facts = [] if row["mode"] == Mode.ONLINE else self.facts.get(row["venue_id"], [])
        return (*online, *self.offers.get(row["pk"], ()), *facts)


def _originals(series: Iterable[UUID]) -> dict[UUID, tuple[datetime, ...]]:
    """Every day the rules of these series gave, published or not, at the time the series has. 2 queries."""
    found: dict[UUID, set[datetime]] = defaultdict(set)
    keys = list(series)
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


def _place(row: dict[str, Any], venue: tuple[str, str, datetime, str]) -> str:
    where = ", ".join(part for part in (venue[0], row["place_words"], venue[1]) if part)
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


def _offers(**which: Any) -> Any:
    return ForumOffer.objects.filter(forum_id=OuterRef("pk"), **which)


def _id(key: str) -> UUID:
    """The id in an address; one that nothing has where it is none, or is written otherwise than we write it: each
    address is kept as a text of its own, and an id can be written in endless ways."""
    nothing = UUID(int=0)
    try:
        return UUID(key) if str(UUID(key)) == key else nothing
    except ValueError:
        return nothing
