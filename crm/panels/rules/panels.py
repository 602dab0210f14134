"""What is missing before a panel, or a seat of one, can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crm.areas.models import AreaKind
from crm.base.rules import Blocker
from crm.communities.models import Community
from crm.panels.details.panels import NatureDetails, PanelDetails, SeatDetails
from crm.panels.models import Membership, Panel, Seat

NO_NAME = Blocker("name_missing", "Write the name of the panel", "name")
NAME_TAKEN = Blocker("name_taken", "A panel bears this name already. Choose another", "name")
NOT_A_LOCALITY = Blocker("not_a_locality", "Choose a locality, or none for the whole council", "locality")
TOO_MANY = Blocker("over_ten", "Write a number from 0 to 10", "lived_experience_wanted")
MERGED = Blocker("community_merged", "This community goes on under another. Choose that one", "communities")
NO_KIND = Blocker("kind_missing", "Choose what kind of body it is", "kind")
NO_PURPOSE = Blocker("purpose_missing", "Write what it is for", "purpose")
NO_REASON = Blocker("reason_missing", "Write why", "reason")
SAME_NATURE = Blocker("nothing_changed", "Change what kind it is, or what it is for", "kind")
FUTURE = Blocker("day_in_future", "The day must be today or in the past", "changed_on")
TOO_EARLY = Blocker("day_before_start", "The day must be on or after the last change, or the day it began",
                    "changed_on")  # fmt: skip
END_FUTURE = Blocker("day_in_future", "The day must be today or in the past", "ended_on")
END_EARLY = Blocker("day_before_start", "It cannot end before it began", "ended_on")
ENDED = Blocker("panel_ended", "This panel has ended")
NO_SEAT_NAME = Blocker("name_missing", "Write what the seat is called", "name")
SEAT_TAKEN = Blocker("name_taken", "This panel has a seat of this name already", "name")
NO_AIM = Blocker("aim_missing", "Write why this seat is reserved: who is missing, and how we know", "aim")
SEAT_MERGED = Blocker("community_merged", "This community goes on under another. Choose that one", "reserved_for")
SEAT_IN_USE = Blocker("seat_in_use", "Somebody sits there. Let them leave or move first")
SEAT_HELD = Blocker("seat_in_use", "Somebody sits there. Let them leave or move first", "reserved_for")
SEAT_ENDED = Blocker("seat_ended", "This seat was taken away")


def blockers_to_standing(panel: Panel) -> Iterator[Blocker]:
    """Why nothing can be changed any more."""
    if panel.ended_on:
        yield ENDED


def blockers_to_keeping(details: PanelDetails, besides: Panel | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a panel."""
    name = details.name.strip()
    if not name:
        yield NO_NAME
    elif any(found != besides for found in Panel.objects.filter(name__iexact=name)):
        yield NAME_TAKEN
    if details.locality is not None and details.locality.kind != AreaKind.LOCALITY:
        yield NOT_A_LOCALITY
    if details.lived_experience_wanted is not None and details.lived_experience_wanted > 10:
        yield TOO_MANY
    if any(_is_gone(community) for community in details.communities):
        yield MERGED


def _is_gone(community: Community | None) -> bool:
    return community is not None and community.merged_into_id is not None


def blockers_to_nature(details: NatureDetails) -> Iterator[Blocker]:
    """Everything that keeps a panel from being of this kind and for this."""
    if not details.kind:
        yield NO_KIND
    if not details.purpose.strip():
        yield NO_PURPOSE


def blockers_to_changing_nature(panel: Panel, details: NatureDetails, today: date) -> Iterator[Blocker]:
    """Everything that keeps it from becoming something else."""
    yield from blockers_to_nature(details)
    if not details.reason.strip():
        yield NO_REASON
    if (details.kind, details.purpose.strip()) == (panel.kind, panel.purpose):
        yield SAME_NATURE
    day = details.changed_on or today
    last = panel.changes.order_by("-changed_on").values_list("changed_on", flat=True).first()
    if day > today:
        yield FUTURE
    elif day < max(panel.first_day, last or panel.first_day):
        yield TOO_EARLY


def blockers_to_ending(panel: Panel, reason: str, ended_on: date, today: date) -> Iterator[Blocker]:
    """Everything that keeps a panel from being ended on this day."""
    if not reason.strip():
        yield NO_REASON
    if ended_on > today:
        yield END_FUTURE
    elif ended_on < panel.first_day:
        yield END_EARLY


def blockers_to_seating(panel: Panel, details: SeatDetails, besides: Seat | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a seat of the panel."""
    name = details.name.strip()
    if not name:
        yield NO_SEAT_NAME
    elif any(found != besides for found in Seat.objects.filter(panel=panel, ended_on=None, name__iexact=name)):
        yield SEAT_TAKEN
    if details.reserved_for is not None and not details.aim.strip():
        yield NO_AIM
    if _is_gone(details.reserved_for):
        yield SEAT_MERGED


def blockers_to_changing_seat(seat: Seat, details: SeatDetails, today: date) -> Iterator[Blocker]:
    """As for a new one; and whom it is kept for stays while somebody sits there."""
    yield from blockers_to_seating(seat.panel, details, besides=seat)
    wanted = details.reserved_for.pk if details.reserved_for else None
    if wanted != seat.reserved_for_id and wanted is not None and is_taken(seat, today):
        yield SEAT_HELD


def blockers_to_seat(seat: Seat) -> Iterator[Blocker]:
    """Why nothing about it can be changed any more."""
    if seat.ended_on:
        yield SEAT_ENDED
    yield from blockers_to_standing(seat.panel)


def blockers_to_ending_seat(seat: Seat, today: date) -> Iterator[Blocker]:
    """Why it cannot be taken away."""
    yield from blockers_to_seat(seat)
    if is_taken(seat, today):
        yield SEAT_IN_USE


def is_taken(seat: Seat, today: date) -> bool:
    """Whether somebody sits there today or will."""
    return Membership.objects.not_over(today).filter(seat=seat).exists()
