"""Why an arrangement cannot be booked, confirmed, told or noted: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crm.base.rules import Blocker
from engagement.forums.arranging import BookingDetails, GoneDetails
from engagement.forums.models import Arrangement, Forum, Invitation
from engagement.forums.telling import on_its_way
from engagement.forums.vocabulary import COMING, PAST, ForumState
from engagement.needs.models import NeedOutcome

State = Arrangement.State

OVER = Blocker("forum_over", "This forum took place or was cancelled. Nothing can be arranged for it any more")
NOT_NEEDED = Blocker("arrangement_not_needed", "They do not come, or do not need it any more")
NO_SUPPLIER = Blocker("supplier_missing", "Write with whom it is booked, or who of us does it", "supplier")
WRONG_COST = Blocker("cost_wrong", "Write the cost in pounds, like 180 or 180.50", "cost")
NOT_BOOKED = Blocker("arrangement_not_booked", "Book it first, and then ask whether it is certain")
SURE = Blocker("arrangement_confirmed", "It is confirmed already")
NOT_SURE = Blocker("arrangement_not_confirmed", "Confirm it first, so that nobody is told what may not happen")
TOLD = Blocker("arrangement_told", "They were told already")
NO_RECORD = Blocker("no_record", "We keep no record of them to write to. Tell them, and note it here", "how")
ON_ITS_WAY = Blocker("message_on_its_way", "A message about it is on its way already", "how")
NOTHING_BOOKED = Blocker("nothing_booked", "Nothing is booked that could fall through")
NO_REASON = Blocker("reason_missing", "Write what happened, in a few words", "reason")
WHY_NOT_NEEDED = Blocker("reason_missing", "Write why it is not needed at this forum", "reason")
TOO_EARLY = Blocker("forum_ahead", "The day of the forum is still to come")
NOTHING_SAID = Blocker("note_missing", "Say whether it was there, or what the person said", "there")
NOT_SAID = Blocker("met_unknown", "Choose whether it met the need", "met")
NO_WHY = Blocker("why_missing", "Choose why it was not met, or only partly", "why")
NO_WORDS = Blocker("words_missing", "Write what they ask for", "words")
NOT_COMING = Blocker("not_coming", "They have not said that they come")


def blockers_to_asking(invitation: Invitation, words: str) -> Iterator[Blocker]:
    """Why it cannot be written down what they ask for."""
    yield from _over(invitation.forum)
    if not invitation.comes:
        yield NOT_COMING
    if not words.strip():
        yield NO_WORDS


def blockers_to_arranging(row: Arrangement) -> Iterator[Blocker]:
    """Why nothing can be arranged any more."""
    yield from _over(row.forum)
    if not row.is_needed:
        yield NOT_NEEDED


def _over(forum: Forum) -> Iterator[Blocker]:
    if forum.state not in COMING:
        yield OVER


def blockers_to_booking(details: BookingDetails) -> Iterator[Blocker]:
    """What is missing in a booking."""
    if not details.supplier.strip():
        yield NO_SUPPLIER
    if details.cost is not None and details.cost < 0:
        yield WRONG_COST


def blockers_to_confirming(row: Arrangement) -> Iterator[Blocker]:
    """Why it cannot be confirmed."""
    yield from blockers_to_arranging(row)
    if row.state == State.ASKED:
        yield NOT_BOOKED
    elif row.is_sure:
        yield SURE


def blockers_to_telling(row: Arrangement) -> Iterator[Blocker]:
    """Why the person cannot be told yet."""
    yield from blockers_to_arranging(row)
    if not row.is_sure:
        yield NOT_SURE
    elif row.state != State.CONFIRMED:
        yield TOLD


def blockers_to_writing(row: Arrangement) -> Iterator[Blocker]:
    """Why nobody can write to them."""
    if row.invitation.person is None:
        yield NO_RECORD
    elif on_its_way(row):
        yield ON_ITS_WAY


def blockers_to_falling_through(row: Arrangement, reason: str) -> Iterator[Blocker]:
    """Why it cannot have fallen through."""
    yield from _over(row.forum)
    if row.state not in (State.BOOKED, State.CONFIRMED, State.TOLD):
        yield NOTHING_BOOKED
    if not reason.strip():
        yield NO_REASON


def blockers_to_dropping(row: Arrangement, reason: str) -> Iterator[Blocker]:
    """Why it cannot be left out."""
    yield from blockers_to_arranging(row)
    if not reason.strip():
        yield WHY_NOT_NEEDED


def blockers_to_noting_at_all(row: Arrangement, today: date) -> Iterator[Blocker]:
    """Why nothing can be said yet, or ever, of how it went."""
    if row.forum.state == ForumState.CANCELLED:
        yield OVER
    elif not (row.forum.state in PAST or row.has_come(today)):
        yield TOO_EARLY


def blockers_to_noting(row: Arrangement, details: GoneDetails, today: date) -> Iterator[Blocker]:
    """Why it cannot be said how it went."""
    yield from blockers_to_noting_at_all(row, today)
    if details.there is None and not details.met:
        yield NOTHING_SAID
    if details.met and details.met not in NeedOutcome.Met.values:
        yield NOT_SAID
    elif details.met and details.met != NeedOutcome.Met.MET and not details.why:
        yield NO_WHY
