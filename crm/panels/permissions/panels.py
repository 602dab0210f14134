"""Who may read and change panels, their seats and who sits there."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.panels.models import Membership, Panel, Seat
from crm.people.models import Person

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})
READERS_OF_THE_TABLE = OFFICE_ROLES | {Role.ANALYST}


def _sees(actor: Actor, panel: Panel) -> bool:
    return Panel.objects.visible_to(actor).filter(pk=panel.pk).exists()


def _sees_member(actor: Actor, membership: Membership) -> bool:
    return Membership.objects.visible_to(actor).filter(pk=membership.pk).exists()


@permission("Read panels and standing groups", roles=EVERYONE_ON_STAFF, scope="read")
def read_panels(*, actor: Actor) -> bool:
    """Everyone on the staff: that a panel exists and what it may decide is public. Who sits there is not."""
    return True


@permission("Add a panel", roles=KEEPERS)
def add_panel(*, actor: Actor) -> bool:
    """Leads and managers."""
    return True


@permission("Change a panel", roles=KEEPERS)
def change_panel(*, actor: Actor, panel: Panel) -> bool:
    """Leads and managers."""
    return _sees(actor, panel)


@permission("Change the nature of a panel", roles=KEEPERS)
def change_panel_nature(*, actor: Actor, panel: Panel) -> bool:
    """Leads and managers, with a reason; what it was before is kept."""
    return _sees(actor, panel)


@permission("End a panel", roles=KEEPERS)
def end_panel(*, actor: Actor, panel: Panel) -> bool:
    """Leads and managers, with a reason."""
    return _sees(actor, panel)


@permission("Add a seat to a panel", roles=KEEPERS)
def add_seat(*, actor: Actor, panel: Panel) -> bool:
    """Leads and managers."""
    return _sees(actor, panel)


@permission("Change a seat of a panel", roles=KEEPERS)
def change_seat(*, actor: Actor, seat: Seat) -> bool:
    """Leads and managers."""
    return Seat.objects.visible_to(actor).filter(pk=seat.pk).exists()


@permission("Take a seat of a panel away", roles=KEEPERS)
def end_seat(*, actor: Actor, seat: Seat) -> bool:
    """Leads and managers, when nobody sits there."""
    return Seat.objects.visible_to(actor).filter(pk=seat.pk).exists()


@permission("Read who sits on panels", roles=FIELD_ROLES, scope="read")
def read_memberships(*, actor: Actor) -> bool:
    """Officers, leads and managers: people they may see. Champions: people they may see, on panels of their locality,
    without the seat."""
    return True


@permission("Put somebody on a panel", roles=OFFICE_ROLES)
def add_membership(*, actor: Actor, panel: Panel, person: Person) -> bool:
    """Officers, leads and managers of the person. A reserved seat also wants the person's own declaration."""
    return _sees(actor, panel) and Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Change somebody's place on a panel", roles=OFFICE_ROLES)
def change_membership(*, actor: Actor, membership: Membership) -> bool:
    """Officers, leads and managers of the person."""
    return _sees_member(actor, membership)


@permission("Record that somebody left a panel", roles=OFFICE_ROLES)
def leave_panel(*, actor: Actor, membership: Membership) -> bool:
    """Officers, leads and managers of the person, with the reason they gave."""
    return _sees_member(actor, membership)


@permission("Note an interest or training of a member", roles=OFFICE_ROLES)
def note_about_member(*, actor: Actor, membership: Membership) -> bool:
    """Officers, leads and managers of the person."""
    return _sees_member(actor, membership)


@permission("Read who is at the table", roles=READERS_OF_THE_TABLE, scope="read")
def read_table(*, actor: Actor) -> bool:
    """Officers, leads, managers and analysts. Only numbers, small ones hidden; that nobody at all said so, and which
    seats are empty, is told to leads and managers only."""
    return True
