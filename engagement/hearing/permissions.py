"""Who may read whom we hear from."""

from __future__ import annotations

from crm.base.actors import OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission

READERS = OFFICE_ROLES | {Role.ANALYST}


@permission("Read who we hear from", roles=READERS, scope="read")
def read_hearing(*, actor: Actor) -> bool:
    """Officers, leads, managers and analysts. Only numbers, small ones of people hidden; rows open only to whoever may
    read the contacts."""
    return True


@permission("Read where champions stand and where nobody does", roles=OFFICE_ROLES, scope="read")
def read_coverage(*, actor: Actor) -> bool:
    """Officers, leads and managers: it names champions."""
    return True


@permission("Export who we hear from", roles=READERS, scope="read")
def export_hearing(*, actor: Actor) -> bool:
    """The same numbers as the page; every export is audited."""
    return True
