"""Who may read and change venues, and record what was found there."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.venues.models import Venue


@permission("Read venues", roles=EVERYONE_ON_STAFF, scope="read")
def read_venues(*, actor: Actor) -> bool:
    """Everyone on the staff: venues are public places."""
    return True


@permission("Add a venue", roles=FIELD_ROLES)
def add_venue(*, actor: Actor) -> bool:
    """Everyone who meets people."""
    return True


@permission("Change a venue", roles=FIELD_ROLES)
def change_venue(*, actor: Actor, venue: Venue) -> bool:
    """Everyone who meets people."""
    return Venue.objects.visible_to(actor).filter(pk=venue.pk).exists()


@permission("Record what was found at a venue", roles=FIELD_ROLES)
def check_venue(*, actor: Actor, venue: Venue) -> bool:
    """Everyone who meets people."""
    return Venue.objects.visible_to(actor).filter(pk=venue.pk).exists()
