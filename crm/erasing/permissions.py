"""Who may write down that somebody asked to be erased, decide it, and erase."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.erasing.ledger import Erased
from crm.erasing.models import DECIDERS, ErasureRequest
from crm.people.models import Person


def _sees(actor: Actor, request: ErasureRequest) -> bool:
    return ErasureRequest.objects.visible_to(actor).filter(pk=request.pk).exists()


@permission("Read requests to be erased", roles=FIELD_ROLES, scope="read")
def read_erasures(*, actor: Actor) -> bool:
    """Of people one may see. Leads and managers also those of stopped people, and what was done for the erased."""
    return True


@permission("Record that a person asks to be erased", roles=FIELD_ROLES)
def record_erasure(*, actor: Actor, person: Person) -> bool:
    """Everyone who may see the person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Decide on a request to be erased", roles=DECIDERS)
def decide_erasure(*, actor: Actor, request: ErasureRequest) -> bool:
    """Leads and managers who may see the person, or find them among stopped records."""
    return _sees(actor, request)


@permission("Erase a person", roles=DECIDERS)
def erase_person(*, actor: Actor, request: ErasureRequest) -> bool:
    """Leads and managers, of a request that was granted."""
    return _sees(actor, request)


@permission("Erase people again after a restore", roles=(), scope="admin", system=True)
def erase_again(*, actor: Actor, erased: Erased) -> bool:
    """Only the command that is run when an old backup was put back: it was decided before."""
    return True
