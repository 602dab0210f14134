"""Why a forum cannot be held or closed, and what is missing in who came and what was said: words of every door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crm.accounts.models import User
from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker
from crm.base.words import named_day
from crm.people.rules import is_child
from engagement.forums.held import AttendanceDetails, CapturedDetails, ClosingDetails, HeadcountDetails
from engagement.forums.models import Attendance, Captured, Forum
from engagement.forums.vocabulary import PAST, ForumState
from engagement.log.details import PromiseDetails
from engagement.log.models import Point
from engagement.log.rules import DUE_FAR, NO_KEEPER, blockers_to_promising, is_far

MOST_HEADS, MOST_WITH_ONE, LONGEST_REASON = 100_000, 50, 150

DRAFT = Blocker("forum_not_open", "Open this forum first")
NOT_READY = Blocker(
    "forum_not_ready", "Say first that this forum is ready. If something is missing, write why it is held all the same"
)
HELD = Blocker("forum_held", "It is written down already that this forum takes place")
OVER = Blocker("forum_over", "This forum was cancelled")
NOT_HELD = Blocker("forum_not_held", "Say first that this forum takes place")
NOT_HELD_AT_ALL = Blocker("forum_not_held", "Nobody said that this forum takes place")
WRITTEN_ALREADY = Blocker(
    "forum_written_down", "It is written down who came, or what was said. Take that back first, or close this forum"
)
NO_REASON = Blocker("reason_missing", "Write why it is taken back", "reason")
LONG_REASON = Blocker("reason_too_long", f"Use {LONGEST_REASON} letters or fewer", "reason")
CLOSED = Blocker("forum_closed", "This forum is closed, and its contact is written. Correct it there")
IS_CLOSED = Blocker("forum_closed", "This forum is closed already")
WHO_TWICE = Blocker("who_twice", "Say who it is once: an invitation or a person", "person")
OTHER_FORUM = Blocker("not_of_this_forum", "They were invited to another forum", "invitation")
STOPPED = Blocker("person_stopped", "They asked us to stop using their record. Count them without a name", "person")
SPOKE_AWAY = Blocker("spoke_without_coming", "Somebody who spoke was there. Say that they came", "spoke")
WITH_NOBODY = Blocker("others_without_coming", "Count those who came with somebody only where they came", "others")
TOO_MANY = Blocker("too_many_others", f"Write how many came with them, up to {MOST_WITH_ONE}", "others")
CAME_ALL_THE_SAME = Blocker("kept_away_and_came", "They came. Leave out what kept them away", "reason")
NO_NUMBER = Blocker("people_wrong", f"Write how many people, from 0 to {MOST_HEADS:,}", "heads")
TWICE = Blocker("community_twice", "Each community stands once", "heads")
MERGED = Blocker("community_merged", "This community goes on under another. Choose that one", "heads")
GONE_AWAY = Blocker("colleague_away", "Choose somebody with an open account", "met_by")
NOBODY_MEETS = Blocker("met_by_missing", "Choose who meets them", "met_by")
NO_WORDS = Blocker("words_missing", "Write what was said. One sentence is enough", "words")
NO_DAY = Blocker("promise_day_missing", "Choose by when you promised it", "due_on")
EARLY = Blocker("promise_day_past", "A promise must be due on the day of the forum or later", "due_on")
NOT_THERE = Blocker("raiser_not_there", "Choose somebody who came to this forum", "raised_by")
CHILD_QUOTED = Blocker("child_quoted", "A child’s words are never quoted. Choose: may not be quoted", "quoting")
NOBODY_YET = Blocker("nobody_counted", "Write down who came, or how many. If nobody came, say so", "nobody_came")
SOMEBODY_CAME = Blocker("somebody_came", "Somebody stands on the list who came", "nobody_came")
NOTHING_SAID = Blocker("nothing_said", "Write down at least one thing that people said. One sentence is enough")
OWNER_AWAY = Blocker(
    "promise_keeper_away", "Give this forum to somebody who meets people here today: they keep what was promised"
)
NO_NEXT_DAY = Blocker("next_day_missing", "Write by when it happens", "next_by")
NO_NEXT_WORDS = Blocker("next_words_missing", "Write what happens next", "next_words")
NEXT_EARLY = Blocker("next_day_past", "What happens next must be after the forum", "next_by")


def blockers_to_holding(forum: Forum, today: date) -> Iterator[Blocker]:
    """Why it cannot be said that it takes place."""
    by_state = {
        ForumState.DRAFT: DRAFT, ForumState.OPEN: NOT_READY, ForumState.HELD: HELD, ForumState.CLOSED: IS_CLOSED,
        ForumState.CANCELLED: OVER,
    }  # fmt: skip
    if forum.state in by_state:
        yield by_state[ForumState(forum.state)]
    if forum.on > today and forum.state not in (*PAST, ForumState.CANCELLED):
        yield Blocker("forum_ahead", f"The day of this forum is still to come: {named_day(forum.on)}")


def blockers_to_taking_back_held(forum: Forum) -> Iterator[Blocker]:
    """Why it cannot be taken back that it takes place. Only a press by mistake can, before anything is written down."""
    if forum.state != ForumState.HELD:
        yield IS_CLOSED if forum.state == ForumState.CLOSED else NOT_HELD_AT_ALL
    elif any(rows.exists() for rows in (forum.attendances, forum.headcounts, forum.captured)):
        yield WRITTEN_ALREADY


def blockers_to_saying_why(reason: str) -> Iterator[Blocker]:
    """What is missing in the reason."""
    if not reason.strip():
        yield NO_REASON
    elif len(reason.strip()) > LONGEST_REASON:
        yield LONG_REASON


def blockers_to_preparing(forum: Forum) -> Iterator[Blocker]:
    """Why nothing can be prepared for its day any more."""
    if forum.state == ForumState.CLOSED:
        yield IS_CLOSED
    elif forum.state == ForumState.CANCELLED:
        yield OVER


def blockers_to_meeting(met_by: User | None, words: str) -> Iterator[Blocker]:
    """Why somebody cannot be met by this colleague."""
    if met_by is not None and not met_by.is_active:
        yield GONE_AWAY
    if met_by is None and words.strip():
        yield NOBODY_MEETS


def blockers_to_the_desk(forum: Forum) -> Iterator[Blocker]:
    """Why nothing can be written down at its desk."""
    if forum.state == ForumState.CLOSED:
        yield CLOSED
    elif forum.state != ForumState.HELD:
        yield NOT_HELD


def blockers_to_noting(forum: Forum, details: AttendanceDetails) -> Iterator[Blocker]:
    """Why it cannot be written down that they came, or did not. What kept somebody away may be learnt later, when the
    forum is closed."""
    if details.came or forum.state != ForumState.CLOSED:
        yield from blockers_to_the_desk(forum)


def blockers_to_attendance(forum: Forum, details: AttendanceDetails) -> Iterator[Blocker]:
    """What cannot be right about who came."""
    invitation, person = details.invitation, details.person
    if invitation is not None and invitation.forum_id != forum.pk:
        yield OTHER_FORUM
    if invitation is not None and person is not None and invitation.person_id != person.pk:
        yield WHO_TWICE
    who = person or (invitation.person if invitation else None)
    if who is not None and who.stopped_on is not None:
        yield STOPPED
    if not details.came and details.spoke:
        yield SPOKE_AWAY
    if not details.came and details.others:
        yield WITH_NOBODY
    if not 0 <= details.others <= MOST_WITH_ONE:
        yield TOO_MANY
    if details.came and (details.barrier is not None or details.reason.strip()):
        yield CAME_ALL_THE_SAME


def blockers_to_counting(counts: Iterable[HeadcountDetails]) -> Iterator[Blocker]:
    """What cannot be right about a headcount."""
    rows = list(counts)
    if any(row.people is None or not 0 <= row.people <= MOST_HEADS for row in rows):
        yield NO_NUMBER
    keys = [row.community.pk if row.community else None for row in rows]
    if len(keys) != len(set(keys)):
        yield TWICE
    if any(row.community is not None and row.community.merged_into_id for row in rows):
        yield MERGED


def blockers_to_capturing(forum: Forum, details: CapturedDetails) -> Iterator[Blocker]:
    """What is missing in what was said."""
    if not details.words.strip():
        yield NO_WORDS
    if details.kind == Captured.Kind.PROMISE:
        yield from _promised(forum, details.due_on, details.owner)
    by = details.raised_by
    if by is not None and (by.forum_id != forum.pk or not by.came):
        yield NOT_THERE
    if by is not None and details.quoting == Point.Quoting.YES and _is_child(by):
        yield CHILD_QUOTED


def _promised(forum: Forum, due_on: date | None, owner: User | None) -> Iterator[Blocker]:
    if due_on is None:
        yield NO_DAY
    elif due_on < forum.on:
        yield EARLY
    elif is_far(due_on, forum.on):
        yield DUE_FAR
    if owner is not None and not holds(owner, FIELD_ROLES):
        yield NO_KEEPER


def _is_child(by: Attendance) -> bool:
    return by.person is not None and is_child(by.person.age_band)


def blockers_to_closing(forum: Forum, details: ClosingDetails, *, heads: int, said: int) -> Iterator[Blocker]:
    """What is missing before the one contact is written. `heads`: how many came; `said`: how many points stand."""
    if details.nobody_came and heads:
        yield SOMEBODY_CAME
    elif not details.nobody_came and not heads:
        yield NOBODY_YET
    if heads and not said:
        yield NOTHING_SAID
    yield from blockers_to_what_is_next(forum, details.next_words, details.next_by)


def blockers_to_what_was_promised(forum: Forum, promises: Iterable[Captured]) -> Iterator[Blocker]:
    """What must be put right where it was written down before it can stand in the contact, like a colleague who has
    left since. Whoever closes the forum names no promise, so none of this is beside a field."""
    owner_keeps = False
    for one in promises:
        owner_keeps = owner_keeps or one.owner is None
        for blocker in blockers_to_promising(PromiseDetails(one.words, one.due_on, one.owner), forum.on):
            yield Blocker(
                blocker.code, f"\u201c{one.words}\u201d cannot be promised like this: {blocker.words}. Change it first"
            )
    if owner_keeps and not holds(forum.owner, FIELD_ROLES):
        yield OWNER_AWAY


def blockers_to_what_is_next(forum: Forum, words: str, by: date | None) -> Iterator[Blocker]:
    """Words and day go together."""
    if words.strip() and by is None:
        yield NO_NEXT_DAY
    if by is not None and not words.strip():
        yield NO_NEXT_WORDS
    if by is not None and by < forum.on:
        yield NEXT_EARLY


def blockers_to_closing_at_all(forum: Forum) -> Iterator[Blocker]:
    """Why it cannot be closed, whatever is said."""
    if forum.state == ForumState.CLOSED:
        yield IS_CLOSED
    elif forum.state != ForumState.HELD:
        yield NOT_HELD
