"""What the log can tell: recent groups, a group's card, timelines, what leaves as a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm.base.actors import Actor
from crm.base.joined import joined
from crm.base.kept import asked_ahead, kept, kept_for_all
from crm.base.together import each_once, load_together
from crm.communities.models import Community, CommunityLink
from crm.organisations.models import Organisation
from crm.people.flags import asked_of_flags
from crm.people.models import Person
from engagement.log.history import asks_of_history
from engagement.log.models import EngagementEvent, Point, Promise, Reach, SafeguardingReferral, Topic
from engagement.log.whom import people_among

RECENT_LOOKED_AT = 20


@dataclass(frozen=True)
class GroupCard:
    """What an officer should know about a group before they speak."""

    subject: Any
    late: Sequence[Promise]
    open_promises: Sequence[Promise]
    good_to_know: str
    languages: Sequence[str]
    last_on: date | None
    last_kind: str
    last_words: str
    last: EngagementEvent | None

    @property
    def said(self) -> list[Any]:
        """What stands on the card in somebody's words: the promises, and the last contact where they are shown."""
        return [*self.open_promises, *([self.last] if self.last else [])]

    @property
    def news(self) -> str:
        """What the closed card says on its outside: "1 promise is late"."""
        if not self.late:
            return ""
        return "1 promise is late" if len(self.late) == 1 else f"{len(self.late)} promises are late"


def recent_for(user: Actor, most: int = 2) -> list[Organisation | Person]:
    """The groups and people of this officer's last contacts, newest first, each once: 3 queries, and 3 more where the
    last twenty were all with the same."""
    found: dict[Any, Organisation | Person] = {}
    for _ in range(2):
        events = _own_last(user, tuple(found))
        for subject in _met_at(events, user):
            found.setdefault(subject.pk, subject)
        if len(found) >= most or len(events) < RECENT_LOOKED_AT:
            break
    return list(found.values())[:most]


@kept
def _own_last(reader: Actor, but: tuple[UUID, ...]) -> Any:
    """This officer's last contacts, of those that were not with any of these."""
    own = EngagementEvent.objects.visible_to(reader).standing().filter(logged_by=reader.pk)
    if but:
        own = own.exclude(organisations__in=but).exclude(contributions__person__in=but)
    return own.newest_first().with_parts("organisations", "contributions")[:RECENT_LOOKED_AT]


def _met_at(events: Sequence[Any], reader: Actor) -> Iterator[Organisation | Person]:
    """Whom these contacts were with: their groups, or else their people whom the reader may see."""
    met = [list(event.organisations.all()) or list(event.contributions.all()) for event in events]
    people = tuple(sorted({row.person_id for rows in met for row in rows if getattr(row, "person_id", None)}))
    seen = {person.pk: person for person in people_among(reader, people)} if people else {}
    for row in (row for rows in met for row in rows):
        subject = row if isinstance(row, Organisation) else seen.get(row.person_id)
        if subject is not None:
            yield subject


def cards_for(subjects: Sequence[Any], *, reader: Actor) -> dict[Any, GroupCard]:
    """The cards of several groups or people at once, by id: the same number of queries however many there are."""
    ids = tuple(subject.pk for subject in subjects)
    lasts: list[tuple[Any, ...]] = [
        (_last_contact, reader, str(subject._meta.model_name), subject.pk) for subject in subjects
    ]
    load_together([subject for subject in subjects if not _is_person(subject)], "languages")
    load_together([subject for subject in subjects if _is_person(subject)], "language_uses__language")
    with asked_ahead([(_open_promises, reader, ids), *lasts] if ids else []):
        promises = _by_subject(_open_promises(reader, ids)) if ids else {}
        last = {pk: found[0] for ask, *given, pk in lasts if (found := ask(*given, pk))}
    _with_points(last.values())
    return {subject.pk: _card(subject, promises.get(subject.pk, []), last.get(subject.pk)) for subject in subjects}


def _card(subject: Any, promises: list[Promise], last: Any) -> GroupCard:
    point = next(iter(last.readable_points), None) if last else None
    spoken = subject.languages.all() if isinstance(subject, Organisation) else _languages_of(subject)
    return GroupCard(
        subject=subject,
        late=[promise for promise in promises if promise.is_late],
        open_promises=promises,
        good_to_know=getattr(subject, "good_to_know", "") or getattr(subject, "contact_rules", ""),
        languages=sorted({language.name for language in spoken}),
        last_on=last.occurred_on if last else None,
        last_kind=last.get_kind_display() if last else "",
        last_words=point.words if point else "",
        last=last if point else None,
    )


def _languages_of(subject: Any) -> list[Any]:
    return [use.language for use in subject.language_uses.all()] if _is_person(subject) else []


def _is_person(subject: Any) -> bool:
    return isinstance(subject, Person)


@kept
def _open_promises(reader: Actor, subjects: tuple[UUID, ...]) -> Any:
    rows = Promise.objects.visible_to(reader).open()
    return (rows.filter(to_organisation__in=subjects) | rows.filter(to_person__in=subjects)).for_list()


def _by_subject(promises: Sequence[Promise]) -> dict[Any, list[Promise]]:
    found: dict[Any, list[Promise]] = {}
    for promise in promises:
        found.setdefault(promise.to_organisation_id or promise.to_person_id, []).append(promise)
    return found


@kept
def _last_contact(reader: Actor, kind: str, pk: UUID) -> Any:
    """The newest contact about a subject of which the reader may know."""
    rows = _events_with(kind, pk).standing().summaries_visible_to(reader).newest_first()
    return rows.saying_what_is_readable(reader)[:1]


def _with_points(events: Iterable[Any]) -> None:
    """Give each contact its first point where the reader may read it (`readable_points`). 1 query."""
    found = list(events)
    ids = tuple(dict.fromkeys(event.pk for event in found if event.may_read))
    points: dict[Any, list[Point]] = defaultdict(list)
    for point in _points_of(ids) if ids else ():
        points[point.event_id].append(point)
    for event in found:
        event.readable_points = points[event.pk][:1]


def events_about(subject: Any) -> Any:
    """The contacts with a group or a person, or that reached a community (or one within it), each once."""
    return _events_with(str(subject._meta.model_name), subject.pk)


def _events_with(kind: str, pk: UUID) -> Any:
    events = EngagementEvent.objects.all()
    if kind == "organisation":
        return events.filter(organisations=pk)
    if kind == "person":
        return events.filter(contributions__person=pk)
    reached = events.filter(reach__community__in=CommunityLink.objects.filter(ancestor=pk).values("descendant"))
    return events.filter(pk__in=reached.order_by().values("pk"))


@kept
def known_contacts(reader: Actor, kind: str, pk: UUID, most: int) -> Any:
    """The newest contacts about a subject of which the reader may know; `may_read`: whether words come with them."""
    rows = _events_with(kind, pk).summaries_visible_to(reader).newest_first()
    return rows.saying_what_is_readable(reader).select_related("logged_by")[:most]


@kept_for_all
def _points_of(events: tuple[UUID, ...]) -> QuerySet[Point]:
    return Point.objects.filter(event__in=events).select_related("language").order_by("position", "id")


@kept_for_all
def _topics_and_officers(events: tuple[UUID, ...]) -> Any:
    """The names of topics (0), and of who from us was there (1), by contact."""
    topics = EngagementEvent.topics.through.objects.filter(engagementevent__in=events)
    officers = EngagementEvent.officers.through.objects.filter(engagementevent__in=events)
    return topics.values_list(Value(0), "engagementevent", "topic__name").union(
        officers.values_list(Value(1), "engagementevent", "user__name"), all=True
    )


def summaries(subject: Any, *, reader: Actor, most: int) -> list[Any]:
    """The newest contacts about a subject of which the reader may know, with `topic_names` and who `met` them;
    `may_read` says whether words come with them. 2 queries."""
    rows: list[Any] = known_contacts(reader, str(subject._meta.model_name), subject.pk, most)
    ids, to_read = tuple(row.pk for row in rows), tuple(row.pk for row in rows if row.may_read)
    points: dict[Any, list[Point]] = defaultdict(list)
    named: dict[tuple[int, Any], list[str]] = defaultdict(list)
    with asked_ahead([(_topics_and_officers, ids), *([(_points_of, to_read)] if to_read else [])] if ids else []):
        for point in _points_of(to_read) if to_read else ():
            points[point.event_id].append(point)
        for which, event, name in _topics_and_officers(ids) if ids else ():
            named[which, event].append(name)
    for row in rows:
        row.readable_points = points[row.pk]
        row.topic_names, row.met = sorted(named[0, row.pk]), sorted(named[1, row.pk])
    return rows


def people_shown(event: EngagementEvent, *, reader: Actor) -> list[Person | None]:
    """The people of a contact; None for each whom the reader may not see, so that they are counted and not named."""
    present = [row.person for row in event.contributions.all() if row.person]
    seen = {person.pk for person in people_among(reader, each_once(one.pk for one in present))} if present else set()
    return [person if person.pk in seen else None for person in present]


@kept
def group_with(reader: Actor, pk: UUID) -> Any:
    """The group with this id, if the reader may open it."""
    return Organisation.objects.visible_to(reader).filter(pk=pk)[:1]


@kept
def promises_at(reader: Actor, event: UUID) -> Any:
    """The keys of a contact's promises that this reader may see."""
    return Promise.objects.visible_to(reader).filter(event=event).order_by().values_list("pk", flat=True)


@kept
def referrals_of(reader: Actor, event: UUID) -> Any:
    """The safeguarding concerns of a contact that were passed on, as far as this reader may know."""
    return SafeguardingReferral.objects.visible_to(reader).filter(event=event)


def asks_of_page(reader: Actor, event: EngagementEvent) -> list[tuple[Any, ...]]:
    """What the page of a contact will ask about it, to be asked at once."""
    present = each_once(row.person_id for row in event.contributions.all() if row.person_id)
    of_people = [(people_among, reader, present), *asked_of_flags(reader, present)] if present else []
    return [(promises_at, reader, event.pk), (referrals_of, reader, event.pk), *of_people, *asks_of_history(event)]


EXPORT_HEADINGS = [
    "Id", "Date", "How", "Ward", "Locality", "Place", "Team", "Logged by", "Groups", "Communities", "Topics", "Points",
    "Promises", "Withdrawn",
]  # fmt: skip


CHUNK = 2000


def export_rows(events: QuerySet[Any]) -> Iterator[list[str]]:
    """The rows of an export, 2,000 contacts at a time by key, so that memory stays flat however many there are: plain
    values, no records, and 2 queries a chunk. The first says where the chunk ends, so that the second looks up the
    words of just these contacts, whatever the database makes of the filters."""
    names = [_Names(model) for model, _ in NAMED]
    rows = events.order_by("-occurred_on", "-id")
    while True:
        last = rows.values_list("pk", "occurred_on")[CHUNK - 1 : CHUNK].first()
        here = rows.filter(_not_beyond(last)) if last else rows
        for row in here.values_list(*OWN, *(keys for _, keys in NAMED), *SAID):
            yield _export_row(row, names)
        if last is None:
            return
        rows = events.order_by("-occurred_on", "-id").filter(occurred_on__lte=last[1]).filter(_beyond(last))


def _beyond(row: Any) -> Q:
    return Q(occurred_on__lt=row[1]) | Q(pk__lt=row[0])


def _not_beyond(row: Any) -> Q:
    # The first half says nothing new; it lets PostgreSQL see how few days these are.
    return Q(occurred_on__gte=row[1]) & (Q(occurred_on__gt=row[1]) | Q(pk__gte=row[0]))


def _of_this(rows: QuerySet[Any], *order: str, link: str = "event") -> QuerySet[Any]:
    return rows.filter(**{link: OuterRef("pk")}).order_by(*order)


OWN = ("pk", "occurred_on", "kind", "area__name", "locality__name", "place", "team__name", "logged_by__name",
       "met_in_words", "withdrawn_reason")  # fmt: skip
_GROUPS, _TOPICS = EngagementEvent.organisations.through.objects, EngagementEvent.topics.through.objects
NAMED = (
    (Organisation, joined(_of_this(_GROUPS.all(), "id", link="engagementevent"), "organisation_id", ";")),
    (Community, joined(_of_this(Reach.objects.filter(community__isnull=False), "id"), "community_id", ";")),
    (Topic, joined(_of_this(_TOPICS.all(), "topic__name", link="engagementevent"), "topic_id", ";")),
)
SAID = (
    joined(_of_this(Point.objects.all(), "position", "id"), "words", " | "),
    joined(_of_this(Promise.objects.all(), "due_on", "id"), "words", " | "),
)


class _Names(dict[str, str]):
    """Id as the database writes it → name, read once: to look names up for each row took most of the time."""

    def __init__(self, model: Any) -> None:
        self.rows = model._default_manager
        super().__init__(self.rows.annotate(key=Cast("pk", TextField())).values_list("key", "name"))

    def __missing__(self, key: str) -> str:
        """A name that came while the file was written."""
        self[key] = self.rows.filter(pk=UUID(key)).values_list("name", flat=True).first() or ""
        return self[key]

    def of(self, keys: str) -> str:
        """The names of some ids, as one cell."""
        return "; ".join([self[key] for key in keys.split(";")]) if keys else ""


def _export_row(row: Any, names: Sequence[_Names]) -> list[str]:
    pk, day, kind, ward, locality, place, team, officer, met_in_words, withdrawn, *keys, points, promises = row
    groups, communities, topics = (known.of(these) for known, these in zip(names, keys, strict=True))
    if met_in_words:
        groups = f"{groups}; {met_in_words}" if groups else met_in_words
    return [str(pk), day.isoformat(), KINDS[kind], ward or "", locality or "", place, team or "", officer or "",
            groups, communities, topics, points, promises, withdrawn]  # fmt: skip


KINDS = dict(EngagementEvent.Kind.choices)
