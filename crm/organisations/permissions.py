"""Who may read, add and change groups and organisations."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.organisations.models import Organisation


@permission("Read groups", roles=FIELD_ROLES, scope="read")
def read_organisations(*, actor: Actor) -> bool:
    """Everyone who meets people, so that nobody asks twice."""
    return True


@permission("Add a group", roles=FIELD_ROLES)
def add_organisation(*, actor: Actor) -> bool:
    """Everyone who meets people."""
    return True


@permission("Change a group", roles=FIELD_ROLES)
def change_organisation(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read it."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()
