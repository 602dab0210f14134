"""Who sits on a panel: put there, changed, noted about, and leaving with a reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.panels.details.panels import LeaveDetails, MembershipDetails, NoteDetails
from crm.panels.models import MemberNote, Membership, Panel
from crm.panels.permissions import panels as permissions
from crm.panels.rules import members as rules
from crm.panels.rules.panels import blockers_to_standing
from crm.people.models import Person

OWN_FIELDS = ("seat", "role", "substitutes", "lived_experience", "last_day")


@action(permissions.add_membership)
def add_membership(*, actor: User, panel: Panel, person: Person, details: MembershipDetails) -> Membership:
    """Somebody sits on a panel from a day, in a seat or without one. A reserved seat rests on their own declaration
    for keeping seats. Raises `Blocked` (the panel ended), `InputBlocked`."""
    held = lock(panel)  # two people at once cannot take one seat
    refuse_if(blockers_to_standing(held))
    first_day = details.first_day or timezone.localdate()
    refuse_input_if(rules.blockers_to_joining(held, person, details, first_day=first_day))
    membership = Membership(panel=held, person=person)
    return write(_filled(membership, details, first_day), verb=Verb.MEMBER_ADDED)


@action(permissions.change_membership)
def change_membership(
    *, actor: User, membership: Membership, details: MembershipDetails, expected_version: int | None = None
) -> Membership:
    """Another seat, role or term. Raises `Stale`, `Blocked`, `InputBlocked`."""
    held = lock(membership.panel)
    fresh = lock(membership, expected_version=expected_version)
    refuse_if(rules.blockers_to_changing_member(fresh))
    first_day = details.first_day or fresh.first_day
    found = rules.blockers_to_joining(held, fresh.person, details, first_day=first_day, besides=fresh)
    refuse_input_if(found)
    return write(_filled(fresh, details, first_day), verb=Verb.MEMBER_CHANGED)


def _filled(membership: Membership, details: MembershipDetails, first_day: date) -> Membership:
    """With the declaration a reserved seat rests on: the one that stands now, or that stood when they came to it."""
    before = membership.seat_id
    for name in OWN_FIELDS:
        setattr(membership, name, getattr(details, name))
    membership.first_day = first_day
    seat = rules.needed_seat(details)
    if seat is None or seat.reserved_for is None:
        membership.declaration = None
    else:
        found = rules.own_declaration(membership.person, seat.reserved_for)
        membership.declaration = found or (membership.declaration if seat.pk == before else None)
    return membership


@action(permissions.leave_panel)
def leave_panel(
    *, actor: User, membership: Membership, details: LeaveDetails, expected_version: int | None = None
) -> Membership:
    """They leave, with the reason they gave, in their words. Raises `Stale`,
    `Blocked`, `InputBlocked`."""
    fresh = lock(membership, expected_version=expected_version)
    last_day = details.last_day or timezone.localdate()
    refuse_if(rules.blockers_to_changing_member(fresh))
    refuse_input_if(rules.blockers_to_leaving(fresh, details, last_day))
    fresh.last_day, fresh.left_because, fresh.left_words = last_day, details.because, details.words.strip()
    return write(fresh, verb=Verb.MEMBER_LEFT)


@action(permissions.note_about_member)
def note_about_member(
    *, actor: User, membership: Membership, details: NoteDetails, expected_version: int | None = None
) -> Membership:
    """Note an interest they declared or training they had. Raises `Stale`, `InputBlocked`."""
    fresh, today = lock(membership, expected_version=expected_version), timezone.localdate()
    refuse_input_if(rules.blockers_to_noting(details, today))
    note = MemberNote(
        membership=fresh,
        kind=details.kind,
        words=details.words.strip(),
        happened_on=details.happened_on or today,
    )
    attach([note])
    return write(fresh, verb=Verb.MEMBER_NOTED, linked={"notes": ("", note.kind)})
