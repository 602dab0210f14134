"""Panels and their seats: added, changed, changed in their nature, ended."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from crm.panels.details.panels import NatureDetails, PanelDetails, SeatDetails
from crm.panels.models import Membership, Panel, PanelChange, Seat
from crm.panels.permissions import panels as permissions
from crm.panels.rules import panels as rules

OWN_FIELDS = ("locality", "lived_experience_wanted", "agenda_power", "budget_power", "words_power")


@action(permissions.add_panel)
def add_panel(*, actor: User, details: PanelDetails, nature: NatureDetails) -> Panel:
    """Add a panel, perhaps one that grew out of another. Raises `InputBlocked` with every reason at once."""
    refuse_input_if([*rules.blockers_to_keeping(details), *rules.blockers_to_nature(nature)])
    panel = Panel(kind=nature.kind, purpose=nature.purpose.strip(), grew_from=details.grew_from)
    panel.first_day = timezone.localdate()
    write(_filled(panel, details), verb=Verb.PANEL_ADDED)
    panel.communities.set(details.communities)
    return panel


@action(permissions.change_panel)
def change_panel(*, actor: User, panel: Panel, details: PanelDetails, expected_version: int | None = None) -> Panel:
    """Put a panel right: all but what kind it is, what it is for and what it grew from. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(panel, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_keeping(details, besides=fresh))
    _filled(fresh, details)
    return write(fresh, verb=Verb.PANEL_CHANGED, linked=set_links(fresh, "communities", details.communities))


@action(permissions.change_panel_nature)
def change_panel_nature(
    *, actor: User, panel: Panel, details: NatureDetails, expected_version: int | None = None
) -> Panel:
    """It becomes another kind of body, or is for something else; what it was is kept. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh, today = lock(panel, expected_version=expected_version), timezone.localdate()
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_changing_nature(fresh, details, today))
    was = PanelChange(
        panel=fresh,
        changed_on=details.changed_on or today,
        old_kind=fresh.kind,
        old_purpose=fresh.purpose,
        reason=details.reason.strip(),
        changed_by=actor,
    )
    attach([was])
    fresh.kind, fresh.purpose = details.kind, details.purpose.strip()
    return write(fresh, verb=Verb.PANEL_NATURE_CHANGED)


@action(permissions.end_panel)
def end_panel(
    *, actor: User, panel: Panel, reason: str, ended_on: date | None = None, expected_version: int | None = None
) -> Panel:
    """It meets no more since a day; every term that still runs ends with it. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh, today = lock(panel, expected_version=expected_version), timezone.localdate()
    day = ended_on or today
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_ending(fresh, reason, day, today))
    for member in Membership.objects.not_over(day).filter(panel=fresh):
        member.last_day = max(day, member.first_day)
        member.left_because = member.left_because or Membership.Left.ENDED
        write(member, verb=Verb.MEMBER_LEFT)
    fresh.ended_on, fresh.ended_reason = day, reason.strip()
    return write(fresh, verb=Verb.PANEL_ENDED)


def _filled(panel: Panel, details: PanelDetails) -> Panel:
    for name in OWN_FIELDS:
        setattr(panel, name, getattr(details, name))
    panel.name, panel.terms = details.name.strip(), details.terms.strip()
    panel.first_day = details.first_day or panel.first_day
    return panel


@action(permissions.add_seat)
def add_seat(*, actor: User, panel: Panel, details: SeatDetails) -> Seat:
    """Add a seat; one that is reserved says why (Equality Act 2010, section 158). Raises `Blocked`, `InputBlocked`."""
    fresh = lock(panel)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_seating(fresh, details))
    return write(_seat(Seat(panel=fresh), details), verb=Verb.SEAT_ADDED)


@action(permissions.change_seat)
def change_seat(*, actor: User, seat: Seat, details: SeatDetails, expected_version: int | None = None) -> Seat:
    """Change a seat. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(seat, expected_version=expected_version)
    refuse_if(rules.blockers_to_seat(fresh))
    refuse_input_if(rules.blockers_to_changing_seat(fresh, details, timezone.localdate()))
    return write(_seat(fresh, details), verb=Verb.SEAT_CHANGED)


@action(permissions.end_seat)
def end_seat(*, actor: User, seat: Seat, expected_version: int | None = None) -> Seat:
    """Take a seat away where nobody sits; who sat there stays readable. Raises `Stale`, `Blocked`."""
    lock(seat.panel)  # nobody sits down meanwhile
    fresh, today = lock(seat, expected_version=expected_version), timezone.localdate()
    refuse_if(rules.blockers_to_ending_seat(fresh, today))
    fresh.ended_on = today
    return write(fresh, verb=Verb.SEAT_ENDED)


def _seat(seat: Seat, details: SeatDetails) -> Seat:
    seat.name, seat.aim, seat.reserved_for = details.name.strip(), details.aim.strip(), details.reserved_for
    return seat
