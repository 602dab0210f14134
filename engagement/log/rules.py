"""What is missing before a contact can be logged, a promise settled, a point added: the words both doors say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.lying import in_a_ward
from crm.areas.models import Area
from crm.base import wrong
from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker, each_within
from crm.base.tables import Line
from crm.communities.models import Community
from crm.communities.rules import merged
from crm.people.models import Person
from crm.people.rules import is_child
from engagement.log.details import EventDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.models import EngagementEvent, Point, Promise, Topic

NO_ONE = Blocker("who_missing", "Select who you met", "people")
NO_DATE = Blocker("date_missing", wrong.NOT_A_DAY, "occurred_on")
EARLIEST = date(2000, 1, 1)
TOO_LONG_AGO = Blocker("date_too_long_ago", "The date must be 1 January 2000 or later", "occurred_on")
TIME_AHEAD = Blocker("time_in_future", "The time must be now or in the past", "occurred_at")
FUTURE = Blocker("date_in_future", "The date must be today or in the past", "occurred_on")
NO_WORDS = Blocker("points_missing", "Write what people told you. One sentence is enough", "points")
NO_PROMISE = Blocker("promise_words_missing", "Write what you promised", "words")
NO_DUE_DAY = Blocker("promise_day_missing", "Choose by when you promised it", "due_on")
NO_KEEPER = Blocker("promise_keeper_away", "Choose somebody who meets people here today", "owner")
PROMISE_OPEN = Blocker("promise_open", "This promise is open")
DUE_PAST = Blocker("promise_day_past", "A promise must be due on the day of the contact or later", "due_on")
PROMISED_YEARS = 10
DUE_FAR = Blocker("promise_day_far", f"A promise must be due within {PROMISED_YEARS} years", "due_on")
MOST_PEOPLE = 100_000
TOO_FEW = Blocker("people_too_few", f"{wrong.too_small(1)}, or leave it empty", "people")
TOO_MANY = Blocker("people_too_many", wrong.too_large(MOST_PEOPLE), "people")
NOT_FROM_HERE = Blocker(
    "officer_from_elsewhere", "Choose colleagues of the team, or who work in this locality or everywhere", "officers"
)
NO_POINT_WORDS = Blocker(NO_WORDS.code, NO_WORDS.words, "words")
TWO_RAISERS = Blocker(
    "raised_by_two", "A point is raised by a person or by a group, not both", "raised_by_organisation"
)
NO_AUTHORITY = Blocker(
    "authority_missing", "Say with what right they were spoken for, like: asked to, or power of attorney", "authority"
)
NO_THROUGH = Blocker("through_missing", "Say which group spoke for them", "through")
EMPTY = Blocker("reach_empty", "Say which community, or how many people, or drop the row", "community")
TWICE = Blocker("reach_twice", "Each community stands once", "reach")
BARRIER_TWICE = Blocker("barrier_twice", "Each barrier stands once", "barriers")
NOBODY_FROM_US = Blocker("officers_missing", "Choose who from us was there", "officers")
NOT_RESTRICTED = Blocker(
    "readers_of_open", "Only a restricted contact has readers by name. Restrict it, or name nobody", "named_readers"
)
NO_READERS = Blocker("readers_missing", "Name at least one colleague who may read it", "named_readers")
CHILD_QUOTED = Blocker("child_quoted", "A child’s words are never quoted. Choose: may not be quoted", "quoting")
CHILD_THERE = Blocker(
    "child_was_there", "A child was there. Say which adult said it, or choose: may not be quoted", "quoting"
)
NOT_PRESENT = Blocker("raiser_not_present", "Add the person to the contact first", "raised_by")
NO_REASON = Blocker("reason_missing", "Say why, in a few words", "reason")
NO_REFERRAL_TEAM = Blocker("referral_team_missing", "Write which team you passed it on to", "to_team")
REFERRAL_FUTURE = Blocker("referral_in_future", "The time must be now or in the past", "passed_on_at")
IS_WITHDRAWN = Blocker("contact_withdrawn", "This contact was withdrawn. It can be read, not changed")


def blockers_to_logging(details: EventDetails, today: date | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a contact."""
    yield from _who(details)
    yield from _when(details, today or timezone.localdate())
    if not details.points:
        yield NO_WORDS
    yield from blockers_to_event_parts(details)
    yield from merged(communities_of(details), "reach")
    yield from retired(details.topics)
    if details.named_readers and not details.restricted:
        yield NOT_RESTRICTED
    present: set[object] = {person.pk for person in details.people}
    children = children_in(details.people)
    yield from each_within(
        "points",
        ([*blockers_to_adding_point(one, present), *blockers_to_quoting(one, children)] for one in details.points),
    )
    yield from each_within("promises", (blockers_to_promising(one, details.occurred_on) for one in details.promises))


def blockers_to_correcting(details: EventDetails, event: EngagementEvent) -> Iterator[Blocker]:
    """Everything that keeps a contact from being corrected like this."""
    if event.is_withdrawn:
        yield IS_WITHDRAWN
    yield from _who(details)
    yield from _when(details, timezone.localdate())
    yield from blockers_to_event_parts(details)
    yield from merged(communities_of(details), "reach", known=set(event.reach.values_list("community", flat=True)))
    yield from retired(details.topics, known=set(event.topics.values_list("pk", flat=True)))
    if not details.officers and event.officers.exists():
        yield NOBODY_FROM_US


def retired(topics: Iterable[Topic], *, known: Collection[object] = ()) -> Iterator[Blocker]:
    """Why a contact is not about these: they are no longer used. `known` are ids that stood there before."""
    for topic in topics:
        if topic.retired and topic.pk not in known:
            yield Blocker("topic_retired", f"“{topic}” is no longer used. Choose another topic", "topics")


def communities_of(details: EventDetails) -> list[Community]:
    """The communities a contact names."""
    return [row.community for row in details.reach or () if row.community is not None]


def _who(details: EventDetails) -> Iterator[Blocker]:
    headcount_somewhere = details.area is not None and any(row.people for row in details.reach or ())
    community = any(row.community for row in details.reach or ())
    if not (
        details.people or details.organisations or community or details.met_in_words.strip() or headcount_somewhere
    ):
        yield NO_ONE


def _when(details: EventDetails, today: date) -> Iterator[Blocker]:
    if details.occurred_on is None:
        yield NO_DATE
    elif details.occurred_on > today:
        yield FUTURE
    elif details.occurred_on < EARLIEST:
        yield TOO_LONG_AGO
    elif details.occurred_on == today and details.occurred_at and details.occurred_at > timezone.localtime().time():
        yield TIME_AHEAD


def colleagues_at(team: UUID | None, locality: UUID | None) -> QuerySet[User]:
    """Who may be named as there for us: colleagues of the team, and whoever meets people in the locality or
    everywhere. Nobody else, because whoever is named reads what was said."""
    today = RoleGrant.objects.on(timezone.localdate())
    of_team, of_locality = Q(team=team, team__isnull=False), Q(locality=locality, locality__isnull=False)
    here = of_locality | Q(team=None, locality=None)
    return User.objects.filter(is_active=True, grants__in=today.filter(of_team | here & Q(role__in=FIELD_ROLES)))


def blockers_to_naming_officers(
    officers: Iterable[User], *, known: set[object], team: UUID | None, locality: Area | None
) -> Iterator[Blocker]:
    """Who cannot be named as there for us. `known` are the ids of those who may stay or who log it themselves."""
    named = {officer.pk for officer in officers} - known
    if not named:
        return
    if named - set(colleagues_at(team, locality.pk if locality else None).values_list("pk", flat=True)):
        yield NOT_FROM_HERE


def blockers_to_event_parts(details: EventDetails) -> Iterator[Blocker]:
    """What is missing in who was reached, who may read it, and what was passed on."""
    yield from in_a_ward(details.area)
    yield from _reach(details.reach or ())
    if len(details.barriers) != len({row.barrier.pk for row in details.barriers}):
        yield BARRIER_TWICE
    if details.restricted and not details.named_readers:
        yield NO_READERS
    if details.safeguarding is not None:
        for blocker in blockers_to_passing_on(details.safeguarding):
            yield blocker.within("safeguarding")


def blockers_to_passing_on(details: SafeguardingDetails) -> Iterator[Blocker]:
    """What is missing in a concern that was passed on."""
    if not details.to_team.strip():
        yield NO_REFERRAL_TEAM
    if details.passed_on_at > timezone.now():
        yield REFERRAL_FUTURE


def _reach(rows: Sequence[ReachDetails]) -> Iterator[Blocker]:
    communities = [row.community.pk if row.community else None for row in rows]
    if len(communities) != len(set(communities)):
        yield TWICE
    yield from each_within("reach", map(_reached, rows))


def _reached(row: ReachDetails) -> Iterator[Blocker]:
    if row.community is None and row.people is None:
        yield EMPTY
    if row.people is not None and row.people < 1:
        yield TOO_FEW
    if (row.people or 0) > MOST_PEOPLE:
        yield TOO_MANY
    if row.voice == "through" and row.through is None:
        yield NO_THROUGH


def blockers_to_adding_point(point: PointDetails, people_present: set[object]) -> Iterator[Blocker]:
    """What is missing in a point. `people_present` are the ids of those the contact was with."""
    if not point.words.strip():
        yield NO_POINT_WORDS
    if point.raised_by and point.raised_by_organisation:
        yield TWO_RAISERS
    if point.raised_by and point.raised_by.pk not in people_present:
        yield NOT_PRESENT
    if point.voice == Point.Voice.SPOKEN_FOR and not point.authority.strip():
        yield NO_AUTHORITY


def children_in(people: Iterable[Person]) -> set[object]:
    """The ids of those who are under 18."""
    return {person.pk for person in people if is_child(person.age_band)}


def blockers_to_quoting(point: PointDetails, children_present: set[object]) -> Iterator[Blocker]:
    """Why the words may not be quoted: a child's never are, and nobody's in particular while a child was there."""
    if point.quoting != Point.Quoting.YES or point.raised_by_organisation or not children_present:
        return
    if point.raised_by is None:
        yield CHILD_THERE
    elif point.raised_by.pk in children_present:
        yield CHILD_QUOTED


def blockers_to_promising(promise: PromiseDetails, made_on: date | None) -> Iterator[Blocker]:
    """What is missing in a promise made on a day."""
    if not promise.words.strip():
        yield NO_PROMISE
    if promise.due_on is None:
        yield NO_DUE_DAY
    elif made_on is not None and promise.due_on < made_on:
        yield DUE_PAST
    elif is_far(promise.due_on, made_on):
        yield DUE_FAR
    if promise.owner is not None and not holds(promise.owner, FIELD_ROLES):
        yield NO_KEEPER
    if promise.to_community is not None:
        yield from merged([promise.to_community], "to_community")


def is_far(due_on: date, made_on: date | None) -> bool:
    """Whether a promise made on a day would be due later than anybody plans."""
    since = max(made_on or EARLIEST, timezone.localdate())
    return _years_before(due_on, PROMISED_YEARS) > _years_before(since, 0)


def _years_before(day: date, years: int) -> tuple[int, int, int]:
    """The same day of another year, to compare: 29 February has none there."""
    return day.year - years, day.month, day.day


def blockers_to_settling(promise: Promise) -> Iterator[Blocker]:
    """Why a promise cannot be kept, changed, broken or withdrawn any more."""
    if promise.state != Promise.State.OPEN:
        yield Blocker(f"promise_{promise.state}", f"This promise is already {promise.get_state_display().lower()}")
    elif promise.event.is_withdrawn:
        yield IS_WITHDRAWN


def blockers_to_reopening(promise: Promise) -> Iterator[Blocker]:
    """Why a promise cannot be opened again."""
    if promise.state == Promise.State.OPEN:
        yield PROMISE_OPEN
    if promise.event.is_withdrawn:
        yield IS_WITHDRAWN


def blockers_to_changing_promise(promise: Promise, changed: PromiseDetails, reason: str) -> Iterator[Blocker]:
    """Why a promise cannot be changed like this."""
    yield from blockers_to_settling(promise)
    # Whoever keeps it already may stay, gone or not: the words can then still be put right.
    asked = replace(changed, to_community=None, owner=None if changed.owner == promise.owner else changed.owner)
    yield from blockers_to_promising(asked, promise.event.occurred_on)
    yield from reason_missing(reason)


def reason_missing(reason: str) -> Iterator[Blocker]:
    """A reason is needed."""
    if not reason.strip():
        yield NO_REASON


def blockers_to_withdrawing(event: EngagementEvent, reason: str) -> Iterator[Blocker]:
    """Why a contact cannot be withdrawn."""
    if event.is_withdrawn:
        yield Blocker("contact_withdrawn", "This contact is already withdrawn")
    yield from reason_missing(reason)


def blockers_to_adding_to(event: EngagementEvent) -> Iterator[Blocker]:
    """Why nothing can be added to a contact."""
    if event.is_withdrawn:
        yield IS_WITHDRAWN


def blockers_to_finishing(event: EngagementEvent) -> Iterator[Blocker]:
    """Why the next step of a contact cannot be done."""
    yield from blockers_to_adding_to(event)
    if not event.follow_up:
        yield Blocker("no_next_step", "Nothing is left to do next. Somebody may have said already that it is done")


USUAL_ORDER, LONGEST_NAME = 100, 80
LARGEST_ORDER = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)


def blockers_to_keeping(name: str, others: QuerySet[Any]) -> Iterator[Blocker]:
    """Why an entry of a list that the council keeps cannot be called like this, beside the others of its list."""
    if not name:
        yield Blocker("name_missing", "Write a name", "name")
    elif others.filter(name__iexact=name).exists():
        kind = others.model._meta.verbose_name
        yield Blocker("name_taken", f"“{name}” is on the list already. Choose another name for this {kind}", "name")


def blockers_to_lists(lists: Mapping[str, Sequence[Line]]) -> Iterator[Blocker]:
    """Everything wrong in files of topics, barriers and kinds of support."""
    for lines in lists.values():
        above: set[str] = set()
        for line in lines:
            yield from _of_one_entry(line, above)
            above.add(line["name"].casefold())


def _of_one_entry(line: Line, above: set[str]) -> Iterator[Blocker]:
    name, order = line["name"], line["order"]
    if not name or len(name) > LONGEST_NAME:
        yield line.wrong("name_wrong", f"give it a name of 1 to {LONGEST_NAME} characters")
    if name and name.casefold() in above:
        yield line.wrong("name_twice", f"{name} already stands above")
    if order and not (order.isdecimal() and int(order) <= LARGEST_ORDER):
        yield line.wrong("order_wrong", f"the order must be a number from 0 to {LARGEST_ORDER:,}, or nothing")
    if line["retired"] not in ("", "yes"):
        yield line.wrong("retired_wrong", "write yes under retired, or nothing")
