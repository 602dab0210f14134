"""Who may read, write down, review, share and end access needs, and keep the list of their types."""

from __future__ import annotations

from crm.access.models import AccessNeed, NeedType, NoNeed
from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.people.models import Person

TYPE_KEEPERS = frozenset({Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR})


def _sees(actor: Actor, need: AccessNeed) -> bool:
    return AccessNeed.objects.visible_to(actor).filter(pk=need.pk).exists()


@permission("Read types of access need", roles=EVERYONE_ON_STAFF, scope="read")
def read_need_types(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Load types of access need from a file", roles=(), scope="admin", system=True)
def load_need_types(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True


@permission("Add a type of access need", roles=TYPE_KEEPERS)
def add_need_type(*, actor: Actor) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Change a type of access need", roles=TYPE_KEEPERS)
def change_need_type(*, actor: Actor, need_type: NeedType) -> bool:
    """Leads, managers and administrators keep the council's lists."""
    return True


@permission("Read access needs", roles=OFFICE_ROLES, scope="read")
def read_needs(*, actor: Actor) -> bool:
    """Officers, leads and managers of the person; one that may not be shared, only who wrote it down."""
    return True


@permission("Write down an access need", roles=OFFICE_ROLES)
def record_need(*, actor: Actor, person: Person) -> bool:
    """Officers, leads and managers who may see the person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Change an access need", roles=OFFICE_ROLES)
def change_need(*, actor: Actor, need: AccessNeed) -> bool:
    """Whoever may read it."""
    return _sees(actor, need)


@permission("Ask about an access need again", roles=OFFICE_ROLES)
def review_need(*, actor: Actor, need: AccessNeed) -> bool:
    """Whoever may read it."""
    return _sees(actor, need)


@permission("Note that an access need was shared", roles=OFFICE_ROLES)
def share_need(*, actor: Actor, need: AccessNeed) -> bool:
    """Whoever may read it, and only with the person's agreement."""
    return _sees(actor, need)


@permission("End an access need", roles=OFFICE_ROLES)
def end_need(*, actor: Actor, need: AccessNeed) -> bool:
    """Whoever may read it."""
    return _sees(actor, need)


@permission("Write down that somebody needs nothing", roles=OFFICE_ROLES)
def note_no_need(*, actor: Actor, person: Person) -> bool:
    """Officers, leads and managers who may see the person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Take back that somebody needs nothing", roles=OFFICE_ROLES)
def take_back_no_need(*, actor: Actor, no_need: NoNeed) -> bool:
    """Officers, leads and managers who may see the person."""
    return NoNeed.objects.visible_to(actor).filter(pk=no_need.pk).exists()
