"""The words about barriers, which the page asks for in one box: each barrier keeps its own."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.log.details import BarrierDetails
from engagement.log.models import Barrier, EngagementEvent, EventBarrier

ABOUT_WHICH = "Tick the barrier these words are about"


def words_shown(event: EngagementEvent) -> str:
    """What the box holds before anything is typed: the first words there are."""
    row = _shown(event)
    return row.words if row else ""


def with_their_words(ticked: Sequence[Barrier], typed: str, event: EngagementEvent) -> list[BarrierDetails] | None:
    """The barriers that were ticked, each with its words: those of the box stay with the barrier they were about, and
    new ones go to the first that has none. None when there are words and no barrier they can be about."""
    kept = {row.barrier_id: row.words for row in event.barriers.all()}
    shown = _shown(event)
    if shown:
        kept[shown.barrier_id] = ""
    about = shown.barrier_id if shown and shown.barrier in ticked else None
    about = about or next((barrier.pk for barrier in ticked if not kept.get(barrier.pk)), None)
    if typed and about is None:
        return None
    return [BarrierDetails(row, typed if row.pk == about else kept.get(row.pk, "")) for row in ticked]


def _shown(event: EngagementEvent) -> EventBarrier | None:
    return next((row for row in event.barriers.all() if row.words), None)
