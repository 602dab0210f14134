"""Forums: planned, changed, moved, opened, cancelled, and dates of a series that are left out."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.actions import parts
from engagement.forums.details import ForumDetails
from engagement.forums.models import Forum, Series, SkippedDate
from engagement.forums.permissions import forums as permissions
from engagement.forums.reports.template import like_the_others, standing_details
from engagement.forums.rules import forums as rules
from engagement.forums.vocabulary import ForumState


@action(permissions.plan_forum)
def plan_forum(*, actor: User, details: ForumDetails) -> Forum:
    """Plan a forum that is held once, with the jobs it makes. Raises `InputBlocked` with every reason at once."""
    blockers = rules.blockers_to_keeping(details, today=timezone.localdate())
    refuse_input_if([*rules.blockers_to_reaching(actor, details), *blockers])
    forum = write(parts.fill(Forum(owner=actor), details), verb=Verb.FORUM_PLANNED)
    parts.set_parts(forum, details)
    parts.set_jobs(forum)
    return forum


@action(permissions.change_forum)
def change_forum(*, actor: User, forum: Forum, details: ForumDetails, expected_version: int | None = None) -> Forum:
    """Change a forum; a date of a series then differs from the others and keeps doing so. Its jobs move with its day
    until they are done. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing(fresh))
    refuse_input_if(rules.blockers_to_keeping(details, today=timezone.localdate(), was_on=fresh.on))
    _note_move(fresh, details.on or fresh.on)
    parts.fill(fresh, details)
    linked = parts.set_parts(fresh, details)
    fresh.changed_alone = fresh.changed_alone or (
        fresh.series_id is not None and bool(fresh.changed_fields() or linked)
    )
    saved = parts.keep(fresh, verb=Verb.FORUM_CHANGED, linked=linked)
    parts.set_jobs(saved)
    return saved


@action(permissions.move_forum)
def move_forum(
    *, actor: User, forum: Forum, on: date | None, starts: time | None = None, ends: time | None = None,
    expected_version: int | None = None,
) -> Forum:  # fmt: skip
    """Move a forum to another day, or other times; it keeps its place in its series. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing(fresh))
    starts, ends = starts or fresh.starts, ends or fresh.ends
    refuse_input_if(rules.blockers_to_moving(fresh, on, starts, ends, timezone.localdate()))
    _note_move(fresh, on or fresh.on)
    fresh.on, fresh.starts, fresh.ends = on or fresh.on, starts, ends
    if fresh.reply_by and fresh.reply_by >= fresh.on:
        fresh.reply_by = None
    fresh.changed_alone = fresh.series_id is not None
    saved = parts.keep(fresh, verb=Verb.FORUM_MOVED)
    parts.set_jobs(saved)
    return saved


def _note_move(forum: Forum, on: date) -> None:
    if forum.was_published and on != forum.on:
        forum.moved_from = forum.on


@action(permissions.skip_date)
def skip_date(*, actor: User, forum: Forum, expected_version: int | None = None) -> Series:
    """Leave a date of a series out that nobody was told of; it is not made again. Raises `Stale`, `Blocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_skipping(fresh))
    assert fresh.series is not None  # the rules refuse one without
    assert fresh.original_on is not None
    series = lock(fresh.series)
    day = fresh.original_on
    parts.remove(fresh)
    attach([SkippedDate(series=series, original_on=day)])
    return write(series, verb=Verb.SERIES_CHANGED, linked={"skipped": (None, day)})


@action(permissions.bring_back_date)
def bring_back_date(*, actor: User, series: Series, on: date | None, expected_version: int | None = None) -> Series:
    """Put a date back that was left out: it is like the others, and open where they are. `on` is the day by the rule.
    Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(series, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    row = SkippedDate.objects.filter(series=fresh, original_on=on).first() if on is not None else None
    refuse_input_if(rules.blockers_to_bringing_back(row, timezone.localdate()))
    assert row is not None  # the rules refused it otherwise
    like = like_the_others(fresh)
    details, opened = standing_details(fresh), like is not None and like.was_published
    day = row.original_on
    row.delete()
    parts.add_dates(fresh, details, [day], owner=fresh.owner, opened=opened)
    return write(fresh, verb=Verb.DATE_BROUGHT_BACK, linked={"skipped": (day, None)})


@action(permissions.open_forum)
def open_forum(*, actor: User, forum: Forum, expected_version: int | None = None) -> Forum:
    """People may be told of it from now on; where it is open to anybody, it stands in public calendars. Raises `Stale`,
    `Blocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_opening(fresh, timezone.localdate()))
    parts.mark_open(fresh)
    return write(fresh, verb=Verb.FORUM_OPENED)


@action(permissions.cancel_forum)
def cancel_forum(*, actor: User, forum: Forum, reason: str, expected_version: int | None = None) -> Forum:
    """It does not take place; who was told of it hears it with the reason. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing(fresh))
    refuse_input_if(rules.blockers_to_cancelling(reason))
    fresh.state, fresh.cancelled_reason = ForumState.CANCELLED, reason.strip()
    return parts.keep(fresh, verb=Verb.FORUM_CANCELLED)
