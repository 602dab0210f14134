"""Who may read, appoint, change and end champions, and keep roles in governance."""

from __future__ import annotations

from typing import Any

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.permissions import permission
from crm.champions.details import AppointmentDetails
from crm.champions.models import Appointment, GovernanceRole
from crm.people.models import Person

KEEPERS = frozenset({Role.LEAD, Role.MANAGER})


def _keeps(actor: Actor, locality_id: Any) -> bool:
    reach = scope_of(actor, KEEPERS)
    return reach.everywhere or locality_id in reach.localities


@permission("Read who the EDI champions are", roles=FIELD_ROLES, scope="read")
def read_champions(*, actor: Actor) -> bool:
    """Officers, leads and managers: all; champions those of their own localities."""
    return True


@permission("Appoint an EDI champion", roles=KEEPERS)
def appoint_champion(*, actor: Actor, details: AppointmentDetails) -> bool:
    """Leads and managers who work in that locality."""
    return details.locality is None or _keeps(actor, details.locality.pk)


@permission("Change the appointment of an EDI champion", roles=KEEPERS)
def change_appointment(*, actor: Actor, appointment: Appointment) -> bool:
    """Leads and managers who work in that locality."""
    return _keeps(actor, appointment.locality_id)


@permission("End the appointment of an EDI champion", roles=KEEPERS)
def end_appointment(*, actor: Actor, appointment: Appointment) -> bool:
    """Leads and managers who work in that locality."""
    return _keeps(actor, appointment.locality_id)


@permission("Hand over what an EDI champion has open", roles=KEEPERS)
def hand_over(*, actor: Actor, appointment: Appointment) -> bool:
    """Leads and managers who work in that locality."""
    return _keeps(actor, appointment.locality_id)


@permission("Write down what an EDI champion learnt", roles=KEEPERS | {Role.CHAMPION})
def add_learning(*, actor: Actor, appointment: Appointment) -> bool:
    """Leads and managers who work in that locality; champions their own."""
    own = appointment.user_id is not None and appointment.user_id == actor.pk
    return _keeps(actor, appointment.locality_id) or (own and holds(actor, {Role.CHAMPION}))


@permission("Read roles in governance", roles=OFFICE_ROLES, scope="read")
def read_governance_roles(*, actor: Actor) -> bool:
    """Of people one may see."""
    return True


@permission("Add a role in governance", roles=OFFICE_ROLES)
def add_governance_role(*, actor: Actor, person: Person) -> bool:
    """Everyone who may read the person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


def _sees(actor: Actor, role: GovernanceRole) -> bool:
    return GovernanceRole.objects.visible_to(actor).filter(pk=role.pk).exists()


@permission("Change a role in governance", roles=OFFICE_ROLES)
def change_governance_role(*, actor: Actor, role: GovernanceRole) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, role)


@permission("End a role in governance", roles=OFFICE_ROLES)
def end_governance_role(*, actor: Actor, role: GovernanceRole) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, role)


@permission("Write down what somebody in governance influenced", roles=OFFICE_ROLES)
def note_influence(*, actor: Actor, role: GovernanceRole) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, role)
