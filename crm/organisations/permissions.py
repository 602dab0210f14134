"""Who may read and change groups, what they offer people, and what they were given."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.organisations.models import Organisation, Service, SupportGiven


def _reads_group_of(actor: Actor, service: Service) -> bool:
    return Organisation.objects.visible_to(actor).filter(pk=service.organisation_id).exists()


@permission("Read groups", roles=FIELD_ROLES, scope="read")
def read_organisations(*, actor: Actor) -> bool:
    """Everyone who meets people, so that nobody asks twice; champions those of their locality and of their contacts."""
    return True


@permission("Add a group", roles=FIELD_ROLES)
def add_organisation(*, actor: Actor) -> bool:
    """Everyone who meets people."""
    return True


@permission("Change a group", roles=FIELD_ROLES)
def change_organisation(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read it."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()


@permission("Confirm that what we know of a group is right", roles=FIELD_ROLES)
def confirm_organisation(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read it."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()


@permission("Read services of groups", roles=EVERYONE_ON_STAFF, scope="read")
def read_services(*, actor: Actor) -> bool:
    """Everyone on the staff: they are meant for the public directory. Champions: those in it, and of their groups."""
    return True


@permission("Add a service of a group", roles=FIELD_ROLES)
def add_service(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read the group."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()


@permission("Change a service of a group", roles=FIELD_ROLES)
def change_service(*, actor: Actor, service: Service) -> bool:
    """Everyone who may read the group."""
    return _reads_group_of(actor, service)


@permission("Confirm that a service still runs", roles=FIELD_ROLES)
def confirm_service(*, actor: Actor, service: Service) -> bool:
    """Everyone who may read the group."""
    return _reads_group_of(actor, service)


@permission("End a service of a group", roles=FIELD_ROLES)
def end_service(*, actor: Actor, service: Service) -> bool:
    """Everyone who may read the group."""
    return _reads_group_of(actor, service)


@permission("Read what support groups were given", roles=FIELD_ROLES, scope="read")
def read_support_given(*, actor: Actor) -> bool:
    """Everyone who meets people; champions of groups they may read."""
    return True


@permission("Write down support given to a group", roles=FIELD_ROLES)
def add_support_given(*, actor: Actor, organisation: Organisation) -> bool:
    """Everyone who may read the group."""
    return Organisation.objects.visible_to(actor).filter(pk=organisation.pk).exists()


@permission("Correct what was written down about support given", roles=FIELD_ROLES)
def change_support_given(*, actor: Actor, support: SupportGiven) -> bool:
    """Everyone who may read it."""
    return SupportGiven.objects.visible_to(actor).filter(pk=support.pk).exists()
