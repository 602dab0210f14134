"""What is missing before a forum can be saved, opened, moved, skipped or cancelled: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from crm.accounts.models import User
from crm.areas.models import AreaKind
from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.rules import Blocker
from crm.base.words import named_time
from engagement.forums.details import ForumDetails, RhythmDetails
from engagement.forums.models import Forum, Job, Series, SkippedDate
from engagement.forums.permissions.forums import may_plan_in
from engagement.forums.vocabulary import COMING, ForumState, HowOften, Mode

MOST_DATES = 60
FURTHEST_YEARS = 3

NO_LOCALITY = Blocker("locality_missing", "Choose your locality", "locality")
NO_TITLE = Blocker("title_missing", "Write what the forum is about", "title")
NO_DAY = Blocker("day_missing", "Write the date of the forum, like 12 1 2027", "on")
PAST_DAY = Blocker("day_in_past", "The first date must be in the future", "on")
MOVED_TO_PAST = Blocker("day_in_past", "The date must be in the future", "on")
FAR_DAY = Blocker("day_too_far", f"The date must be within {FURTHEST_YEARS} years", "on")
NO_START = Blocker("start_missing", "Write when it starts, like 1:30pm", "starts")
NO_END = Blocker("end_missing", "Write when it ends, like 3:30pm", "ends")
NOT_A_LOCALITY = Blocker("not_a_locality", "Choose a locality, or none for the whole council", "locality")
MERGED = Blocker("community_merged", "This community goes on under another. Choose that one", "communities")
CLOSED_VENUE = Blocker("venue_closed", "This venue is not used any more. Choose another", "venue")
REPLY_LATE = Blocker("reply_by_late", "The day to answer by must be before the forum", "reply_by")
NO_ROOM = Blocker("capacity_missing", "Write how many people fit in, 1 or more", "capacity")
NO_RHYTHM = Blocker("rhythm_missing", "Choose how often", "how_often")
NOT_REPEATING = Blocker("not_repeating", "Choose how often it comes again", "how_often")
BAD_NUMBER = Blocker("dates_wrong", f"Write how many dates, from 1 to {MOST_DATES}", "dates")
OVER = Blocker("forum_over", "This forum took place or was cancelled. It cannot be changed any more")
IN_SERIES = Blocker("forum_in_series", "This forum belongs to a series already")
PUBLISHED_RHYTHM = Blocker(
    "dates_published",
    "People were told some of these dates. Move or cancel those one by one, or end this series and plan a new one",
    "how_often",
)
ENDED = Blocker("series_ended", "This series has ended")
NOT_DRAFT = Blocker("forum_not_draft", "This forum is open already")
NO_PLACE = Blocker("place_missing", "Choose the venue, or write where it is", "venue")
GONE = Blocker("day_in_past", "The day of this forum is past. Move it first", "on")
NO_REASON = Blocker("reason_missing", "Write why it is cancelled", "reason")
PUBLISHED = Blocker("forum_published", "People were told of this date. Cancel it instead, so that they hear of it")
NOT_IN_SERIES = Blocker("forum_not_in_series", "This forum is held just once. Cancel it instead")
NOT_SKIPPED = Blocker("date_not_skipped", "Choose a date that was left out", "on")
SKIPPED_PAST = Blocker("day_in_past", "This day is past. Plan a forum of its own instead", "on")
DONE = Blocker("job_done", "This job is done already")
NOT_HERE = Blocker("owner_not_here", "Choose somebody with an open account and a role today", "owner")
SAME_DAY = Blocker("nothing_changed", "Write another day or time", "on")


def blockers_to_reaching(actor: Actor, details: ForumDetails) -> Iterator[Blocker]:
    """A forum of no locality is the whole council's: a champion names theirs."""
    if details.locality is None and not may_plan_in(actor, None):
        yield NO_LOCALITY


def blockers_to_keeping(details: ForumDetails, *, today: date, was_on: date | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a forum. A day that stands already may have come."""
    if not details.title.strip():
        yield NO_TITLE
    if details.on is None:
        yield NO_DAY
    elif details.on != was_on:
        yield from _blockers_to_day(details.on, today, PAST_DAY if was_on is None else MOVED_TO_PAST)
    yield from blockers_to_times(details.starts, details.ends)
    yield from _blockers_to_place(details)
    if details.on and details.reply_by and details.reply_by >= details.on:
        yield REPLY_LATE
    if details.capacity == 0:
        yield NO_ROOM


def _blockers_to_day(day: date, today: date, past: Blocker) -> Iterator[Blocker]:
    if day <= today:
        yield past
    elif day.year > today.year + FURTHEST_YEARS:
        yield FAR_DAY


def blockers_to_times(starts: time | None, ends: time | None) -> Iterator[Blocker]:
    """Why it cannot start and end then."""
    if starts is None:
        yield NO_START
    if ends is None:
        yield NO_END
    elif starts is not None and ends <= starts:
        yield Blocker("end_before_start", f"The end time must be after {named_time(starts)}", "ends")


def _blockers_to_place(details: ForumDetails) -> Iterator[Blocker]:
    if details.locality is not None and details.locality.kind != AreaKind.LOCALITY:
        yield NOT_A_LOCALITY
    if any(community.merged_into_id for community in details.communities):
        yield MERGED
    if details.venue is not None and details.venue.closed_on and (details.on or date.max) >= details.venue.closed_on:
        yield CLOSED_VENUE


def blockers_to_rhythm(rhythm: RhythmDetails) -> Iterator[Blocker]:
    """Why it cannot come again like that."""
    if rhythm.how_often not in HowOften.values:
        yield NO_RHYTHM
    if rhythm.dates is not None and not 1 <= rhythm.dates <= MOST_DATES:
        yield BAD_NUMBER


def blockers_to_repeating(forum: Forum, rhythm: RhythmDetails) -> Iterator[Blocker]:
    """Why a single forum cannot come again."""
    if forum.series_id is not None:
        yield IN_SERIES
    if rhythm.how_often == HowOften.ONCE:
        yield NOT_REPEATING


def blockers_to_changing(forum: Forum) -> Iterator[Blocker]:
    """Why nothing about it can be changed any more."""
    if forum.state not in COMING:
        yield OVER


def blockers_to_giving(forum: Forum) -> Iterator[Blocker]:
    """Why nobody needs to look after it any more."""
    if forum.state not in (*COMING, ForumState.HELD):
        yield OVER


def blockers_to_changing_series(
    series: Series, details: ForumDetails, rhythm: RhythmDetails, published: bool
) -> Iterator[Blocker]:
    """Why its rhythm, first day or end cannot change: people were told dates of it."""
    if series.ended_on:
        yield ENDED
    before = (series.how_often, series.by, series.first_on)
    if published and before != (rhythm.how_often, rhythm.by, details.on):
        yield PUBLISHED_RHYTHM


def blockers_to_ending(series: Series) -> Iterator[Blocker]:
    """Why it cannot end."""
    if series.ended_on:
        yield ENDED


def blockers_to_skipping(forum: Forum) -> Iterator[Blocker]:
    """Why a date cannot simply be left out."""
    if forum.series_id is None:
        yield NOT_IN_SERIES
    elif forum.was_published:
        yield PUBLISHED
    elif forum.state not in COMING:
        yield OVER


def blockers_to_bringing_back(row: SkippedDate | None, today: date) -> Iterator[Blocker]:
    """Why a date cannot be put back."""
    if row is None:
        yield NOT_SKIPPED
    elif row.original_on <= today:
        yield SKIPPED_PAST


def blockers_to_opening(forum: Forum, today: date) -> Iterator[Blocker]:
    """Why people cannot be told of it yet."""
    if forum.state != ForumState.DRAFT:
        yield NOT_DRAFT
        return
    if forum.on < today:
        yield GONE
    if forum.mode != Mode.ONLINE and forum.venue_id is None and not forum.place_words:
        yield NO_PLACE


def blockers_to_cancelling(reason: str) -> Iterator[Blocker]:
    """Why it cannot be cancelled."""
    if not reason.strip():
        yield NO_REASON


def blockers_to_moving(forum: Forum, on: date | None, starts: time, ends: time, today: date) -> Iterator[Blocker]:
    """Why it cannot be moved there."""
    if on is None:
        yield NO_DAY
    elif (on, starts, ends) == (forum.on, forum.starts, forum.ends):
        yield SAME_DAY
    elif on != forum.on:
        yield from _blockers_to_day(on, today, MOVED_TO_PAST)
    yield from blockers_to_times(starts, ends)


def blockers_to_owning(owner: User) -> Iterator[Blocker]:
    """Why this colleague cannot have a job."""
    if not (owner.is_active and holds(owner, FIELD_ROLES)):
        yield NOT_HERE


def blockers_to_doing(job: Job) -> Iterator[Blocker]:
    """Why a job cannot be done or given away."""
    if job.done_on:
        yield DONE
