"""What follows in this room when rooms below change: an account is opened, two communities become one."""

from __future__ import annotations

from crm.accounts.models import Invitation, RoleGrant
from crm.audit.actions import lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if
from crm.champions import rules
from crm.champions.models import Appointment
from crm.communities.models import Community


def follow_invitation(invitation: Invitation, grant: RoleGrant) -> None:
    """The account somebody opened stands on the appointment they were invited for; part of `accept_invitation`."""
    appointment = Appointment.objects.filter(invitation=invitation).first()
    if appointment is None:
        return
    refuse_if([rules.OVER] if appointment.is_over else [])
    fresh = lock(appointment)
    fresh.user, fresh.grant = grant.user, grant
    write(fresh, verb=Verb.APPOINTMENT_CHANGED)


def carry_champions_over(community: Community, into: Community) -> None:
    """Champions of a community that went into another stand for the one that stays; part of `merge_community`."""
    for appointment in Appointment.objects.filter(communities=community):
        appointment.communities.remove(community)
        appointment.communities.add(into)
        linked = {"communities": ([str(community.pk)], [str(into.pk)])}
        write(lock(appointment), verb=Verb.APPOINTMENT_CHANGED, linked=linked)
