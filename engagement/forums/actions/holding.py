"""A forum takes place, and is closed: closing writes the one contact that everything counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write, write_new
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.communities.rules import merged
from crm.erasing.actions.stones import take_away
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.forums.held import ClosingDetails
from engagement.forums.models import Arrangement, Attendance, Captured, Forum, Invitation
from engagement.forums.permissions import holding as permissions
from engagement.forums.reports.closing import proposed, reached_at
from engagement.forums.reports.desk import heads_of
from engagement.forums.rules import holding as rules
from engagement.forums.vocabulary import ForumState, Mode
from engagement.log.actions.events import enter_event
from engagement.log.details import EventDetails, PointDetails, PromiseDetails
from engagement.log.models import Contribution, EngagementEvent, Point
from engagement.log.rules import blockers_to_event_parts, children_in, communities_of

OPEN_QUESTIONS = ("communities", "topics", "support_used", "languages_used", "barriers")


@action(permissions.hold_forum)
def hold_forum(*, actor: User, forum: Forum, expected_version: int | None = None) -> Forum:
    """It takes place: from now on it is written down who comes and what is said. Raises `Stale`, `Blocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_holding(fresh, timezone.localdate()))
    fresh.state = ForumState.HELD
    return write(fresh, verb=Verb.FORUM_HELD)


@action(permissions.take_back_held)
def take_back_held(*, actor: User, forum: Forum, reason: str, expected_version: int | None = None) -> Forum:
    """It was pressed by mistake: the forum is open again, with the reason, and must be called ready anew. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_taking_back_held(fresh))
    refuse_input_if(rules.blockers_to_saying_why(reason))
    fresh.state, fresh.ready_as = ForumState.OPEN, {}
    fresh.reopened_reason = f"It was taken back that it takes place: {reason.strip().rstrip('.')}"
    return write(fresh, verb=Verb.FORUM_NOT_HELD)


@action(permissions.close_forum)
def close_forum(
    *, actor: User, forum: Forum, details: ClosingDetails | None = None, expected_version: int | None = None
) -> Forum:
    """Close it and write its one contact: who was reached, what was said and promised, what support was used and what
    kept people away. The forum is locked, so that two presses write one. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_closing_at_all(fresh))
    told = _with_defaults(fresh, details or ClosingDetails())
    captured = list(Captured.objects.filter(forum=fresh).for_list().order_by("id"))
    heads = heads_of(fresh).all
    promised = [one for one in captured if one.is_promise]
    blockers = [
        *rules.blockers_to_closing(fresh, told, heads=heads, said=len(captured) - len(promised)),
        *rules.blockers_to_what_was_promised(fresh, promised),
    ]
    refuse_if(one for one in blockers if not one.field)
    refuse_input_if(blockers)
    if told.rest_stayed_away:
        _note_those_who_stayed_away(fresh)
    came = list(Attendance.objects.filter(forum=fresh, came=True).for_list())
    event = _write_contact(actor, fresh, told, captured, came, heads)
    _take_away(captured)
    fresh.event, fresh.state = event, ForumState.CLOSED
    fresh.next_words, fresh.next_by = told.next_words.strip(), told.next_by
    return write(fresh, verb=Verb.FORUM_CLOSED)


def _with_defaults(forum: Forum, details: ClosingDetails) -> ClosingDetails:
    open_ones = [name for name in OPEN_QUESTIONS if getattr(details, name) is None]
    if not open_ones:
        return details
    known = proposed(forum)
    return replace(details, **{name: getattr(known, name) for name in open_ones})


def _note_those_who_stayed_away(forum: Forum) -> None:
    """Whoever said yes and is not on the list did not come. Maybe was no promise."""
    rows = Invitation.objects.coming().filter(forum=forum, answer="yes", attendance=None, person__stopped_on=None)
    new = [
        Attendance(forum=forum, invitation=one, person=one.person, organisation=one.organisation, came=False)
        for one in rows.for_list()
        if not Attendance.objects.filter(forum=forum, person=one.person).exclude(person=None).exists()
    ]
    write_new(new, verb=Verb.ATTENDANCE_NOTED)


def _write_contact(
    actor: User, forum: Forum, told: ClosingDetails, captured: Sequence[Captured], came: Sequence[Attendance],
    heads: int,
) -> EngagementEvent:  # fmt: skip
    """Those who asked us to stop using their record are counted, and stand in no contact."""
    people = [row.person for row in came if row.person is not None and row.person.stopped_on is None]
    groups = [row.organisation for row in came if row.organisation is not None]
    details = _event_details(actor, forum, told, people, groups, heads)
    children = bool(children_in(people))
    points = [_point(one, people, children=children) for one in captured if not one.is_promise]
    promises = [_promise(one, forum, told, people) for one in captured if one.is_promise]
    details = replace(details, points=points, promises=promises)
    refuse_input_if([*blockers_to_event_parts(details), *merged(communities_of(details), "communities")])
    event, present = enter_event(actor, details, locality=forum.locality)
    _link(came, present)
    _tie_outcomes(forum, event, present)
    return event


def _event_details(
    actor: User, forum: Forum, told: ClosingDetails, people: Sequence[Person], groups: Sequence[Organisation],
    heads: int,
) -> EventDetails:  # fmt: skip
    from_us = {user.pk: user for user in (forum.owner, *forum.organisers.all(), actor)}
    words = f"Forum: {forum.title}" if heads else f"Forum nobody came to: {forum.title}"
    return EventDetails(
        occurred_on=forum.on,
        occurred_at=forum.starts,
        kind=EngagementEvent.Kind.ONLINE if forum.mode == Mode.ONLINE else EngagementEvent.Kind.IN_PERSON,
        area=forum.venue.area if forum.venue else None,
        place=forum.where[:200],
        officers=list(from_us.values()),
        organisations=groups,
        people=people,
        met_in_words=words[:200],
        reach=reached_at(forum, told, groups, heads),
        topics=told.topics or (),
        support_used=told.support_used or (),
        languages_used=told.languages_used or (),
        barriers=told.barriers or (),
        follow_up=told.next_words.strip()[:300],
        follow_up_on=told.next_by,
    )


def _point(one: Captured, people: Sequence[Person], *, children: bool) -> PointDetails:
    """What was said as a point. While a child was there, nobody's words in particular are quoted."""
    by = one.raised_by
    person = by.person if by is not None and by.person in people else None
    group = by.organisation if by is not None else None
    unnamed = person is None and group is None
    return PointDetails(
        words=one.words,
        kind=one.kind,
        wording=Point.Wording.VERBATIM if one.verbatim else Point.Wording.PARAPHRASE,
        language=one.language,
        raised_by=person,
        raised_by_organisation=group,
        quoting=Point.Quoting.ASKED_NO if children and unnamed else one.quoting,
    )


def _promise(one: Captured, forum: Forum, told: ClosingDetails, people: Sequence[Person]) -> PromiseDetails:
    """To whoever raised it; otherwise to the community the meeting was for."""
    by = one.raised_by
    person = by.person if by is not None and by.person in people else None
    group = by.organisation if by is not None else None
    community = next(iter(told.communities or ()), None) if person is None and group is None else None
    return PromiseDetails(
        words=one.words, due_on=one.due_on, owner=one.owner or forum.owner, to_person=person, to_organisation=group,
        to_community=community,
    )  # fmt: skip


def _link(came: Sequence[Attendance], present: dict[object, Contribution]) -> None:
    """Each who came leads to their part in the contact: erasing the person cuts both."""
    linked = [row for row in came if row.person_id in present]
    for row in linked:
        row.contribution = present[row.person_id]
    Attendance.objects.bulk_update(linked, ["contribution"], batch_size=500)


def _tie_outcomes(forum: Forum, event: EngagementEvent, present: dict[object, Contribution]) -> None:
    """How needs were met at the forum counts at its contact."""
    rows = Arrangement.objects.filter(forum=forum, outcome__isnull=False, outcome__event=None)
    for row in rows.filter(invitation__person__in=[pk for pk in present if pk]).select_related("outcome"):
        assert row.outcome is not None
        row.outcome.event = event
        write(row.outcome, verb=Verb.NEED_OUTCOME_CHANGED)


def _take_away(captured: Sequence[Any]) -> None:
    """The words stand in the contact now, and nowhere else."""
    if captured:
        record(Verb.WORDS_DROPPED, kind="captured", count=len(captured))
        take_away(Captured.objects.filter(pk__in=[one.pk for one in captured]))
