"""What became of the promises: most kept, some broken, withdrawn or changed, a few late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from crm.audit.actions import attach
from crm.demonstration.chance import Chance
from crm.demonstration.history import rewrite
from engagement.demonstration.place import Place
from engagement.demonstration.promises import Answer
from engagement.log.models import Promise, PromiseChange

LATE = 15  # so many are left open past their day
RECENT_DAYS = 75  # all of them due within so many days
SOONEST = 2  # days from the contact until something can have come of it
OUTCOMES = (Promise.State.KEPT, Promise.State.BROKEN, Promise.State.WITHDRAWN)
WEIGHTS = (90, 6, 4)
SETTLED = {"kept": (-6, 5), "broken": (1, 9), "withdrawn": (-6, 0)}  # days from the day it was due
LONG = 12  # days: what is due sooner is not put off


def settle(place: Place, chance: Chance, promises: Sequence[Promise], answers: Mapping[UUID, Answer]) -> int:
    """Decide each promise that was due, in words that fit the answer it gives. Returns how many stay late."""
    due = [promise for promise in promises if promise.due_on < place.today]
    standing = [promise for promise in due if promise.event.withdrawn_at is None]
    recent = [promise for promise in standing if (place.today - promise.due_on).days < RECENT_DAYS]
    late = {promise.pk for promise in chance.sample(recent, k=min(LATE, len(recent)))}
    settled = [promise for promise in due if promise.pk not in late]
    for promise in settled:
        _decide(place, chance, promise, answers[promise.pk])
    rewrite(settled, "state", "settled_on", "settled_words", "version")
    _change_some(place, chance, promises, answers)
    return len(late)


def _decide(place: Place, chance: Chance, promise: Promise, answer: Answer) -> None:
    promise.state = chance.choices(OUTCOMES, WEIGHTS)[0]
    promise.version += 1
    early, late = SETTLED[promise.state]
    settled_on = promise.due_on + timedelta(days=chance.randrange(early, late))
    earliest = promise.event.occurred_on + timedelta(days=SOONEST)
    promise.settled_on = min(_weekday(max(settled_on, earliest)), place.today - timedelta(days=1))
    if promise.state == Promise.State.KEPT:
        promise.settled_words = "" if chance.happens(25) else answer.kept
    else:
        promise.settled_words = chance.choice(place.words_for(promise.state, answer.how))


def _weekday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _may_be_put_off(promise: Promise, today: date) -> bool:
    """Whether it ran long enough, and was made before yesterday."""
    made = promise.event.occurred_on
    return (promise.due_on - made).days >= LONG and (today - made).days > SOONEST


def _change_some(place: Place, chance: Chance, promises: Sequence[Promise], answers: Mapping[UUID, Answer]) -> None:
    able = (promise for promise in promises if _may_be_put_off(promise, place.today))
    changed = [promise for promise in able if chance.happens(8)]
    rows = [
        PromiseChange(
            promise=promise,
            changed_by=promise.owner,
            words_before=promise.words,
            due_before=promise.due_on - timedelta(days=7),
            reason=chance.choice(place.words_for("changed", answers[promise.pk].how)),
        )
        for promise in changed
    ]
    attach(rows)
    for row in rows:
        day = min(row.due_before - timedelta(days=1), place.today - timedelta(days=1))
        row.changed_at = datetime.combine(day, time(10), UTC)
    rewrite(rows, "changed_at")
