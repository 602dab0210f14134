"""What became of the promises: most kept, some broken, withdrawn or changed, a few late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from crm.audit.actions import attach
from crm.demonstration.chance import Chance
from engagement.demonstration.place import Place
from engagement.log.models import Promise, PromiseChange

LATE = 15  # so many are left open past their day
RECENT_DAYS = 75  # all of them due within so many days
OUTCOMES = (Promise.State.KEPT, Promise.State.BROKEN, Promise.State.WITHDRAWN)
WEIGHTS = (90, 6, 4)


def settle(place: Place, chance: Chance, promises: Sequence[Promise]) -> int:
    """Decide each promise that was due. Returns how many stay late."""
    due = [promise for promise in promises if promise.due_on < place.today]
    standing = [promise for promise in due if promise.event.withdrawn_at is None]
    recent = [promise for promise in standing if (place.today - promise.due_on).days < RECENT_DAYS]
    late = {promise.pk for promise in chance.sample(recent, k=min(LATE, len(recent)))}
    settled = [promise for promise in due if promise.pk not in late]
    for promise in settled:
        _decide(place, chance, promise)
    Promise.objects.bulk_update(settled, ["state", "settled_on", "settled_words", "version"], batch_size=200)
    _change_some(place, chance, promises)
    return len(late)


def _decide(place: Place, chance: Chance, promise: Promise) -> None:
    promise.state = chance.choices(OUTCOMES, WEIGHTS)[0]
    promise.version += 1
    settled_on = promise.due_on + timedelta(days=chance.randrange(-6, 7))
    promise.settled_on = min(max(settled_on, promise.event.occurred_on), place.today - timedelta(days=1))
    if promise.state == Promise.State.KEPT:
        promise.settled_words = "" if chance.happens(40) else _how_it_was_kept(place, promise)
    else:
        promise.settled_words = chance.choice(place.words[promise.state])[0]


def _how_it_was_kept(place: Place, promise: Promise) -> str:
    begins = ((words.partition("{")[0], how) for words, how in place.words["promise"])
    return next((how for start, how in begins if promise.words.startswith(start)), "")


def _change_some(place: Place, chance: Chance, promises: Sequence[Promise]) -> None:
    changed = [promise for promise in promises if chance.happens(5)]
    rows = [
        PromiseChange(
            promise=promise,
            changed_by=promise.owner,
            words_before=promise.words,
            due_before=max(promise.due_on - timedelta(days=7), promise.event.occurred_on),
            reason=chance.choice(place.words["changed"])[0],
        )
        for promise in changed
    ]
    attach(rows)
    for row in rows:
        row.changed_at = datetime.combine(min(row.due_before, place.today - timedelta(days=1)), time(10), UTC)
    PromiseChange.objects.bulk_update(rows, ["changed_at"], batch_size=200)
